import crypto, { scryptSync } from 'node:crypto';
import { findSecret, makeSecret } from '../../nodes/NativeMsgTrigger/webhookSecret';

/** As another process, which knows no secret yet. */
function inNewProcess(): typeof import('../../nodes/NativeMsgTrigger/webhookSecret') {
	let module: unknown;
	jest.isolateModules(() => {
		module = jest.requireActual('../../nodes/NativeMsgTrigger/webhookSecret');
	});
	return module as ReturnType<typeof inNewProcess>;
}

test('a secret is different each time, and found again only with the same key', async () => {
	const [one, other] = await Promise.all([makeSecret('key'), makeSecret('key')]);
	expect(one.secret).toMatch(/^[0-9a-f]{64}$/);
	expect(one.secret).not.toBe(other.secret);
	for (const find of [findSecret, inNewProcess().findSecret]) {
		expect(await find(one, 'key')).toBe(one.secret);
		expect(await find(other, 'key')).toBe(other.secret);
	}
	expect(await inNewProcess().findSecret(one, 'another')).toBeUndefined();
	expect(await inNewProcess().findSecret({ ...one, salt: other.salt }, 'key')).toBeUndefined();
});

test('a secret is derived with scrypt, so that trying passwords is slow', async () => {
	const { secret, salt, check } = await makeSecret('key');
	const derived = scryptSync('key', salt, 48).toString('hex');
	expect(secret + check).toBe(derived);
});

test('a process that found a secret keeps it when the key changes', async () => {
	const { secret, ...seed } = await makeSecret('old');
	expect(await findSecret(seed, 'new')).toBe(secret);
	const later = inNewProcess();
	expect(await later.findSecret(seed, 'old')).toBe(secret);
	expect(await later.findSecret(seed, 'new')).toBe(secret);
});

test('a process that looked with the wrong key finds the secret with the right one', async () => {
	const { secret, ...seed } = await makeSecret('key');
	const { findSecret: find } = inNewProcess();
	expect(await find(seed, 'wrong')).toBeUndefined();
	expect(await find(seed, 'wrong')).toBeUndefined();
	expect(await find(seed, 'key')).toBe(secret);
	expect(await find(seed, 'wrong')).toBe(secret);
});

test('requests that arrive at the same time derive a secret once, the right one or none', async () => {
	const { secret, ...seed } = await makeSecret('key');
	const { findSecret: find } = inNewProcess();
	const derive = jest.spyOn(crypto, 'scrypt');
	for (const [key, found] of [
		['wrong', undefined],
		['key', secret],
	] as const) {
		derive.mockClear();
		const begun = Array.from({ length: 200 }, () => find(seed, key));
		expect(new Set(await Promise.all(begun))).toEqual(new Set([found]));
		expect(derive).toHaveBeenCalledTimes(1);
	}
	derive.mockRestore();
});
