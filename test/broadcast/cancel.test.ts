import type { INodeParameters } from 'n8n-workflow';
import { setTimeout as delay } from 'node:timers/promises';
import { useWiredFixture } from '../faults/wiredFixture';
import type { NodeRun } from '../support/engine';
import { phoneItems, spyOnLog, toPhones, withOptions } from './messages';

const fixture = useWiredFixture();

/** Far less than what is waited for otherwise; a busy machine takes its time too. */
const SOON_MS = 5_000;
/** Long enough for a request that must not come to come. */
const QUIET_MS = 200;
const SERVED = 3;

let log: string[];
beforeEach(() => (log = spyOnLog()));

const apart = (options: INodeParameters = {}) =>
	withOptions(toPhones, { combineItems: false, concurrency: 2, ...options });

/** Runs the node, which is cancelled meanwhile, and makes sure that it ends soon and sends no more. */
async function cancelled(run: NodeRun) {
	const begun = Date.now();
	const outcome = await fixture.engine.run({ cancelAfterMs: 400, ...run });
	expect(outcome.status).toBe('canceled');
	expect(Date.now() - begun).toBeLessThan(SOON_MS);
	const { length } = fixture.wire.passages;
	await delay(QUIET_MS);
	expect(fixture.wire.passages).toHaveLength(length);
	return outcome;
}

/** Lets some requests through; the others are under way until the node gives them up. */
function serveOnly(count: number): void {
	let served = 0;
	fixture.wire.hold = () => (++served > count ? new Promise(() => {}) : undefined);
}

describe('a canceled run', () => {
	test('ends soon while requests are in flight, and logs what was sent and what is unknown', async () => {
		serveOnly(SERVED);
		await cancelled({ parameters: apart(), items: phoneItems(20) });
		expect(fixture.wire.passages).toHaveLength(SERVED + 2);
		expect(fixture.sandbox.report().accepted).toBe(SERVED);
		expect(log).toEqual([
			'NativeMsg was cancelled when items 0-2 were done; it is not known whether items 3-4 were sent',
		]);
	});

	test('names every item of a combined request that is in flight', async () => {
		serveOnly(1);
		const parameters = withOptions(toPhones, { recipientsPerCall: 2, concurrency: 1 });
		await cancelled({ parameters, items: phoneItems(6) });
		expect(log).toEqual([
			'NativeMsg was cancelled when items 0-1 were done; it is not known whether items 2-3 were sent',
		]);
	});

	test('sends nothing that was waiting for a pause of the service to end', async () => {
		const headers = { 'retry-after': '55' };
		fixture.sandbox.addFault({ kind: 'status', status: 429, headers, after: SERVED, times: 99 });
		await cancelled({ parameters: apart(), items: phoneItems(20) });
		expect(fixture.sandbox.report().accepted).toBe(SERVED);
		expect(log.at(-1)).toBe('NativeMsg was cancelled when items 0-2 were done');
	});

	test('stops splitting a combined request that was refused', async () => {
		fixture.wire.mishap = () => '422';
		fixture.wire.hold = () => delay(100);
		await cancelled({ parameters: toPhones, items: phoneItems(64) });
		expect(fixture.sandbox.report().accepted).toBe(0);
		expect(log.at(-1)).toMatch(/^NativeMsg was cancelled when no item was done/);
	});

	test('sends nothing if it is canceled while its items are read', async () => {
		const { success } = await cancelled({
			parameters: apart(),
			items: phoneItems(20_000),
			cancelAfterMs: 100,
		});
		expect(success).toEqual([]);
		expect(fixture.wire.passages).toEqual([]);
	}, 60_000);

	test.each([undefined, 'continueErrorOutput'] as const)(
		'is not retried with On Error set to %s',
		async (onError) => {
			serveOnly(0);
			await cancelled({ parameters: apart(), items: phoneItems(5), onError, maxTries: 5 });
			expect(fixture.wire.passages).toHaveLength(1);
			expect(log).toEqual([
				'NativeMsg was cancelled when no item was done; it is not known whether item 0 was sent',
			]);
		},
	);
});

describe('the progress of a run', () => {
	test('is logged for a long run', async () => {
		// Time passes faster: five seconds with each request.
		const now = Date.now;
		const clock = jest.spyOn(Date, 'now');
		clock.mockImplementation(() => now() + fixture.wire.passages.length * 5_000);
		await fixture.engine.run({ parameters: apart({ concurrency: 1 }), items: phoneItems(7) });
		clock.mockRestore();
		expect(log).toEqual([2, 4, 6].map((done) => `NativeMsg has done ${done} of 7 items`));
	});

	test('is not logged for a short run', async () => {
		await fixture.engine.run({ parameters: apart(), items: phoneItems(20) });
		expect(log).toEqual([]);
	});
});
