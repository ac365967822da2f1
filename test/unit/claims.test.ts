import { MAX_OPEN, startClaims } from '../../nodes/operations/run/claims';
import type { ClaimRules } from '../../nodes/operations/run/claims';
import { keysInMemory } from '../support/keysInMemory';

const claimed = (recipient: string) => `c:${recipient}`;
const open = (recipient: string) => `o:${recipient}`;
const both = (recipient: string) => [claimed(recipient), open(recipient)];

type Memory = ReturnType<typeof keysInMemory>;

const start = ({ keys }: Memory, rules: Partial<ClaimRules> = {}) =>
	startClaims(keys, {
		concurrency: 5,
		claimsUnknown: false,
		cap: 1_000,
		wait: () => Promise.resolve(),
		...rules,
	});

const kept = ({ list }: Memory) => [...list].sort();

describe('the first time', () => {
	test('recipients are claimed, kept as open, and as claimed only once they got the message', async () => {
		const n8n = keysInMemory();
		const claims = start(n8n);
		await claims.secure(['a', 'b'], []);
		expect(['a', 'b', 'c'].map(claims.stateOf)).toEqual(['claimed', 'claimed', undefined]);
		expect([...n8n.list]).toEqual(expect.arrayContaining([...both('a'), ...both('b')]));
		claims.begin(['a', 'b']);
		claims.sent(['a', 'b']);
		expect(claims.stateOf('a')).toBe('sent');
		expect(claims.kept()).toBe(2);
		await claims.close();
		expect(kept(n8n)).toEqual([claimed('a'), claimed('b')]);
		expect([...n8n.live]).toEqual([]);
	});

	test('those whose outcome is unknown stay open', async () => {
		const n8n = keysInMemory();
		const claims = start(n8n);
		await claims.secure(['a'], []);
		claims.begin(['a']);
		claims.unknown(['a']);
		expect(claims.stateOf('a')).toBe('unknown');
		await claims.close();
		expect(kept(n8n)).toEqual(both('a'));
		expect([...n8n.live]).toEqual([]);
	});

	test('those who got nothing are released, and can be claimed again', async () => {
		const n8n = keysInMemory();
		const claims = start(n8n);
		await claims.secure(['a'], []);
		claims.begin(['a']);
		claims.release(['a']);
		expect(claims.stateOf('a')).toBeUndefined();
		expect(claims.kept()).toBe(0);
		await claims.secure(['a'], []);
		expect(claims.stateOf('a')).toBe('claimed');
		expect(claims.kept()).toBe(1);
		await claims.close();
		expect(kept(n8n)).toEqual([]);
	});

	test('at the end of a run, a request under way leaves its recipients unknown, any other is released', async () => {
		const n8n = keysInMemory();
		const claims = start(n8n);
		await claims.secure(['a', 'b', 'c'], []);
		claims.begin(['a', 'b']);
		claims.withdraw(['b']);
		await claims.close();
		expect(kept(n8n)).toEqual(both('a'));
		expect([...n8n.live]).toEqual([]);
	});

	test('outcomes after the end of a run are stored at once', async () => {
		const n8n = keysInMemory();
		const claims = start(n8n);
		await claims.secure(['a', 'b', 'c'], []);
		claims.begin(['a', 'b', 'c']);
		await claims.close();
		claims.sent(['a']);
		claims.release(['b']);
		await n8n.keys.alone(() => Promise.resolve());
		expect(kept(n8n)).toEqual([claimed('a'), ...both('c')]);
		expect([...n8n.live]).toEqual([]);
	});
});

