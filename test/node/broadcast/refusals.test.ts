import fc from 'fast-check';
import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import type { NodeOutcome } from '../../support/engine';
import { failedJson, type FailedDetails } from '../../support/failedJson';
import type { Mishap } from '../../support/wire';
import { useFixture } from '../../support/fixture';
import { jsonOf, pairsOf, phone, phoneItems, toHumans, toPhones, withOptions } from './messages';

const fixture = useFixture({ wire: true });

const CONTINUE: OnError = 'continueErrorOutput';
const run = (parameters: INodeParameters, items: IDataObject[], onError?: OnError) =>
	fixture.engine.run({ parameters, items, onError });
const ids = (...lists: string[]) => lists.map((one) => ({ ids: one }));
const served = () => fixture.sandbox.report().recipients;
const itemsOf = (items: NodeOutcome['success']) =>
	pairsOf(items).map((pair) => (pair as { item: number }).item);

/** The humans known to the sandbox. */
const keyOf: Record<string, string> = {
	540: '12025550140',
	541: '12025550141',
	542: 'human:542',
	543: '12025550142',
	544: '12025550143',
	545: 'human:545',
};
const once = (...humans: number[]) => Object.fromEntries(humans.map((id) => [keyOf[id], 1]));

/** Refuses every request that has one of these phones, as a whole. */
const refusePhones = (bad: number[], status: Mishap = '422') => {
	fixture.wire.mishap = ({ body }) => (bad.some((index) => body.includes(phone(index))) ? status : undefined);
};

