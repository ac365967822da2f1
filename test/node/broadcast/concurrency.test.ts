import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { useFixture } from '../../support/fixture';
import { failedJson } from '../../support/failedJson';
import { inOrder, jsonOf, pairsOf, phone, phoneItems, toPhones, withOptions } from './messages';

const fixture = useFixture({ wire: true });

const run = (parameters: INodeParameters, items: IDataObject[], onError?: OnError) =>
	fixture.engine.run({ parameters, items, onError });

// The order and the concurrency of requests are tested with runCalls.
test.each([
	['20 by default', {}, 20],
	['as many as the option says', { concurrency: 3 }, 3],
])('the number of concurrent requests, combined or not, is limited: %s', async (_what, options, most) => {
	const { wire } = fixture;
	let open = () => {};
	const passed = new Promise<void>((resolve) => (open = resolve));
	wire.hold = ({ body }) => (body.includes(phone(0)) ? undefined : passed);
	const running = run(withOptions(toPhones, { recipientsPerCall: 2, ...options }), phoneItems(80));
	await wire.until(() => wire.underWay === most);
	await wire.settled();
	expect(wire.underWay).toBe(most);
	open();
	expect(pairsOf((await running).success)).toEqual(inOrder(80));
	expect(wire.peak).toBe(most);
	expect(fixture.sandbox.report()).toMatchObject({ accepted: 80, maxPerRecipient: 1 });
});

test('messages to the same person arrive one after the other, in the order of the items', async () => {
	const PEOPLE = 7;
	const texts = new Map<string, string[]>();
	const underWay = new Map<string, number>();
	let most = 0;
	fixture.wire.hold = async ({ body }) => {
		const person = /\+1\d+/.exec(body)![0];
		const now = (underWay.get(person) ?? 0) + 1;
		underWay.set(person, now);
		most = Math.max(most, now);
		texts.set(person, [...(texts.get(person) ?? []), /Text \d+/.exec(body)![0]]);
		// Some take longer than others.
		for (let turn = 0; turn < (Number(/Text (\d+)/.exec(body)![1]) * 7) % 17; turn++) await nextTurn();
		underWay.set(person, now - 1);
	};
	const items = phoneItems(60).map((_item, index) => ({
		phone: phone(index % PEOPLE),
		text: `Text ${index}`,
	}));
	const { success } = await run({ ...toPhones, text: '={{ $json.text }}' }, items);
	expect(pairsOf(success)).toEqual(inOrder(60));
	expect(most).toBe(1);
	for (let person = 0; person < PEOPLE; person++) {
		const wanted = items.filter((_item, index) => index % PEOPLE === person);
		expect(texts.get(phone(person))).toEqual(wanted.map(({ text }) => text));
	}
});

describe('an option that is out of range', () => {
	const range = 'must be a whole number';
	test.each<[name: string, value: number | string, sentence: string]>([
		['concurrency', 0, 'Concurrency must be at least 1, but 0 was given'],
		['concurrency', -3, 'Concurrency must be at least 1, but -3 was given'],
		['concurrency', 51, 'Concurrency can be at most 50, but 51 was given'],
		['concurrency', 2.5, `Concurrency ${range}, but 2.5 was given`],
		['concurrency', '={{ "many" }}', `Concurrency ${range}, but "many" was given`],
		['recipientsPerCall', 0, 'Recipients per Request must be at least 1, but 0 was given'],
		['recipientsPerCall', 10_001, 'Recipients per Request can be at most 10000, but 10001 was given'],
		['combineItems', '={{ "perhaps" }}', 'Combine Items must be true or false, but "perhaps" was given'],
	])('is refused in one sentence, and nothing is sent, if %s is %s', async (name, value, sentence) => {
		const { error, success } = await run(withOptions(toPhones, { [name]: value }), phoneItems(2));
		expect(error?.message).toBe(`${sentence} [item 0]`);
		expect(error?.description).toContain('Nothing was sent');
		expect(success).toEqual([]);
		expect(fixture.wire.passages).toEqual([]);
	});

	test('sends all items to the error output', async () => {
		const parameters = withOptions(toPhones, { concurrency: 99 });
		const { success, failed } = await run(parameters, phoneItems(2), 'continueErrorOutput');
		expect(success).toEqual([]);
		expect(failed).toEqual(
			phoneItems(2).map((json, item) => ({
				json: {
					...json,
					...failedJson(`Concurrency can be at most 50, but 99 was given [item ${item}]`, {
						outcome: 'notSent',
					}),
				},
				pairedItem: { item },
			})),
		);
		expect(fixture.wire.passages).toEqual([]);
	});

	test('appears in the results of all items', async () => {
		const parameters = withOptions(toPhones, { concurrency: 99 });
		const { success } = await run(parameters, phoneItems(2), 'continueRegularOutput');
		expect(jsonOf(success).map(({ error }) => error)).toEqual(
			[0, 1].map((item) => `Concurrency can be at most 50, but 99 was given [item ${item}]`),
		);
	});
});

describe('options set by expressions', () => {
	test('are read from the first item', async () => {
		const items = phoneItems(6).map((item, index) => ({
			...item,
			size: index === 0 ? 3 : 1,
			combine: index === 0,
		}));
		const options = { recipientsPerCall: '={{ $json.size }}', combineItems: '={{ $json.combine }}' };
		const { success } = await run(withOptions(toPhones, options), items);
		expect(jsonOf(success).map(({ requestItemCount }) => requestItemCount)).toEqual([3, 3, 3, 3, 3, 3]);
	});

	test.each([
		['true', 1],
		['false', 3],
		['', 1],
	])('combine items when the expression yields "%s", in %i request(s)', async (text, calls) => {
		const items = phoneItems(3).map((item) => ({ ...item, combine: text }));
		await run(withOptions(toPhones, { combineItems: '={{ $json.combine }}' }), items);
		expect(fixture.wire.passages).toHaveLength(calls);
	});
});
