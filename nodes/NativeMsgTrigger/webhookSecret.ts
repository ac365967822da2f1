import { randomBytes, scrypt } from 'node:crypto';
import { RecentMap } from '../transport/recentMap';

/** What n8n stores of a webhook's secret. Without the credential's key, it is useless. */
export interface SecretSeed {
	/** Hex; different for each registration. */
	salt: string;
	/** Hex; shows whether the secret was made with a given key. */
	check: string;
}

const SECRET_BYTES = 32;
const CHECK_BYTES = 16;

/** Secrets that this process made or derived again, by salt. */
const found = new RecentMap<string>(1000);
/** The last attempt to derive each secret, by salt. */
const searches = new RecentMap<{ key: string; secret: Promise<string | undefined> }>(1000);

/** Slow on purpose (about 50 ms), so that no one can brute-force a password from an exported workflow. */
async function derive(key: string, salt: string): Promise<{ secret: string; check: string }> {
	const bytes = await new Promise<Buffer>((resolve, reject) =>
		scrypt(key, salt, SECRET_BYTES + CHECK_BYTES, (error, derived) =>
			error ? reject(error) : resolve(derived),
		),
	);
	return {
		secret: bytes.subarray(0, SECRET_BYTES).toString('hex'),
		check: bytes.subarray(SECRET_BYTES).toString('hex'),
	};
}

/** A new secret (64 hex digits), derived from the credential's key, and the seed to store. */
export async function makeSecret(key: string): Promise<SecretSeed & { secret: string }> {
	const salt = randomBytes(16).toString('hex');
	const { secret, check } = await derive(key, salt);
	found.set(salt, secret);
	return { secret, salt, check };
}

/**
 * Derives the secret again. A process that has derived it keeps it while it runs, so replacing the key doesn't block
 * events.
 *
 * @returns undefined if it was made with a different key
 */
export async function findSecret({ salt, check }: SecretSeed, key: string): Promise<string | undefined> {
	const last = searches.get(salt);
	if (found.has(salt) || last?.key === key) return found.get(salt) ?? (await last?.secret);
	const search = async () => {
		const { secret, check: actual } = await derive(key, salt);
		if (actual !== check) return undefined;
		found.set(salt, secret);
		return secret;
	};
	const secret = search();
	searches.set(salt, { key, secret });
	return await secret;
}