describe('of what was kept before', () => {
	test('a claimed key says that the message was sent', async () => {
		const n8n = keysInMemory(claimed('a'));
		const claims = start(n8n);
		await claims.secure(['a', 'b'], []);
		expect(['a', 'b'].map(claims.stateOf)).toEqual(['sentBefore', 'claimed']);
		expect(claims.kept()).toBe(2);
		await claims.close();
		expect(kept(n8n)).toEqual([claimed('a')]);
	});

	test('both keys say that it is unknown', async () => {
		const n8n = keysInMemory(...both('a'));
		const claims = start(n8n);
		await claims.secure(['a'], []);
		expect(claims.stateOf('a')).toBe('unknown');
		await claims.close();
		expect(kept(n8n)).toEqual(both('a'));
	});

	test('unknown recipients can be claimed again, and stay unknown if they got nothing', async () => {
		const n8n = keysInMemory(...both('a'), ...both('b'));
		const claims = start(n8n, { claimsUnknown: true });
		await claims.secure(['a', 'b'], []);
		expect(['a', 'b'].map(claims.stateOf)).toEqual(['claimed', 'claimed']);
		claims.begin(['a', 'b']);
		claims.sent(['a']);
		claims.release(['b']);
		await claims.close();
		expect(kept(n8n)).toEqual([claimed('a'), ...both('b')]);
		expect([...n8n.live]).toEqual([]);
	});

	test('recipients of another execution of this process are left to it', async () => {
		const n8n = keysInMemory();
		const [first, second] = [start(n8n), start(n8n, { claimsUnknown: true })];
		await first.secure(['a'], []);
		await second.secure(['a', 'b'], []);
		expect(['a', 'b'].map(second.stateOf)).toEqual(['elsewhere', 'claimed']);
		second.begin(['b']);
		second.sent(['b']);
		await second.close();
		first.begin(['a']);
		first.sent(['a']);
		await first.close();
		expect(kept(n8n)).toEqual([claimed('a'), claimed('b')]);
	});

	test('a recipient who has just got the message, but is still open, is left to the execution that sent it', async () => {
		const n8n = keysInMemory();
		const [first, second] = [start(n8n), start(n8n)];
		await first.secure(['a'], []);
		first.sent(['a']);
		await second.secure(['a'], []);
		expect(second.stateOf('a')).toBe('elsewhere');
		await first.close();
		const third = start(n8n);
		await third.secure(['a'], []);
		expect(third.stateOf('a')).toBe('sentBefore');
	});

	test('no more recipients are kept than allowed', async () => {
		const n8n = keysInMemory(claimed('x'), claimed('y'));
		const claims = start(n8n, { cap: 3 });
		await claims.secure(['a', 'b', 'x'], []);
		expect(['a', 'b', 'x'].map(claims.stateOf)).toEqual(['claimed', 'full', 'sentBefore']);
		claims.begin(['a']);
		claims.sent(['a']);
		await claims.close();
		expect(kept(n8n)).toEqual([claimed('a'), claimed('x'), claimed('y')]);
	});
});

describe('if another process overwrites a claim', () => {
	/** Claims one recipient, while another process writes this list at the first chance. */
	async function claimWhile(...others: string[]) {
		const n8n = keysInMemory();
		let waits = 0;
		const wait = () => {
			if (waits++ === 0) {
				n8n.list.clear();
				for (const key of others) n8n.list.add(key);
			}
			return Promise.resolve();
		};
		const claims = start(n8n, { wait });
		await claims.secure(['a'], []);
		const state = claims.stateOf('a');
		const count = claims.kept();
		await claims.close();
		return { state, count, waits, left: kept(n8n), live: [...n8n.live] };
	}

	test('and has claimed the recipient, they are left to it', async () => {
		const outcome = await claimWhile(...both('a'));
		expect(outcome).toEqual({ state: 'elsewhere', count: 0, waits: 1, left: both('a'), live: [] });
	});

	test('and has sent to the recipient, they are skipped', async () => {
		const outcome = await claimWhile(claimed('a'));
		expect(outcome).toEqual({ state: 'sentBefore', count: 0, waits: 1, left: [claimed('a')], live: [] });
	});

	test('and does not know the recipient, they are claimed again, and this is checked again', async () => {
		const outcome = await claimWhile(...both('b'));
		expect(outcome).toEqual({ state: 'claimed', count: 1, waits: 2, left: both('b'), live: [] });
	});

	test('recipients who were unknown anyway are not claimed once more', async () => {
		const n8n = keysInMemory(...both('a'));
		let waits = 0;
		const claims = start(n8n, { claimsUnknown: true, wait: () => Promise.resolve(void waits++) });
		await claims.secure(['a'], []);
		expect(claims.stateOf('a')).toBe('claimed');
		expect(waits).toBe(0);
	});

	test('what it wrote over is written again with the next claim', async () => {
		const n8n = keysInMemory();
		const claims = start(n8n);
		await claims.secure(['a', 'b', 'c'], []);
		claims.begin(['a', 'b']);
		claims.sent(['a']);
		claims.unknown(['b']);
		claims.release(['c']);
		n8n.list.clear();
		await claims.secure(['d'], []);
		claims.sent(['d']);
		await claims.close();
		expect(kept(n8n)).toEqual([claimed('a'), claimed('b'), claimed('d'), open('b')]);
	});
});

