// NativeMessage documents its signature. nativeMsg documents none: that it signs in the same way is a guess, which the sandbox
// shares. For nativeMsg, these tests prove that the two agree, not that they are right.
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import * as signature from '../../nodes/NativeMsgTrigger/signature';
import { verifySignature } from '../../nodes/NativeMsgTrigger/signature';

const secretText = fc.string({ minLength: 1, maxLength: 40 });
const json = fc.dictionary(fc.string(), fc.jsonValue());

const verifySharedSecret = (header: string | string[] | undefined, secrets: string[]) =>
	signature.verifySharedSecret({ header, rawBody: Buffer.from('{}') }, secrets);

const sign = (body: string | Buffer, secret: string) => createHmac('sha256', secret).update(body);

function verify(body: string, header: string | string[] | undefined, secrets: string[]) {
	let parsedBody: unknown;
	try {
		parsedBody = JSON.parse(body);
	} catch {
		// A body that is no JSON has only its bytes.
	}
	return verifySignature({ header, rawBody: Buffer.from(body), parsedBody }, secrets).genuine;
}

test('a genuine delivery passes in hex or base64, prefixed or not, compact or indented', () => {
	fc.assert(
		fc.property(json, secretText, fc.boolean(), (body, secret, isPretty) => {
			const compact = JSON.stringify(body);
			const sent = isPretty ? JSON.stringify(body, null, 2) : compact;
			for (const signed of [sent, compact]) {
				const hex = sign(signed, secret).digest('hex');
				for (const header of [
					hex,
					hex.toUpperCase(),
					`sha256=${hex}`,
					sign(signed, secret).digest('base64'),
				]) {
					expect(verify(sent, header, [secret])).toBe(true);
				}
			}
		}),
	);
});

test('the old and the new secret pass while a secret is replaced', () => {
	fc.assert(
		fc.property(json, secretText, secretText, (body, old, fresh) => {
			const text = JSON.stringify(body);
			expect(verify(text, sign(text, old).digest('hex'), [fresh, old])).toBe(true);
		}),
	);
});

test('a changed byte of the body fails, unless its meaning is the same', () => {
	fc.assert(
		fc.property(json, secretText, fc.nat(), fc.integer({ min: 1, max: 255 }), (body, secret, at, change) => {
			const text = Buffer.from(JSON.stringify(body));
			const header = sign(text, secret).digest('hex');
			const changed = Buffer.from(text);
			changed[at % changed.length] ^= change;
			let parsedBody: unknown;
			try {
				parsedBody = JSON.parse(changed.toString('utf8'));
			} catch {
				// Most changes leave no JSON.
			}
			const sameMeaning = parsedBody !== undefined && JSON.stringify(parsedBody) === text.toString('utf8');
			expect(verifySignature({ header, rawBody: changed, parsedBody }, [secret]).genuine).toBe(sameMeaning);
		}),
		{ numRuns: 1000 },
	);
});

test('a changed character of the header fails', () => {
	fc.assert(
		fc.property(
			json,
			secretText,
			fc.nat({ max: 63 }),
			fc.constantFrom(...'0123456789abcdefg -'),
			(body, secret, at, to) => {
				const text = JSON.stringify(body);
				const hex = sign(text, secret).digest('hex');
				fc.pre(hex[at] !== to);
				expect(verify(text, hex.slice(0, at) + to + hex.slice(at + 1), [secret])).toBe(false);
			},
		),
	);
});

test('another secret fails', () => {
	fc.assert(
		fc.property(json, secretText, secretText, (body, secret, other) => {
			fc.pre(secret !== other);
			const text = JSON.stringify(body);
			expect(verify(text, sign(text, other).digest('hex'), [secret])).toBe(false);
		}),
	);
});

const HEX = sign('{}', 'secret').digest('hex');
const BASE64 = sign('{}', 'secret').digest('base64');
const MISSING = 'the signature is missing';
const SEVERAL = 'there are several signatures';
const UNREADABLE = 'the signature is neither hex nor base64 of 32 bytes';
const WRONG = "the signature doesn't match the body";

test.each<[string, string | string[] | undefined, string]>([
	['no header', undefined, MISSING],
	['an empty list of headers', [], SEVERAL],
	['two headers', [HEX, HEX], SEVERAL],
	['an empty header', '', UNREADABLE],
	['a short one', 'abc', UNREADABLE],
	['one of another length', 'ab'.repeat(20), UNREADABLE],
	['one with something before it', `x${HEX}`, UNREADABLE],
	['one with something after it', `${HEX}x`, UNREADABLE],
	['base64 with something before it', `x${BASE64}`, UNREADABLE],
	['base64 with something after it', `${BASE64}x`, UNREADABLE],
	['a prefix that is not at the start', `${HEX}sha256=`, UNREADABLE],
	['hex of another body', sign('[]', 'secret').digest('hex'), WRONG],
	['base64 of another body', sign('[]', 'secret').digest('base64'), WRONG],
])('a signature is refused with the reason: %s', (_name, header, reason) => {
	const verdict = verifySignature({ header, rawBody: Buffer.from('{}'), parsedBody: {} }, ['secret']);
	expect(verdict).toEqual({ genuine: false, reason });
});

test.each([[[HEX]], [` ${HEX}\t`], [`SHA256=${HEX}`]])('the header %j is a signature', (header) => {
	expect(verify('{}', header, ['secret'])).toBe(true);
});

test('only the bytes can be signed if the body is not JSON', () => {
	const proof = { header: HEX, rawBody: Buffer.from('{'), parsedBody: undefined };
	expect(verifySignature(proof, ['secret']).genuine).toBe(false);
	expect(verify('{', sign('{', 'secret').digest('hex'), ['secret'])).toBe(true);
});

test.each<[string, string | string[] | undefined, string[], string]>([
	['without a secret', 'word', [], 'the credential has no webhook secret'],
	['without a header', undefined, ['word'], 'the header with the secret is missing'],
	['with another secret', 'words', ['word'], 'the secret in the header is wrong'],
])('a shared secret %s is refused with the reason', (_name, header, secrets, reason) => {
	expect(verifySharedSecret(header, secrets)).toEqual({ genuine: false, reason });
});

test('nothing is genuine without a secret', () => {
	expect(verify('{}', sign('{}', '').digest('hex'), [])).toBe(false);
	expect(verifySignature({ header: HEX, rawBody: Buffer.from('{}'), parsedBody: {} }, [])).toEqual({
		genuine: false,
		reason: 'no secret is stored for this webhook',
	});
	expect(verifySharedSecret('', []).genuine).toBe(false);
});

test('a shared secret passes only exactly as it is', () => {
	fc.assert(
		fc.property(secretText, secretText, (secret, other) => {
			expect(verifySharedSecret(secret, ['unused', secret]).genuine).toBe(true);
			expect(verifySharedSecret([secret, secret], [secret]).genuine).toBe(false);
			if (other !== secret) expect(verifySharedSecret(other, [secret]).genuine).toBe(false);
		}),
	);
	expect(verifySharedSecret(undefined, ['secret']).genuine).toBe(false);
});
