import { z } from 'zod';

const milliseconds = z.number().nonnegative();

/** What can be changed while the sandbox runs, with the values it starts with. */
export const settingsSchema = z
	.object({
		/** Added before each answer. */
		latencyMs: milliseconds.default(0),
		/** nativeMsg: from accepted to sent, and again from sent to delivered. */
		stepMs: milliseconds.default(20),
		/** NativeMessage: requests in one window. */
		rateLimit: z.number().int().positive().default(200),
		/** NativeMessage: length of a window. */
		rateWindowMs: milliseconds.default(60_000),
		/** NativeMessage: how long an access token of a login is valid. */
		accessTokenMs: milliseconds.default(900_000),
		/** NativeMessage: how long a new WhatsApp template is pending. At 0 it is approved when next used. */
		approvalMs: milliseconds.default(0),
		/** NativeMessage: how long after a user's message WhatsApp takes free text. */
		sessionMs: milliseconds.default(24 * 60 * 60 * 1000),
	})
	.strict();

/** Settings to change; the others keep their value. */
export const settingsChangeSchema = settingsSchema.partial();

export type SandboxSettings = z.output<typeof settingsSchema>;
