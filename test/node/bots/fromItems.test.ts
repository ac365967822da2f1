import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { NodeRun } from '../../support/engine';
import { failedJson } from '../../support/failedJson';
import { useFixture } from '../../support/fixture';

const fixture = useFixture();

const row = (name: string, intents: string, text: string, others: INodeParameters = {}): INodeParameters => ({
	name,
	intents,
	actions: { action: [{ type: 'sendMessage', text, ...others }] },
});
const ANSWER = row('={{ $json.question }}', '={{ $json.keywords }}', '={{ $json.answer }}');
const FALLBACK = row('Help', 'nm:help', 'Write hours or price');

const fromItems = (...rows: INodeParameters[]): INodeParameters => ({
	resource: 'bot',
	operation: 'update',
	botId: '451',
	specifyInteractions: 'fromInputItems',
	interactionRows: { interaction: rows },
});

const hours = { question: 'Hours', keywords: 'hours, open', answer: 'From 9 to 5' };
const price = { question: 'Price', keywords: 'price', answer: '$ 20' };
const place = { question: 'Place', keywords: 'where', answer: '1 Main Street' };
const made = (name: string, intents: string[], text: string) => ({
	name,
	intents,
	actions: [{ send: { message: { text } } }],
});
const MADE = {
	hours: made('Hours', ['hours', 'open'], 'From 9 to 5'),
	price: made('Price', ['price'], '$ 20'),
	place: made('Place', ['where'], '1 Main Street'),
	fallback: made('Help', ['nm:help'], 'Write hours or price'),
};

async function run(items: IDataObject[], parameters: INodeParameters, others: Partial<NodeRun> = {}) {
	const outcome = await fixture.engine.run({ parameters, items, ...others });
	const requests = fixture.sandbox
		.requests()
		.map(({ method, path, body }) => ({ [`${method} ${path}`]: body }));
	return { ...outcome, requests };
}

test('all input items become one revision of a bot in one request, and one output each', async () => {
	const { success, requests } = await run([hours, price], fromItems(ANSWER, FALLBACK));
	expect(requests).toEqual([
		{ 'PUT /v1/bots/451': { interactions: [MADE.hours, MADE.fallback, MADE.price] } },
	]);
	const bot = { id: 451, name: 'Support Bot', dateCreated: '2024-02-24T18:00:44', requestItemCount: 2 };
	expect(success).toEqual([
		{ json: { ...bot, interactions: [MADE.hours, MADE.fallback] }, pairedItem: { item: 0 } },
		{ json: { ...bot, interactions: [MADE.price, MADE.fallback] }, pairedItem: { item: 1 } },
	]);
});

test('all input items become one new bot', async () => {
	const { success, requests } = await run([hours, price, place], {
		...fromItems(ANSWER),
		operation: 'create',
		name: 'FAQ',
	});
	expect(requests).toEqual([
		{ 'POST /v1/bots': { name: 'FAQ', interactions: [MADE.hours, MADE.price, MADE.place] } },
	]);
	expect(success.map(({ json }) => json.id)).toEqual([501, 501, 501]);
});

test('an interaction may lead to that of another item', async () => {
	const rows = [
		ANSWER,
		{
			...row('={{ $json.question }} again', '', ''),
			actions: { action: [{ type: 'goto', goto: '={{ $json.next }}' }] },
		},
	];
	const items = [
		{ ...hours, next: 'Price' },
		{ ...price, next: 'Hours' },
	];
	const { error, requests } = await run(items, fromItems(...rows));
	expect(error).toBeUndefined();
	expect(requests).toHaveLength(1);
});

test('items for different bots become one request for each bot', async () => {
	const items = [451, 452, 451].map((bot, index) => ({ ...[hours, price, place][index], bot }));
	const { requests, success } = await run(items, { ...fromItems(ANSWER), botId: '={{ $json.bot }}' });
	expect(requests).toEqual([
		{ 'PUT /v1/bots/451': { interactions: [MADE.hours, MADE.place] } },
		{ 'PUT /v1/bots/452': { interactions: [MADE.price] } },
	]);
	expect(success.map(({ json }) => [json.id, json.requestItemCount])).toEqual([
		[451, 2],
		[452, 1],
		[451, 2],
	]);
});

