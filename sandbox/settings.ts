import { z } from 'zod';

const milliseconds = z.number().nonnegative();

/** What can be changed while the sandbox runs, with the initial values. */
export const settingsSchema = z
	.object({
		/** Delay before each response. */
		latencyMs: milliseconds.default(0),
		/**
		 * nativeMsg: from accepted to sent, again from sent to delivered, and from delivered to read. NativeMessage: from
		 * accepted to the delivery report.
		 */
		stepMs: milliseconds.default(20),
		/** nativeMsg: fetches the media of each accepted message, if they are on this machine. */
		fetchMedia: z.boolean().default(false),
		/** NativeMessage: requests in one window. */
		rateLimit: z.number().int().positive().default(200),
		/** NativeMessage: length of a window. */
		rateWindowMs: milliseconds.default(60_000),
		/** NativeMessage: how long an access token of a login is valid. */
		accessTokenMs: milliseconds.default(900_000),
		/** NativeMessage: how long a new WhatsApp template is pending. At 0 it is approved when next used. */
		approvalMs: milliseconds.default(0),
		/** NativeMessage: how long WhatsApp accepts free text after a user's message. */
		sessionMs: milliseconds.default(24 * 60 * 60 * 1000),
		/** Webhooks: delay until the first retry; the others come after 5, 15, 60, and 360 times as long. */
		retryMs: milliseconds.default(50),
		/** Webhooks: bodies are sent indented, but signed as compact JSON, which a receiver gets by re-serializing them. */
		signReserialised: z.boolean().default(false),
		/** NativeMessage: the response to DELETE of a webhook subscription is 405. */
		refuseDelete: z.boolean().default(false),
		/**
		 * NativeMessage: with `webhooks`, the response to POST /webhooks/subscriptions is 404, so that only POST /webhooks
		 * works.
		 */
		subscriptionPath: z.enum(['both', 'webhooks']).default('both'),
	})
	.strict();

/** Settings to change; the others keep their value. */
export const settingsChangeSchema = settingsSchema.partial();

export type SandboxSettings = z.output<typeof settingsSchema>;
