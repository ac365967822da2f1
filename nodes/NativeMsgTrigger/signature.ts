import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a request contains to prove its origin. */
export interface Proof {
	/** The header as received; a list if it was sent several times. */
	header: string | string[] | undefined;
	/** The exact bytes of the body. */
	rawBody: Buffer;
	/** The body, if it is JSON. */
	parsedBody?: unknown;
}

/**
 * Whether a request is genuine, with the verified bytes of the body; nothing else may be read. `reason` is for n8n's log,
 * never for the sender.
 */
export type Verdict = { genuine: true; body: Buffer } | { genuine: false; reason: string };

const HEX = /^[0-9a-f]{64}$/i;
const BASE64 = /^[A-Za-z0-9+/]{43}=$/;

function equal(a: Buffer, b: Buffer): boolean {
	return a.length === b.length && timingSafeEqual(a, b);
}

/** The 32 bytes of an HMAC-SHA256 in a header, written in hex or base64, with or without the prefix `sha256=`. */
function signatureBytes(header: string): Buffer | undefined {
	const text = header.trim().replace(/^sha256=/i, '');
	if (HEX.test(text)) return Buffer.from(text, 'hex');
	return BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
}

function singleHeader(header: Proof['header']): string | undefined {
	return typeof header === 'string' ? header : header?.length === 1 ? header[0] : undefined;
}

/**
 * Verifies an HMAC-SHA256 over the raw bytes or over the compact serialization of the parsed body, which is what
 * NativeMessage's sample code signs. Takes constant time. Any of the secrets may have been used, so that one can be
 * replaced while requests signed with the old one still arrive. Without a secret, nothing is genuine.
 */
export function verifySignature({ header, rawBody, parsedBody }: Proof, secrets: string[]): Verdict {
	if (secrets.length === 0) return { genuine: false, reason: 'no secret is stored for this webhook' };
	const text = singleHeader(header);
	if (text === undefined) {
		return {
			genuine: false,
			reason: header === undefined ? 'the signature is missing' : 'there are several signatures',
		};
	}
	const given = signatureBytes(text);
	if (given === undefined)
		return { genuine: false, reason: 'the signature is neither hex nor base64 of 32 bytes' };
	const signedTexts = [
		rawBody,
		...(parsedBody === undefined ? [] : [Buffer.from(JSON.stringify(parsedBody))]),
	];
	const body = signedTexts.find((signed) =>
		secrets.some((secret) => equal(createHmac('sha256', secret).update(signed).digest(), given)),
	);
	return body ? { genuine: true, body } : { genuine: false, reason: "the signature doesn't match the body" };
}

/** Verifies a secret that is sent in plain text, in constant time. */
export function verifySharedSecret({ header, rawBody }: Proof, secrets: string[]): Verdict {
	if (secrets.length === 0) return { genuine: false, reason: 'the credential has no webhook secret' };
	const text = singleHeader(header);
	if (text === undefined) return { genuine: false, reason: 'the header with the secret is missing' };
	// Hashed first, so that timing doesn't even reveal the length of the secret.
	const digest = (value: string) => createHmac('sha256', 'length').update(value).digest();
	const matches = secrets.map((secret) => equal(digest(secret), digest(text)));
	return matches.includes(true)
		? { genuine: true, body: rawBody }
		: { genuine: false, reason: 'the secret in the header is wrong' };
}
