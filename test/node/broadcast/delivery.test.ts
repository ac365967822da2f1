import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import { counts } from '../../support/cases';
import { useFixture } from '../../support/fixture';
import type { NodeRun } from '../../support/engine';
import { failedJson } from '../../support/failedJson';
import {
	inOrder,
	jsonOf,
	pairsOf,
	phone,
	phoneItems,
	spyOnLog,
	toPhones,
	waiting as waitingFor,
} from './messages';

// Time passes only while the node sleeps: at its second look each message that takes no longer is delivered, or read.
const fixture = useFixture({ wire: true });

const orFail = { afterSending: 'failIfNotDelivered' };

/** The sandbox cannot deliver to numbers that end so. */
const UNREACHABLE = '+12015550199';
const waiting = (settings: INodeParameters = {}) => waitingFor(toPhones, settings);
const run = (others: Partial<NodeRun>) =>
	fixture.engine.run({ parameters: waiting(), items: phoneItems(3), ...others });

/** Requests that send; the others look up. */
const sends = () => fixture.sandbox.requests().filter(({ method }) => method === 'POST');
const lookUps = () => fixture.sandbox.requests().filter(({ method }) => method === 'GET');

const accepted = (to: string, requestId: string | null) => ({
	to,
	status: 'accepted',
	requestId,
	...counts(),
});

/** The n-th request, which was for some phone of the items. */
const delivered = (index: number, phone: string) => ({
	...accepted(phone, `request${String(index + 1).padStart(8, '0')}`),
	delivery: 'delivered',
	deliveries: [
		{
			phone,
			status: expect.any(String),
			reason: null,
			humanId: 1001 + index,
			messageId: 100_001 + index,
		},
	],
});
const statusesOf = ({ deliveries }: IDataObject) => (deliveries as IDataObject[]).map(({ status }) => status);

/** How long (ms) each step to delivery takes, until the next reset. */
const slowDown = (stepMs: number) =>
	fetch(`${fixture.sandbox.url}/__sandbox/settings`, { method: 'PUT', body: JSON.stringify({ stepMs }) });

