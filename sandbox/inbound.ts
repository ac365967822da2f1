import { z } from 'zod';

export const inboundMessageSchema = z
	.object({
		service: z.enum(['nativeMessage', 'nativeMsg']),
		/** Phone number of the person who writes. */
		from: z.string().regex(/^\+?\d{7,15}$/, 'must be a phone number: digits, with or without +'),
		text: z.string().optional(),
		/** Default: WhatsApp for NativeMessage; the person's main channel or, if there is none, SMS for nativeMsg. */
		channelId: z.union([z.string(), z.number()]).optional(),
		/** What a button or quick reply sends back. */
		payload: z.string().optional(),
		/** URL of a file. */
		media: z.string().url().optional(),
	})
	.strict()
	.refine(
		({ text, payload, media }) => text !== undefined || payload !== undefined || media !== undefined,
		'needs one of text, payload and media',
	);

/** A message to the shop. */
export type InboundMessage = z.output<typeof inboundMessageSchema>;
