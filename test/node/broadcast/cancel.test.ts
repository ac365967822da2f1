import type { INodeParameters } from 'n8n-workflow';
import { useFixture } from '../../support/fixture';
import type { NodeRun } from '../../support/engine';
import { holdSleeps, time, wakeAll } from '../../support/handSleep';
import { phone, phoneItems, spyOnLog, toPhones, withOptions } from './messages';

const fixture = useFixture({ wire: true });

const SERVED = 3;

let log: string[];
beforeEach(() => (log = spyOnLog()));

const apart = (options: INodeParameters = {}) =>
	withOptions(toPhones, { combineItems: false, concurrency: 2, ...options });

/** Resolves when so many requests were made. */
const made = (count: number) => fixture.wire.until(() => fixture.wire.passages.length >= count);

/** Runs the node, cancels it while it runs, and checks that it ends on its own and sends no more. */
async function canceled(run: NodeRun & { cancelWhen: Promise<unknown> }) {
	const { wire } = fixture;
	const outcome = await fixture.engine.run(run);
	expect(outcome.status).toBe('canceled');
	const { length } = wire.passages;
	release();
	await wire.idle();
	await wire.settled();
	expect(wire.passages).toHaveLength(length);
	return outcome;
}

/** Lets those go on that are held. */
let release: () => void;
let released: Promise<void>;
beforeEach(() => {
	released = new Promise((resolve) => (release = resolve));
});

/** Lets some requests through; the others stay in flight until the node has given them up. */
function serveOnly(count: number): void {
	let served = 0;
	fixture.wire.hold = () => (++served > count ? released : undefined);
}

describe('a canceled run', () => {
	test('ends while requests are in flight, and logs what was sent and what is unknown', async () => {
		serveOnly(SERVED);
		const cancelWhen = made(SERVED + 2);
		await canceled({ parameters: apart(), items: phoneItems(20), cancelWhen });
		expect(fixture.wire.passages).toHaveLength(SERVED + 2);
		expect(log).toEqual([
			'NativeMsg was canceled when items 0-2 were done; it is unknown whether items 3-4 were sent',
		]);
	});

	test('names every item of a combined request that is in flight', async () => {
		serveOnly(1);
		const parameters = withOptions(toPhones, { recipientsPerCall: 2, concurrency: 1 });
		await canceled({ parameters, items: phoneItems(6), cancelWhen: made(2) });
		expect(log).toEqual([
			'NativeMsg was canceled when items 0-1 were done; it is unknown whether items 2-3 were sent',
		]);
	});

	test('includes a response that arrives while the node is ending', async () => {
		const { wire } = fixture;
		wire.outlivesCancel = true;
		serveOnly(SERVED);
		const cancelWhen = made(SERVED + 1);
		holdSleeps();
		void cancelWhen.then(release);
		void wire
			.until(() => wire.over.length > SERVED)
			.then(wire.settled)
			.then(wakeAll);
		const parameters = apart({ concurrency: 1 });
		await canceled({ parameters, items: phoneItems(20), cancelWhen });
		expect(log).toEqual(['NativeMsg was canceled when items 0-3 were done']);
	});

	test('sends nothing that was waiting for a pause of the service to end', async () => {
		const headers = { 'retry-after': '55' };
		fixture.sandbox.addFault({ kind: 'status', status: 429, headers, after: SERVED, times: 99 });
		const cancelWhen = fixture.wire.until(() => fixture.wire.over.length > SERVED);
		const parameters = apart({ concurrency: 1 });
		await canceled({ parameters, items: phoneItems(20), cancelWhen });
		expect(fixture.sandbox.report().accepted).toBe(SERVED);
		expect(log.at(-1)).toBe('NativeMsg was canceled when items 0-2 were done');
	});

	test('stops splitting a combined request that was refused', async () => {
		fixture.wire.mishap = () => '422';
		serveOnly(2);
		await canceled({ parameters: toPhones, items: phoneItems(64), cancelWhen: made(3) });
		expect(fixture.sandbox.report().accepted).toBe(0);
		expect(log.at(-1)).toMatch(/^NativeMsg was canceled when no item was done/);
	});

	test('sends nothing if it is canceled while its items are read', async () => {
		let cancel = () => {};
		const cancelWhen = new Promise<void>((resolve) => (cancel = resolve));
		const items = phoneItems(2_000);
		Object.defineProperty(items[1_000], 'phone', {
			enumerable: true,
			get() {
				cancel();
				return phone(1_000);
			},
		});
		const { success } = await canceled({ parameters: apart(), items, cancelWhen });
		expect(success).toEqual([]);
		expect(fixture.wire.passages).toEqual([]);
	});

	test.each([undefined, 'continueErrorOutput'] as const)(
		'is not retried with On Error set to %s',
		async (onError) => {
			serveOnly(0);
			const run = { parameters: apart(), items: phoneItems(5), onError, maxTries: 5 };
			await canceled({ ...run, cancelWhen: made(1) });
			expect(fixture.wire.passages).toHaveLength(1);
			expect(log).toEqual([
				'NativeMsg was canceled when no item was done; it is unknown whether item 0 was sent',
			]);
		},
	);
});

describe('the progress of a run', () => {
	test('is logged for a long run', async () => {
		// Each request takes five seconds.
		fixture.wire.hold = () => void time.advance(5_000);
		await fixture.engine.run({ parameters: apart({ concurrency: 1 }), items: phoneItems(7) });
		expect(log).toEqual([2, 4, 6].map((done) => `NativeMsg has done ${done} of 7 items`));
	});

	test('is not logged for a short run', async () => {
		await fixture.engine.run({ parameters: apart(), items: phoneItems(20) });
		expect(log).toEqual([]);
	});
});
