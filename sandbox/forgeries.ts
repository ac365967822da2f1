import { ApiError } from './api';
import { webhookRequest, type WebhookProof, type WebhookRequest } from './webhookRequest';

/**
 * Ways to tamper with a webhook request. A check by header proves nothing about the body, so it can't detect all of them.
 */
export const FORGERIES = [
	/** One bit in the middle of the body is flipped. */
	'flipped-byte',
	/** The first value that isn't the name of the event is changed. */
	'changed-value',
	/** The second half of the body is missing. */
	'truncated',
	/** Signed with a different secret. */
	'wrong-secret',
	/** Without a signature or secret. */
	'missing-header',
	/** With the right signature or secret and a wrong one. */
	'header-twice',
	/** The body in UTF-16; JSON is UTF-8. */
	'other-encoding',
	/** Latin letters of the body replaced with Cyrillic look-alikes. */
	'look-alike',
	/** 17 MB added to the body. */
	'huge-body',
	/** Right except for the declared type, with which the body would be read as something else. */
	'wrong-content-type',
] as const;

export type Forgery = (typeof FORGERIES)[number];

const WRONG_SECRET = 'not-the-secret';
const HUGE_BYTES = 17_000_000;
const LOOK_ALIKES: Record<string, string> = { a: 'а', c: 'с', e: 'е', o: 'о', p: 'р', x: 'х', y: 'у' };

const forge: Record<
	Forgery,
	(genuine: WebhookRequest, proof: WebhookProof, event: unknown) => WebhookRequest
> = {
	'flipped-byte': ({ headers, body }) => {
		const flipped = Buffer.from(body);
		flipped[Math.floor(body.length / 2)] ^= 1;
		return { headers, body: flipped };
	},
	'changed-value': ({ headers }, _proof, event) => ({ headers, body: Buffer.from(changedValue(event)) }),
	truncated: ({ headers, body }) => ({ headers, body: body.subarray(0, Math.floor(body.length / 2)) }),
	'wrong-secret': (_genuine, proof, event) => webhookRequest({ ...proof, secret: WRONG_SECRET }, event),
	'missing-header': (_genuine, proof, event) => webhookRequest({ ...proof, secret: null }, event),
	'header-twice': ({ headers, body }, proof, event) => {
		const wrong = webhookRequest({ ...proof, secret: WRONG_SECRET }, event).headers;
		const both = [headers[proof.header], wrong[proof.header]].flatMap((value) =>
			value === undefined ? [] : [String(value)],
		);
		return { headers: { ...headers, [proof.header]: both }, body };
	},
	'other-encoding': ({ headers, body }) => ({
		headers: { ...headers, 'Content-Type': 'application/json; charset=utf-16le' },
		body: Buffer.from(body.toString(), 'utf16le'),
	}),
	'look-alike': ({ headers }, _proof, event) => ({ headers, body: Buffer.from(lookAlike(event)) }),
	'huge-body': ({ headers, body }) => ({
		headers,
		body: Buffer.concat([
			Buffer.from('{"padding":"'),
			Buffer.alloc(HUGE_BYTES, 'x'),
			Buffer.from('","event":'),
			body,
			Buffer.from('}'),
		]),
	}),
	'wrong-content-type': ({ headers, body }) => ({
		headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
		body,
	}),
};

/**
 * A forged webhook request.
 *
 * @param genuine the request to forge
 * @throws ApiError 400 if the event has nothing to change
 */
export function forgedRequest(
	forgery: Forgery,
	genuine: WebhookRequest,
	proof: WebhookProof,
	event: unknown,
): WebhookRequest {
	return forge[forgery](genuine, proof, event);
}

function changedValue(event: unknown): string {
	let changed = false;
	const text = JSON.stringify(event, (key, value: unknown) => {
		if (changed || key === 'event' || !['string', 'number'].includes(typeof value)) return value;
		changed = true;
		return typeof value === 'number' ? value + 1 : `${value as string}1`;
	});
	if (!changed) throw new ApiError(400, 'The event has no value to change.');
	return text;
}

function lookAlike(event: unknown): string {
	const genuine = JSON.stringify(event);
	const withLookAlike = (text: string) => text.replace(/[aceopxy]/, (letter) => LOOK_ALIKES[letter]);
	const text = JSON.stringify(event, (_key, value: unknown) =>
		typeof value === 'string' ? withLookAlike(value) : value,
	);
	if (text !== genuine) return text;
	throw new ApiError(400, 'The event has no letter with a look-alike.');
}
