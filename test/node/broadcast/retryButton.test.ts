import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import type { Mishap } from '../../support/wire';
import { useFixture } from '../../support/fixture';
import type { NodeRun } from '../../support/engine';
import { inOrder, jsonOf, pairsOf, phone, phoneItems, toPhones, withOptions } from './messages';

const fixture = useFixture({ wire: true });

const apart = withOptions(toPhones, { combineItems: false, concurrency: 1 });
const toSessions: INodeParameters = {
	resource: 'message',
	operation: 'sendSession',
	channelId: 'chan_telegram',
	to: '={{ $json.phone }}',
	text: 'Hello',
	options: { concurrency: 1 },
};

/** The context as n8n hands it to the execution that retries: through its database. */
const stored = (context: IDataObject) => JSON.parse(JSON.stringify(context)) as IDataObject;

/** Runs the node, then again with the data it kept, as n8n's Retry button does. */
async function runAndRetry(run: NodeRun, beforeRetry: () => void) {
	const engine = run.node === 'nativeMsgOtt' ? fixture.ott.guide : fixture.engine;
	const first = await engine.run(run);
	beforeRetry();
	await fixture.wire.idle();
	const second = await engine.run({ ...run, cancelWhen: undefined, context: stored(first.context) });
	await fixture.wire.idle();
	return { first, second };
}

/** Resolves when so many requests are over. */
const afterOthers = (count: number) => fixture.wire.until(() => fixture.wire.over.length >= count);

const mend = () => (fixture.wire.mishap = () => undefined);
const fail = (index: number, mishap: Mishap) => {
	fixture.wire.mishap = ({ body }) => (body.includes(phone(index)) ? mishap : undefined);
};

describe('the Retry button of an execution', () => {
	test.each<[string, NodeRun]>([
		['requests of their own', { parameters: apart }],
		['shared requests', { parameters: toPhones }],
		['OTT messages', { parameters: toSessions, node: 'nativeMsgOtt' }],
	])('sends only what was not sent, in %s', async (_name, run) => {
		fail(2, '422');
		const { first, second } = await runAndRetry({ ...run, items: phoneItems(4) }, mend);
		expect(first.error?.message).toBe('Refused with 422 [item 2]');
		expect(second.error).toBeUndefined();
		expect(pairsOf(second.success)).toEqual(inOrder(4));
		const { recipients, ott } = fixture.sandbox.report();
		const counts = run.node ? ott.recipients : recipients;
		expect(counts).toEqual(Object.fromEntries([0, 1, 2, 3].map((index) => [phone(index).slice(1), 1])));
		expect(second.context).toEqual({});
	});

	test.each(['reset after', '500 after'] as const)(
		'does not resend unknown items, but sends the rest before it stops at them, after %s',
		async (mishap) => {
			fail(1, mishap);
			const { first, second } = await runAndRetry({ parameters: apart, items: phoneItems(4) }, mend);
			expect(first.error?.message).toMatch(/^It's unknown whether this was sent: .* \[item 1\]$/);
			expect(second.error?.message).toBe(first.error?.message);
			expect(second.error?.description).toContain(
				'items 0 and 2-3 were done; it is unknown whether item 1 was sent.',
			);
			expect(fixture.sandbox.report()).toMatchObject({ accepted: 4, maxPerRecipient: 1 });
		},
	);

	test('sends nothing twice if the retry fails before it sends anything', async () => {
		fail(2, '422');
		const run: NodeRun = { parameters: apart, items: phoneItems(3) };
		const { second } = await runAndRetry(run, () => fail(2, '422'));
		mend();
		const unreadable = { ...run, parameters: withOptions(apart, { concurrency: 99 }) };
		const third = await fixture.engine.run({ ...unreadable, context: stored(second.context) });
		expect(third.error?.message).toContain('Concurrency');
		const { error } = await fixture.engine.run({ ...run, context: stored(third.context) });
		expect(error).toBeUndefined();
		expect(fixture.sandbox.report()).toMatchObject({ accepted: 3, maxPerRecipient: 1 });
	});

	test('serves a recipient whom a sent item shares with a refused one', async () => {
		const items = [{ phone: phone(0) }, { phone: phone(1) }, { phone: [1, 2].map(phone) }];
		fail(1, '402');
		// So that the item after it is accepted before this one is refused.
		fixture.wire.hold = ({ body }) => (body.includes(phone(1)) ? afterOthers(2) : undefined);
		const parameters = withOptions(toPhones, { recipientsPerCall: 1 });
		const { first, second } = await runAndRetry({ parameters, items }, mend);
		expect(first.error?.message).toBe('Refused with 402 [item 1]');
		expect(second.error).toBeUndefined();
		expect(jsonOf(second.success).map(({ recipientCount }) => recipientCount)).toEqual([1, 1, 1]);
		expect(fixture.sandbox.report()).toMatchObject({ accepted: 3, maxPerRecipient: 1 });
	});

	test('does not count an item as sent if its shared recipient is refused again', async () => {
		const items = [{ phone: phone(0) }, { phone: phone(1) }, { phone: [1, 2].map(phone) }];
		fail(1, '402');
		fixture.wire.hold = ({ body }) => (body.includes(phone(1)) ? afterOthers(2) : undefined);
		const run: NodeRun = { parameters: withOptions(toPhones, { recipientsPerCall: 1 }), items };
		const { context } = await fixture.engine.run(run);
		const onError: OnError = 'continueErrorOutput';
		const { failed } = await fixture.engine.run({ ...run, onError, context: stored(context) });
		expect(jsonOf(failed).map(({ error }) => error)).toEqual([
			'Refused with 402 [item 1]',
			'Only some recipients of this item were sent the message: Refused with 402 [item 2]',
		]);
		expect(fixture.sandbox.report()).toMatchObject({ accepted: 2, maxPerRecipient: 1 });
	});

	test('knows what was in flight when the execution was canceled', async () => {
		let release = () => {};
		const released = new Promise<void>((resolve) => (release = resolve));
		let cancel = () => {};
		const cancelWhen = new Promise<void>((resolve) => (cancel = resolve));
		fixture.wire.hold = ({ body }) => {
			if (!body.includes(phone(2))) return undefined;
			cancel();
			return released;
		};
		const run: NodeRun = { parameters: apart, items: phoneItems(4) };
		const { first, second } = await runAndRetry({ ...run, cancelWhen }, () => {
			fixture.wire.hold = () => undefined;
			release();
		});
		expect(first.status).toBe('canceled');
		expect(second.error?.message).toMatch(/^It's unknown whether this was sent: .* \[item 2\]$/);
		expect(second.error?.description).toContain('items 0-1 and 3 were done');
		expect(fixture.sandbox.report()).toMatchObject({ accepted: 4, maxPerRecipient: 1 });
	});

	test('reads again what was only read', async () => {
		const parameters = { resource: 'human', operation: 'get', humanId: '={{ $json.id }}' };
		const { context } = await fixture.engine.run({ parameters, items: [{ id: 540 }, { id: 99999 }] });
		expect(context).toEqual({});
	});

	test('keeps the context small after a broadcast to thousands', async () => {
		fail(1_999, '422');
		const { context } = await fixture.engine.run({ parameters: toPhones, items: phoneItems(2_000) });
		expect(JSON.stringify(context).length).toBeLessThan(3_000);
	});
});
