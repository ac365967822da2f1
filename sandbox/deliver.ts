import { z } from 'zod';
import { ApiError } from './api';
import { FORGERIES, forgedRequest } from './forgeries';
import type { SandboxSettings } from './settings';
import type { Deliveries } from './webhooks';
import {
	isLocal,
	SIGNATURE_HEADER,
	webhookRequest,
	type Receipt,
	type WebhookEndpoint,
} from './webhookRequest';

const eventSchema = z.record(z.unknown());

const deliverySchema = z
	.object({
		/** A subscription, or instead the URL and secret of one that signs. */
		subscriptionId: z.string().optional(),
		url: z.string().url().optional(),
		secret: z.string().min(1).optional(),
		/** One event, or several in one body. */
		event: z.union([eventSchema, z.array(eventSchema)]),
		/** How often the same request is sent, all at once. */
		times: z.number().int().positive().max(1000).default(1),
		forge: z.enum(FORGERIES).optional(),
	})
	.strict()
	.refine(
		({ subscriptionId, url, secret }) =>
			subscriptionId === undefined ? url !== undefined && secret !== undefined : !url && !secret,
		'needs either subscriptionId or url and secret',
	);

/**
 * Sends one webhook request exactly as specified, regardless of the subscription's events, without recording or retrying
 * it.
 *
 * @returns the receiver's response, with its responses to the duplicates if there are any
 * @throws ZodError if the order isn't valid, ApiError if there is no such subscription or it isn't on this machine
 */
export async function deliver(
	order: unknown,
	endpoints: WebhookEndpoint[],
	deliveries: Deliveries,
	{ signReserialised }: SandboxSettings,
): Promise<Receipt & { repetitions?: Receipt[] }> {
	const { subscriptionId, url = '', secret = null, event, times, forge } = deliverySchema.parse(order);
	const endpoint =
		subscriptionId === undefined
			? { url, secret, check: 'signature' as const, header: SIGNATURE_HEADER }
			: endpoints.find(({ id }) => id === subscriptionId);
	if (!endpoint) throw new ApiError(404, `Subscription ${subscriptionId} does not exist.`);
	if (!isLocal(endpoint.url)) throw new ApiError(400, 'The URL is not an http address of this machine.');

	const genuine = webhookRequest(endpoint, event, signReserialised);
	const request = forge ? forgedRequest(forge, genuine, endpoint, event) : genuine;
	const [first, ...repetitions] = await Promise.all(
		Array.from({ length: times }, () => deliveries.post(endpoint, request)),
	).then((receipts) => receipts.map((receipt) => withoutSecret(receipt, endpoint.secret)));
	return { ...first, ...(times > 1 && { repetitions }) };
}

/** A receiver may repeat in its response what it was sent. */
function withoutSecret({ status, body }: Receipt, secret: string | null): Receipt {
	return { status, body: secret === null ? body : body.replaceAll(secret, 'redacted') };
}