describe('if n8n stores nothing', () => {
	test('nothing is claimed, and the next try starts anew', async () => {
		const n8n = keysInMemory(claimed('b'));
		const { record } = n8n.keys;
		n8n.keys.record = () => Promise.reject(new Error('The database is locked'));
		const claims = start(n8n);
		await expect(claims.secure(['a', 'b'], [])).rejects.toThrow('The database is locked');
		expect(['a', 'b'].map(claims.stateOf)).toEqual([undefined, undefined]);
		n8n.keys.record = record;
		await claims.secure(['a', 'b'], []);
		expect(['a', 'b'].map(claims.stateOf)).toEqual(['claimed', 'sentBefore']);
		expect(claims.kept()).toBe(2);
		await claims.close();
		expect(kept(n8n)).toEqual([claimed('b')]);
	});

	test('when the claim should be checked, it is undone', async () => {
		const n8n = keysInMemory();
		const { record } = n8n.keys;
		let calls = 0;
		n8n.keys.record = (keys) => (++calls === 2 ? Promise.reject(new Error('Locked')) : record(keys));
		const claims = start(n8n);
		await expect(claims.secure(['a'], [])).rejects.toThrow('Locked');
		expect(claims.stateOf('a')).toBeUndefined();
		expect(claims.kept()).toBe(0);
		await claims.close();
		expect(kept(n8n)).toEqual([]);
	});

	test('at the end, the recipients are let go of in this process', async () => {
		const n8n = keysInMemory();
		const claims = start(n8n);
		await claims.secure(['a'], []);
		claims.sent(['a']);
		n8n.keys.remove = () => Promise.reject(new Error('Locked'));
		await expect(claims.close()).rejects.toThrow('Locked');
		expect([...n8n.live]).toEqual([]);
		expect([...n8n.list]).toEqual(expect.arrayContaining(both('a')));
	});
});

describe('claiming ahead', () => {
	const each = (from: number, count: number) =>
		Array.from({ length: count }, (_, index) => [`r${from + index}`]);
	const claimedIn = (check: string[]) => check.filter((key) => key.startsWith('c:')).length;

	test('fills up to the limit in one step, and the next recipients need none', async () => {
		const n8n = keysInMemory();
		const claims = start(n8n);
		await claims.secure(['r0'], each(1, 300));
		expect(claimedIn(n8n.checks[0])).toBe(MAX_OPEN);
		expect(claims.stateOf(`r${MAX_OPEN - 1}`)).toBe('claimed');
		expect(claims.stateOf(`r${MAX_OPEN}`)).toBeUndefined();
		const { length } = n8n.checks;
		await claims.secure(['r1'], each(2, 300));
		expect(n8n.checks).toHaveLength(length);
	});

	test('waits until there is room for half of what may be open', async () => {
		const n8n = keysInMemory();
		const claims = start(n8n, { concurrency: 9 });
		await claims.secure(['r0'], each(1, MAX_OPEN - 1));
		// With room for 44, none is claimed ahead; with room for 45, all are.
		for (const [done, ahead] of [
			[45, 0],
			[46, 45],
		]) {
			const before = n8n.checks.length;
			claims.sent(
				each(0, done)
					.flat()
					.filter((recipient) => claims.stateOf(recipient) === 'claimed'),
			);
			await claims.secure(
				[`x${done}`],
				each(0, 200).map(([name]) => [`next ${name}`]),
			);
			expect(n8n.checks[before].filter((key) => key.startsWith('c:next'))).toHaveLength(ahead);
			claims.sent([`x${done}`]);
		}
	});

	test('does not split the recipients of a request, and takes each once', async () => {
		const n8n = keysInMemory();
		const claims = start(n8n);
		const request = (name: string) => Array.from({ length: 40 }, (_, index) => `${name}${index}`);
		await claims.secure(['a0'], [request('a'), ['a1', 'b0'], request('b'), request('c'), ['d']]);
		expect(['a39', 'b39', 'c0', 'd'].map(claims.stateOf)).toEqual([
			'claimed',
			'claimed',
			undefined,
			undefined,
		]);
		expect(claimedIn(n8n.checks[0])).toBe(80);
	});

	test('a request may exceed the limit alone', async () => {
		const n8n = keysInMemory();
		const claims = start(n8n);
		const many = each(0, MAX_OPEN + 50).flat();
		await claims.secure(many, each(1_000, 10));
		expect(claimedIn(n8n.checks[0])).toBe(MAX_OPEN + 50);
		expect(many.every((recipient) => claims.stateOf(recipient) === 'claimed')).toBe(true);
	});
});
