import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { useFixture } from '../../support/fixture';
import { counts } from '../../support/cases';
import { inOrder, jsonOf, pairsOf, phone, phoneItems, toHumans, toPhones, withOptions } from './messages';

const fixture = useFixture();

const bodies = () => fixture.sandbox.requests().map(({ body }) => body);
const run = (parameters: INodeParameters, items: IDataObject[]) =>
	fixture.engine.run({ parameters, items, onError: 'continueErrorOutput' });
const digits = (number: string) => number.replace(/\D/g, '');

describe('a broadcast', () => {
	test.each([
		[1, 500],
		[12, 500],
		[7, 3],
		[9, 3],
		[20, 1],
		[1001, 500],
	])('combines %i items into requests with up to %i recipients each', async (count, recipientsPerCall) => {
		const { success, failed } = await run(withOptions(toPhones, { recipientsPerCall }), phoneItems(count));
		const calls = Math.ceil(count / recipientsPerCall);
		expect(fixture.sandbox.requests()).toHaveLength(calls);
		expect(failed).toEqual([]);
		expect(pairsOf(success)).toEqual(inOrder(count));
		success.forEach(({ json }, index) => {
			const position = Math.floor(index / recipientsPerCall);
			expect(json).toEqual({
				to: phone(index),
				status: 'accepted',
				requestId: `request${String(position + 1).padStart(8, '0')}`,
				requestItemCount: Math.min(recipientsPerCall, count - position * recipientsPerCall),
				recipientCount: 1,
				duplicateCount: 0,
			});
		});
		const { accepted, recipients } = fixture.sandbox.report();
		expect(accepted).toBe(count);
		expect(recipients).toEqual(
			Object.fromEntries(phoneItems(count).map(({ phone: one }) => [digits(String(one)), 1])),
		);
	});

	test('sends the same request as a single message, with more recipients', async () => {
		const parameters = {
			...toPhones,
			additionalFields: { title: 'News', subscription: false },
		};
		await run(parameters, phoneItems(3));
		const targets = [
			{ targetType: 'phones', phones: [0, 1, 2].map(phone), channelId: 601, subscription: false },
		];
		expect(bodies()).toEqual([{ title: 'News', text: 'Hello', targets }]);
	});

	test('puts up to 500 recipients into a request by default', async () => {
		await run(toPhones, phoneItems(501));
		const sizes = fixture.sandbox
			.requests()
			.map(({ body }) => (body as { targets: [{ phones: [] }] }).targets[0].phones.length);
		expect(sizes).toEqual([500, 1]);
	});

	test('sends an item with more recipients than the limit as a whole, in its own request', async () => {
		const items = [{ phone: phone(0) }, { phone: [1, 2, 3].map(phone) }, { phone: phone(4) }];
		const { success } = await run(withOptions(toPhones, { recipientsPerCall: 2 }), items);
		expect(
			jsonOf(success).map(({ requestItemCount, recipientCount }) => [requestItemCount, recipientCount]),
		).toEqual([
			[1, 1],
			[1, 3],
			[1, 1],
		]);
		expect(fixture.sandbox.report()).toMatchObject({ accepted: 5, maxPerRecipient: 1 });
	});
});