describe('a combined request that is refused', () => {
	test('is split until only the item at fault fails', async () => {
		const items = ids('540', '541', '542', '543', '99999', '544', '545');
		const { success, failed } = await run(toHumans, items, CONTINUE);
		expect(failed).toEqual([
			{
				json: {
					ids: '99999',
					...failedJson('Human #99999 does not exist [item 4]', { outcome: 'refused', status: 422 }),
				},
				pairedItem: { item: 4 },
			},
		]);
		expect(itemsOf(success)).toEqual([0, 1, 2, 3, 5, 6]);
		expect(served()).toEqual(once(540, 541, 542, 543, 544, 545));
	});

	test('tells each item how many items shared the accepted request', async () => {
		const { success } = await run(toHumans, ids('540', '541', '542', '99999'), CONTINUE);
		expect(jsonOf(success).map(({ requestItemCount, requestId }) => [requestItemCount, requestId])).toEqual([
			[2, 'request00000001'],
			[2, 'request00000001'],
			[1, 'request00000002'],
		]);
	});

	test("fails for every item if every item is at fault, with each item's own message", async () => {
		const { success, failed } = await run(toHumans, ids('99990', '99991', '99992'), CONTINUE);
		expect(success).toEqual([]);
		expect(jsonOf(failed).map(({ error }) => error)).toEqual(
			[0, 1, 2].map((item) => `Human #9999${item} does not exist [item ${item}]`),
		);
		expect(served()).toEqual({});
	});

	test.each(['400', '403', '404', '409', '410', '413', '416', '422'] as const)(
		'is split after HTTP %s',
		async (status) => {
			fixture.wire.mishap = ({ body }) =>
				phoneItems(4).every(({ phone: one }) => body.includes(String(one))) ? status : undefined;
			const { success, failed } = await run(toPhones, phoneItems(4), CONTINUE);
			expect(failed).toEqual([]);
			expect(jsonOf(success).map(({ requestItemCount }) => requestItemCount)).toEqual([2, 2, 2, 2]);
			expect(fixture.sandbox.report()).toMatchObject({ accepted: 4, maxPerRecipient: 1 });
		},
	);

	test('fails for one item of a hundred if the service refuses one contact with 404', async () => {
		refusePhones([13], '404');
		const { success, failed } = await run(toPhones, phoneItems(100), CONTINUE);
		expect([itemsOf(success).length, itemsOf(failed)]).toEqual([99, [13]]);
		expect(fixture.sandbox.report()).toMatchObject({ accepted: 99, maxPerRecipient: 1 });
	});

	test('is split for subscriptions too', async () => {
		fixture.wire.mishap = ({ body }) => (body.includes('543') ? '410' : undefined);
		for (const operation of ['subscribeHumans', 'unsubscribeHumans']) {
			const parameters = { resource: 'channel', operation, channelId: '601', humanIds: '={{ $json.ids }}' };
			const { success, failed } = await run(parameters, ids('540', '541', '543', '544'), CONTINUE);
			expect([itemsOf(success), itemsOf(failed)]).toEqual([[0, 1, 3], [2]]);
		}
	});

	test('is given up after at most twenty requests if the text is refused for everyone', async () => {
		fixture.wire.mishap = () => '422';
		const { success, failed } = await run(toPhones, phoneItems(2_000), CONTINUE);
		expect([success.length, failed.length]).toEqual([0, 2_000]);
		expect(fixture.wire.passages.length).toBeLessThanOrEqual(20);
		expect(failed[1_999].json.error).toBe(
			"nativeMsg refused the other items that were tried, so this item wasn't tried: Refused with 422 [item 1999]",
		);
	});

	test('is not split if it has a single item', async () => {
		const { failed } = await run(toHumans, ids('540, 99999, 541'), CONTINUE);
		expect(jsonOf(failed)).toEqual([
			{
				ids: '540, 99999, 541',
				...failedJson('Human #99999 does not exist [item 0]', { outcome: 'refused', status: 422 }),
			},
		]);
		expect(fixture.sandbox.requests()).toHaveLength(1);
	});

	test('stops the node at the item at fault, no matter which items shared the request', async () => {
		const { error, success } = await run(toHumans, ids('540', '541', '99999', '542'));
		expect(error?.message).toBe('Human #99999 does not exist [item 2]');
		expect(error?.context?.itemIndex).toBe(2);
		expect(error?.httpCode).toBe('422');
		expect(success).toEqual([]);
		expect(served()).toEqual(once(540, 541));
	});

	test('fails exactly the items at fault, and serves everyone else once', async () => {
		const COUNT = 16;
		const anybody = fc.subarray([...Array(COUNT).keys()]);
		await fc.assert(
			fc.asyncProperty(anybody, fc.integer({ min: 1, max: COUNT }), async (bad, recipientsPerCall) => {
				fixture.sandbox.reset();
				fixture.wire.reset();
				refusePhones(bad);
				const parameters = withOptions(toPhones, { recipientsPerCall });
				const { success, failed } = await run(parameters, phoneItems(COUNT), CONTINUE);
				expect(itemsOf(failed)).toEqual(bad);
				const good = [...Array(COUNT).keys()].filter((index) => !bad.includes(index));
				expect(itemsOf(success)).toEqual(good);
				expect(served()).toEqual(Object.fromEntries(good.map((index) => [phone(index).slice(1), 1])));
				// Each fault costs two requests for each halving at most, and one alone.
				const halvings = Math.ceil(Math.log2(recipientsPerCall));
				const calls = 2 * Math.ceil(COUNT / recipientsPerCall) + (2 * halvings + 1) * bad.length;
				expect(fixture.wire.passages.length).toBeLessThanOrEqual(calls);
			}),
			{ numRuns: 25 },
		);
	});
});