describe('Wait for Delivery', () => {
	test('gives each item its own status once all messages are delivered', async () => {
		const { success, failed, error } = await run({});
		expect(error).toBeUndefined();
		expect(failed).toEqual([]);
		expect(pairsOf(success)).toEqual(inOrder(3));
		// Parallel requests: either may come first.
		const order = jsonOf(success).map(({ requestId }) => Number(String(requestId).slice(-1)) - 1);
		expect([...order].sort()).toEqual([0, 1, 2]);
		expect(jsonOf(success)).toEqual(order.map((request, index) => delivered(request, phone(index))));
		// A table shows the first keys first.
		expect(Object.keys(success[0].json).slice(0, 4)).toEqual(['to', 'status', 'delivery', 'requestId']);
		// In the sandbox, people with an even number read their messages.
		expect(jsonOf(success).map(statusesOf)).toEqual([['read'], ['delivered'], ['read']]);
		expect(sends()).toHaveLength(3);
	});

	test('looks up only the messages that are still undecided', async () => {
		await slowDown(700);
		await run({});
		const asked = new Map<string, number>();
		for (const { path } of lookUps()) asked.set(path, (asked.get(path) ?? 0) + 1);
		expect(asked.size).toBe(3);
		for (const times of asked.values()) expect(times).toBeGreaterThanOrEqual(2);
		expect(fixture.sandbox.report().accepted).toBe(3);
	});

	test('names the recipients who could not be reached, and counts that as a result', async () => {
		const items: IDataObject[] = [
			{ phone: [phone(0), UNREACHABLE] },
			{ phone: UNREACHABLE },
			{ phone: phone(1) },
		];
		const { success, failed } = await run({ items });
		expect(failed).toEqual([]);
		expect(jsonOf(success).map(({ delivery }) => delivery)).toEqual(['failed', 'failed', 'delivered']);
		expect(statusesOf(success[0].json)).toEqual(['read', 'failed']);
	});

	test('waits for every recipient it was asked to reach, even if the records come one after the other', async () => {
		fixture.sandbox.addHabit({ kind: 'late-rows', looks: 1 });
		const items = [{ phone: [phone(0), phone(1), UNREACHABLE] }];
		const { success } = await run({ items });
		const { deliveries, delivery } = success[0].json as { deliveries: IDataObject[]; delivery: string };
		expect([delivery, deliveries.length]).toEqual(['failed', 3]);
		expect(lookUps()).toHaveLength(2);
	});

	test('counts a recipient who is missing when the time is over as not reached', async () => {
		fixture.sandbox.addHabit({ kind: 'late-rows', looks: 1_000 });
		const items = [{ phone: [phone(0), phone(1)] }];
		const late = waiting({ waitSeconds: 1 });
		const { success } = await run({ items, parameters: late });
		expect(success[0].json).toMatchObject({ delivery: 'pending', deliveries: [{ status: 'read' }] });
		const parameters = waiting({ waitSeconds: 1, ...orFail });
		const { error } = await run({ items, parameters });
		expect(error?.message).toBe("1 of 2 recipients didn't get the message (still on its way) [item 0]");
	});

	test('looks up the people behind a tag twice, because only nativeMsg knows them', async () => {
		fixture.sandbox.addHabit({ kind: 'late-rows', looks: 1 });
		const { success } = await run({
			items: [{}],
			parameters: { ...waiting(), targetType: 'channels', ids: '551' },
		});
		const { deliveries, delivery } = success[0].json as { deliveries: IDataObject[]; delivery: string };
		expect(delivery).toBe('delivered');
		expect(deliveries.length).toBeGreaterThan(1);
		// One record, all of them, and the same once more.
		expect(lookUps()).toHaveLength(3);
	});

	test('looks nothing up without a request ID, and says why', async () => {
		fixture.sandbox.addHabit({ kind: 'empty' });
		const { success, failed } = await run({});
		expect(failed).toEqual([]);
		expect(jsonOf(success)).toEqual(
			[0, 1, 2].map((index) => ({
				...accepted(phone(index), null),
				delivery: 'pending',
				deliveries: [],
				lookupError: 'nativeMsg gave no request ID to look it up by',
			})),
		);
		expect(lookUps()).toEqual([]);
	});

	test('stops when the time limit is reached', async () => {
		await slowDown(60_000);
		const { success } = await run({ parameters: waiting({ waitSeconds: 1 }) });
		expect(jsonOf(success).map(({ delivery }) => delivery)).toEqual(['pending', 'pending', 'pending']);
		expect(sends()).toHaveLength(3);
	});

	test.each([{}, { afterSending: '={{ "wait" }}' }])('is on with the settings %j', async (settings) => {
		const { success } = await run({ parameters: waiting(settings) });
		expect(jsonOf(success).map(({ delivery }) => delivery)).toEqual(['delivered', 'delivered', 'delivered']);
	});

	test('reports why an item was not sent, and waits for the other items', async () => {
		fixture.wire.mishap = ({ body }) => (body.includes(phone(1)) ? 'reset after' : undefined);
		const { success, failed } = await run({ onError: 'continueErrorOutput' });
		expect(pairsOf(success)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(jsonOf(success).map(({ delivery }) => delivery)).toEqual(['delivered', 'delivered']);
		expect(failed[0].json.error).toMatch(/^It's unknown whether this was sent/);
	});

	test('keeps an item as sent if looking it up fails', async () => {
		fixture.wire.mishap = ({ body }) => (body === '' ? '404' : undefined);
		const { success, failed } = await run({ parameters: waiting({ waitSeconds: 1 }) });
		expect(failed).toEqual([]);
		expect(jsonOf(success)).toEqual(
			[0, 1, 2].map(() => expect.objectContaining({ delivery: 'pending', lookupError: 'Refused with 404' })),
		);
	});

	test('ends when the run is canceled, and logs how many items were sent', async () => {
		const log = spyOnLog();
		for (const settings of [{}, orFail]) {
			const { sandbox, wire } = fixture;
			sandbox.reset();
			wire.reset();
			await slowDown(60_000);
			const parameters = waiting(settings);
			const cancelWhen = wire.until(() => wire.over.filter(({ body }) => body === '').length === 3);
			const { status } = await run({ parameters, cancelWhen });
			expect(status).toBe('canceled');
			expect(log.at(-1)).toBe('NativeMsg was canceled when items 0-2 were done');
			await wire.settled();
			expect(lookUps()).toHaveLength(3);
		}
	});
});

describe('Fail If Not Delivered', () => {
	const parameters = waiting(orFail);
	const items = [{ phone: phone(0) }, { phone: UNREACHABLE }];
	const sentence = "1 of 1 recipients didn't get the message (failed) [item 1]";
	const pair = { item: 1 };
	const failure = failedJson(sentence, { outcome: 'notDelivered', requestId: expect.any(String) });

	test('stops the node, and advises looking before sending again', async () => {
		const { error, success } = await run({ parameters, items });
		expect(error?.message).toBe(sentence);
		expect(error?.description).toMatch(/^The message was sent\. /);
		expect(success).toEqual([]);
	});

	test.each<[OnError, object]>([
		['continueErrorOutput', { failed: [{ json: { ...items[1], ...failure }, pairedItem: pair }] }],
		['continueRegularOutput', { success: [expect.anything(), { json: failure, pairedItem: pair }] }],
	])('lets the item fail with On Error set to %s', async (onError, expected) => {
		const outcome = await run({ parameters, items, onError });
		expect(outcome).toMatchObject(expected);
		expect(outcome.success[0].json).toMatchObject({ delivery: 'delivered' });
	});

	test('fails messages that are still in transit when the time limit is reached', async () => {
		await slowDown(60_000);
		const late = waiting({ ...orFail, waitSeconds: 1 });
		const { failed } = await run({ parameters: late, onError: 'continueErrorOutput' });
		expect(jsonOf(failed).map(({ error }) => error)).toEqual(
			[0, 1, 2].map((item) => `1 of 1 recipients didn't get the message (still on its way) [item ${item}]`),
		);
	});

	test.each([undefined, 'continueRegularOutput'] as const)(
		'sends nothing again with Retry On Fail and On Error set to %s',
		async (onError) => {
			const turned = [...items].reverse();
			const { error, success } = await run({ parameters, items: turned, onError, maxTries: 3 });
			expect(sends()).toHaveLength(2);
			expect(fixture.sandbox.report()).toMatchObject({ accepted: 2, maxPerRecipient: 1 });
			expect(error?.message ?? success[0].json.error).toBe(sentence.replace('item 1', 'item 0'));
		},
	);
});