describe('duplicate recipients', () => {
	const counts = (items: ReturnType<typeof jsonOf>) =>
		items.map(({ recipientCount, duplicateCount }) => [recipientCount, duplicateCount]);

	test.each<[string, Array<string | string[]>, number[][]]>([
		[
			'in several items',
			['+12015550100', '+12015550101', '+12015550100'],
			[
				[1, 0],
				[1, 0],
				[0, 1],
			],
		],
		['within one item', ['+12015550100, +12015550101, +12015550100'], [[2, 1]]],
		['within a list', [['+12015550100', '+12015550100']], [[1, 1]]],
		[
			'with and without +',
			['+12015550100', '12015550100'],
			[
				[1, 0],
				[0, 1],
			],
		],
		[
			'written with spaces and brackets',
			['+12015550100', '+1 (201) 555-0100'],
			[
				[1, 0],
				[0, 1],
			],
		],
		[
			'beside new ones',
			['+12015550100', '+12015550100, +12015550101'],
			[
				[1, 0],
				[1, 1],
			],
		],
	])('%s get the text once', async (_name, phones, expected) => {
		const { success, failed } = await run(
			toPhones,
			phones.map((one) => ({ phone: one })),
		);
		expect(failed).toEqual([]);
		expect(pairsOf(success)).toEqual(inOrder(phones.length));
		expect(counts(jsonOf(success))).toEqual(expected);
		expect(new Set(jsonOf(success).map(({ requestId }) => requestId)).size).toBe(1);
		expect(fixture.sandbox.report().maxPerRecipient).toBe(1);
	});

	test('are recognized in a later request', async () => {
		const items = [0, 1, 2, 0, 3, 1].map((index) => ({ phone: phone(index) }));
		const { success } = await run(withOptions(toPhones, { recipientsPerCall: 2 }), items);
		expect(jsonOf(success).map(({ requestId }) => Number(String(requestId).slice(7)))).toEqual([
			1, 1, 2, 1, 2, 1,
		]);
		expect(fixture.sandbox.report()).toMatchObject({ accepted: 4, maxPerRecipient: 1, requests: 2 });
	});

	test('get each of several texts', async () => {
		const items = ['Hello', 'Bye', 'Hello'].map((text) => ({ text, phone: phone(0) }));
		const { success } = await run({ ...toPhones, text: '={{ $json.text }}' }, items);
		expect(counts(jsonOf(success))).toEqual([
			[1, 0],
			[1, 0],
			[0, 1],
		]);
		expect(bodies().map((body) => (body as IDataObject).text)).toEqual(['Hello', 'Bye']);
	});
});

describe('items that differ in more than their recipients', () => {
	test('need a request for each text', async () => {
		const items = phoneItems(6).map((item, index) => ({ ...item, text: `Text ${index % 2}` }));
		const { success } = await run({ ...toPhones, text: '={{ $json.text }}' }, items);
		expect(bodies().map((body) => (body as IDataObject).text)).toEqual(['Text 0', 'Text 1']);
		expect(jsonOf(success).map(({ requestItemCount }) => requestItemCount)).toEqual([3, 3, 3, 3, 3, 3]);
		expect(fixture.sandbox.report()).toMatchObject({ accepted: 6, maxPerRecipient: 1 });
	});

	test('share a request with a target for each sending channel', async () => {
		const items = phoneItems(4).map((item, index) => ({ ...item, channel: 601 + (index % 2) }));
		await run({ ...toPhones, channelId: '={{ $json.channel }}' }, items);
		expect(bodies()).toEqual([
			{
				text: 'Hello',
				targets: [
					{ targetType: 'phones', phones: [phone(0), phone(2)], channelId: 601 },
					{ targetType: 'phones', phones: [phone(1), phone(3)], channelId: 602 },
				],
			},
		]);
	});

	test('share a request with a target for each kind of recipient', async () => {
		const items = [
			{ type: 'humans', ids: '540, 541' },
			{ type: 'phones', phone: phone(0) },
			{ type: 'humans', ids: '542' },
			{ type: 'tags', ids: '6' },
		];
		const parameters = { ...toHumans, ...toPhones, ids: '={{ $json.ids }}', targetType: '={{ $json.type }}' };
		const { failed } = await run(parameters, items);
		expect(failed).toEqual([]);
		expect(bodies()).toEqual([
			{
				text: 'Hello',
				targets: [
					expect.objectContaining({ targetType: 'humans', ids: [540, 541, 542] }),
					{ targetType: 'phones', phones: [phone(0)], channelId: 601 },
					expect.objectContaining({ targetType: 'tags', ids: [6] }),
				],
			},
		]);
	});
});