describe('recipients who are also in an item at fault', () => {
	test('are served by the other items that name them', async () => {
		const items = ids('540, 99999', '540', '540, 541', '541');
		const { success, failed } = await run(toHumans, items, CONTINUE);
		expect(served()).toEqual(once(540, 541));
		expect(itemsOf(failed)).toEqual([0]);
		expect(itemsOf(success)).toEqual([1, 2, 3]);
	});

	test('are served by an item whose other recipients were served before', async () => {
		const { success, failed } = await run(toHumans, ids('541', '540, 99999', '541, 540'), CONTINUE);
		expect(served()).toEqual(once(540, 541));
		expect(itemsOf(failed)).toEqual([1]);
		expect(itemsOf(success)).toEqual([0, 2]);
	});

	test('are served even if several items are at fault', async () => {
		const items = ids('540, 99998', '540, 99999', '541, 540', '541, 99998, 542', '542');
		const { success, failed } = await run(toHumans, items, CONTINUE);
		expect(served()).toEqual(once(540, 541, 542));
		expect(itemsOf(failed)).toEqual([0, 1, 3]);
		expect(itemsOf(success)).toEqual([2, 4]);
	});

	test('are not served again if it is unknown whether they were served', async () => {
		const items = [{ phone: [0, 1].map(phone) }, { phone: phone(0) }, { phone: [1, 2].map(phone) }];
		fixture.wire.mishap = ({ body }) => (body.includes(phone(0)) ? 'reset after' : undefined);
		const { failed } = await run(withOptions(toPhones, { recipientsPerCall: 2 }), items, CONTINUE);
		expect(fixture.sandbox.report()).toMatchObject({ accepted: 3, maxPerRecipient: 1 });
		expect(itemsOf(failed)).toEqual(expect.arrayContaining([0, 1]));
	});
});

describe('a combined request that fails without a refusal of its content', () => {
	const failures: Array<[mishap: Mishap, text: string, details: FailedDetails]> = [
		['402', 'Refused with 402', { outcome: 'refused', status: 402 }],
		['500', "It's unknown whether this was sent: Refused with 500", { outcome: 'unknown', status: 500 }],
		[
			'reset after',
			"It's unknown whether this was sent: The connection to the server was lost",
			{ outcome: 'unknown' },
		],
	];

	test.each(failures)('fails each item with its own index, by %s', async (mishap, text, details) => {
		fixture.wire.mishap = () => mishap;
		const errors = [0, 1, 2].map((item) => `${text} [item ${item}]`);
		const regular = await run(toPhones, phoneItems(3), 'continueRegularOutput');
		expect(fixture.wire.passages).toHaveLength(1);
		expect(regular.success).toEqual(
			errors.map((error, item) => ({ json: failedJson(error, details), pairedItem: { item } })),
		);
	});

	test.each(failures)('sends the inputs to the error output, by %s', async (mishap, text, details) => {
		fixture.wire.mishap = () => mishap;
		const { success, failed } = await run(toPhones, phoneItems(3), CONTINUE);
		expect(success).toEqual([]);
		expect(failed).toEqual(
			phoneItems(3).map((json, item) => ({
				json: { ...json, ...failedJson(`${text} [item ${item}]`, details) },
				pairedItem: { item },
			})),
		);
	});

	test.each(failures)('stops the node at its first item, by %s', async (mishap, text) => {
		fixture.wire.mishap = () => mishap;
		const { error, success, failed } = await run(toPhones, phoneItems(3));
		expect(error?.message).toBe(`${text} [item 0]`);
		expect([...success, ...failed]).toEqual([]);
	});
});

describe('a run that is given up', () => {
	const apart = withOptions(toPhones, { combineItems: false });

	test('makes one request if the credential is refused, and says that the others were not tried', async () => {
		fixture.wire.mishap = () => '401';
		const { failed } = await run(apart, phoneItems(300), CONTINUE);
		expect(fixture.wire.passages).toHaveLength(1);
		expect(failed).toHaveLength(300);
		expect(failed[0].json.error).toBe('Refused with 401 [item 0]');
		expect(failed[299].json.error).toBe(
			"nativeMsg refused the credential, so this item wasn't tried: Refused with 401 [item 299]",
		);
	});

	test('ends soon after the server cannot be connected to', async () => {
		fixture.wire.mishap = () => 'refused';
		const { failed } = await run(
			withOptions(apart, { combineItems: false, concurrency: 5 }),
			phoneItems(200),
			CONTINUE,
		);
		// Each request is attempted four times, and those in flight when the fifth fails end too.
		expect(fixture.wire.passages.length).toBeLessThanOrEqual(4 * (5 + 4));
		expect(failed).toHaveLength(200);
		expect(failed[199].json.error).toBe(
			"nativeMsg couldn't be reached 5 times running, so this item wasn't tried: The server refused the connection [item 199]",
		);
	});
});