test('items whose interactions are entered in fields become a revision each', async () => {
	const { requests, success } = await run([hours, price], {
		...fromItems(ANSWER),
		specifyInteractions: 'usingFields',
	});
	expect(requests).toEqual([
		{ 'PUT /v1/bots/451': { interactions: [MADE.hours] } },
		{ 'PUT /v1/bots/451': { interactions: [MADE.price] } },
	]);
	expect(success).toHaveLength(2);
});

describe('an item at fault', () => {
	const silent = { ...price, answer: '' };
	const SILENT = 'Interaction 1, Action 1, Text or Media URL is required, but nothing was given [item 1]';
	const WITHHELD = 'Item 1 is at fault, and all items go into one request, so nothing is sent';
	const twice = { ...place, question: 'Hours' };
	const TWICE = 'Interaction 1, Name is "Hours", which Item 0, Interaction 1 is called already [item 1]';

	test.each([
		[silent, SILENT],
		[twice, TWICE],
	])('stops the node, names itself, and nothing is sent: %j', async (item, message) => {
		const { error, requests } = await run([hours, item, place], fromItems(ANSWER));
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(/Nothing was sent/);
		expect(error?.context?.itemIndex).toBe(1);
		expect(requests).toEqual([]);
	});

	test.each([
		[silent, SILENT],
		[twice, TWICE],
	])('keeps all others from being sent if the node continues on errors: %j', async (item, message) => {
		const items = [hours, item, place];
		const { failed, requests } = await run(items, fromItems(ANSWER), { onError: 'continueErrorOutput' });
		expect(requests).toEqual([]);
		const messages = [`${WITHHELD} [item 0]`, message, `${WITHHELD} [item 2]`];
		expect(failed).toEqual(
			items.map((json, index) => ({
				json: { ...json, ...failedJson(messages[index], { outcome: 'notSent' }) },
				pairedItem: { item: index },
			})),
		);
	});

	test('is named if it has a value without JSON', async () => {
		const odd = {
			toJSON() {
				throw new Error('This has no JSON');
			},
		} as unknown as IDataObject;
		const any = { ...ANSWER, actions: { action: [{ type: 'json', json: '={{ $json.action }}' }] } };
		const items = [
			{ ...hours, action: { send: { message: { text: 'Hi' } } } },
			{ ...price, action: { send: { message: odd } } },
		];
		const { failed, requests } = await run(items, fromItems(any), { onError: 'continueErrorOutput' });
		expect(requests).toEqual([]);
		expect(failed.map(({ json }) => json.error)).toEqual([
			`${WITHHELD} [item 0]`,
			'This has no JSON [item 1]',
		]);
	});

	test('is named if its reference leads nowhere in the whole bot', async () => {
		const lost = { ...ANSWER, actions: { action: [{ type: 'goto', goto: '={{ $json.next }}' }] } };
		const items = [
			{ ...hours, next: 'Price' },
			{ ...price, next: 'Menu' },
		];
		const { error, requests } = await run(items, fromItems(lost));
		expect(error?.message).toBe(
			'Interaction 1, Action 1, Go To leads to "Menu", but no interaction or action has that name [item 1]',
		);
		expect(requests).toEqual([]);
	});
});

test('a refused request fails all items, is not split, and is sent once', async () => {
	fixture.sandbox.addFault({ kind: 'status', status: 422, body: { description: 'Too long.' }, times: 9 });
	const { failed, requests } = await run([hours, price], fromItems(ANSWER), {
		onError: 'continueErrorOutput',
	});
	expect(requests).toHaveLength(1);
	expect(failed.map(({ json }) => json.error)).toEqual(['Too long [item 0]', 'Too long [item 1]']);
});

test('a lost response is not sent again by Retry On Fail, and each item says that its outcome is unknown', async () => {
	fixture.sandbox.addFault({ kind: 'reset-after' });
	const parameters = { ...fromItems(ANSWER), operation: 'create', name: 'FAQ' };
	const { error, requests } = await run([hours, price], parameters, { maxTries: 3 });
	expect(error?.message).toMatch(/^It's unknown whether this was sent/);
	expect(requests).toHaveLength(1);
});