test('each item is its own request with Combine Items off, even if items go to the same person', async () => {
	const items = [0, 1, 0].map((index) => ({ phone: phone(index) }));
	const { success } = await run(withOptions(toPhones, { combineItems: false }), items);
	expect(pairsOf(success)).toEqual(inOrder(3));
	const shape = ['to', 'status', 'requestId', 'requestItemCount', 'recipientCount', 'duplicateCount'];
	expect(jsonOf(success).map(Object.keys)).toEqual([shape, shape, shape]);
	expect(fixture.sandbox.report()).toMatchObject({ requests: 3, accepted: 3, maxPerRecipient: 2 });
});

describe.each([
	['subscribeHumans', 'subscribe', 1, { subscribedHumansCount: 2 }],
	['unsubscribeHumans', 'unsubscribe', 0, { unsubscribedHumansCount: 0 }],
])('the operation %s', (operation, call, subscribed, count) => {
	test("sends one request for all items, takes effect, and outputs the service's count", async () => {
		const parameters = { resource: 'channel', operation, channelId: '603', humanIds: '={{ $json.ids }}' };
		const { success, failed } = await run(parameters, [{ ids: '542' }, { ids: '545, 542' }, { ids: '542' }]);
		const requests = fixture.sandbox.requests();
		expect(requests.map(({ path, body }) => [path, body])).toEqual([
			[`/v1/channels/603/${call}`, { humanIds: [542, 545] }],
		]);
		expect(failed).toEqual([]);
		expect(pairsOf(success)).toEqual(inOrder(3));
		expect(jsonOf(success)).toEqual([
			{ channelId: 603, ...count, requestItemCount: 2, recipientCount: 1, duplicateCount: 0 },
			{ channelId: 603, ...count, requestItemCount: 2, recipientCount: 1, duplicateCount: 1 },
			{ channelId: 603, ...count, requestItemCount: 2, recipientCount: 0, duplicateCount: 1 },
		]);
		const lookUp = { resource: 'channel', operation: 'getSubscription', channelId: '603' };
		const { success: found } = await fixture.engine.run({ parameters: lookUp });
		expect(found[0].json.subscribedHumansCount).toBe(2 * subscribed);
	});
});

describe('adding people by phone', () => {
	const add = (options: INodeParameters): INodeParameters => ({
		resource: 'human',
		operation: 'addByPhone',
		channelId: '601',
		specifyHumans: 'fields',
		phone: '={{ $json.phone }}',
		options,
	});

	test('sends a request for each item, and outputs the ID of its human', async () => {
		const { success } = await run(add({}), phoneItems(3));
		expect(fixture.sandbox.requests()).toHaveLength(3);
		expect(jsonOf(success)).toEqual(
			[1001, 1002, 1003].map((humanId, index) =>
				expect.objectContaining({ phone: phone(index), humanId, humanIds: [humanId] }),
			),
		);
	});

	test('can combine items, and then outputs no IDs', async () => {
		const { success } = await run(add({ combineItems: true }), phoneItems(3));
		const humans = [0, 1, 2].map((index) => expect.objectContaining({ phone: phone(index).slice(1) }));
		expect(bodies()).toEqual([expect.objectContaining({ humans })]);
		const unknown = { humanId: null, humanIds: [], message: null };
		expect(jsonOf(success)).toEqual(
			[0, 1, 2].map((index) => ({ phone: phone(index), ...unknown, ...counts(), requestItemCount: 3 })),
		);
		expect(pairsOf(success)).toEqual(inOrder(3));
	});

	test('outputs the whole response for an item that shares its request with no other', async () => {
		const { success } = await run(add({ combineItems: true }), phoneItems(1));
		expect(success[0].json).toMatchObject({ humanIds: [1001], requestItemCount: 1 });
	});
});
