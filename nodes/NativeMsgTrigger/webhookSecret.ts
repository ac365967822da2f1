import { randomBytes, scrypt } from 'node:crypto';
import { RecentMap } from '../transport/recentMap';

/** What n8n keeps of a webhook's secret. Without the key of the credential it is of no use. */
export interface SecretSeed {
	/** Hex; another one for each registration. */
	salt: string;
	/** Hex; shows whether a key is the one that the secret was made with. */
	check: string;
}

const SECRET_BYTES = 32;
const CHECK_BYTES = 16;

/** Secrets that this process made or found, by salt. */
const found = new RecentMap<string>(1000);
/** With which key each was looked for last, by salt. */
const searches = new RecentMap<{ key: string; secret: Promise<string | undefined> }>(1000);

/** Slow on purpose (some 50 ms): whoever has an export must not find out a password by trying. */
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

/** A new secret (64 hex digits), made from the key that the credential logs in with, and what to keep of it. */
export async function makeSecret(key: string): Promise<SecretSeed & { secret: string }> {
	const salt = randomBytes(16).toString('hex');
	const { secret, check } = await derive(key, salt);
	found.set(salt, secret);
	return { secret, salt, check };
}

/**
 * The secret again. A process that found it once knows it for as long as it runs, so a key that is replaced meanwhile
 * keeps no event out.
 *
 * @returns undefined when it was made with another key
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
