import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { useFixture } from '../../support/fixture';
import { failedJson } from '../../support/failedJson';
import { inOrder, jsonOf, pairsOf, phone, phoneItems, toPhones, withOptions } from './messages';

const fixture = useFixture({ wire: true });

const distinct = (options: INodeParameters = {}) =>
	withOptions({ ...toPhones, text: '={{ $json.text }}' }, options);
const textItems = (count: number, people = count): IDataObject[] =>
	phoneItems(count).map((_item, index) => ({ phone: phone(index % people), text: `Text ${index}` }));
const run = (parameters: INodeParameters, items: IDataObject[], onError?: OnError) =>
	fixture.engine.run({ parameters, items, onError });

/** Opens the gates of a test that failed, so that nothing waits for ever. */
const openAll: Array<() => void> = [];
afterEach(() => openAll.splice(0).forEach((open) => open()));

/** A gate that requests wait at until it is opened. */
function gate(): { open: () => void; passed: Promise<void> } {
	let open = () => {};
	const passed = new Promise<void>((resolve) => (open = resolve));
	openAll.push(open);
	return { open, passed };
}

describe('concurrent requests', () => {
	test.each([1, 2, 10, 50])('never exceed a concurrency of %i', async (concurrency) => {
		const { wire } = fixture;
		const { open, passed } = gate();
		wire.hold = ({ body }) => (body.includes('"Text 0"') ? undefined : passed);
		const running = run(distinct({ concurrency }), textItems(60));
		await wire.until(() => wire.underWay === concurrency && wire.passages.length > 1);
		await wire.settled();
		expect(wire.passages).toHaveLength(1 + concurrency);
		open();
		const { success } = await running;
		expect(pairsOf(success)).toEqual(inOrder(60));
		expect(wire.peak).toBe(concurrency);
		expect(fixture.sandbox.report()).toMatchObject({ accepted: 60, maxPerRecipient: 1 });
	});

	test('are limited to 10 by default, combined ones included', async () => {
		const { wire } = fixture;
		const { open, passed } = gate();
		wire.hold = ({ body }) => (body.includes(phone(0)) ? undefined : passed);
		const running = run(withOptions(toPhones, { recipientsPerCall: 2 }), phoneItems(40));
		await wire.until(() => wire.underWay === 10);
		await wire.settled();
		expect(wire.underWay).toBe(10);
		open();
		expect((await running).success).toHaveLength(40);
	});

	test('start after the first request has ended, so that a wrong credential costs one request', async () => {
		const { wire } = fixture;
		const { open, passed } = gate();
		wire.hold = () => passed;
		const running = run(distinct(), textItems(20));
		await wire.until(() => wire.passages.length > 0);
		await wire.settled();
		expect(wire.passages).toHaveLength(1);
		open();
		await running;
	});

	test('return their results in the order of the items, however long each takes', async () => {
		// The first one goes alone; of the others, twenty at a time are let go in the opposite order.
		const held: Array<() => void> = [];
		fixture.wire.hold = ({ body }) => {
			if (body.includes('"Text 0"')) return undefined;
			return new Promise<void>((resolve) => {
				if (held.push(resolve) === 20) for (const letGo of held.splice(0).reverse()) letGo();
			});
		};
		const { success } = await run(distinct({ concurrency: 20 }), textItems(61));
		expect(pairsOf(success)).toEqual(inOrder(61));
		const accepted = jsonOf(success).map(({ requestId }) => requestId);
		expect(new Set(accepted).size).toBe(61);
		// They were not accepted in that order.
		expect([...accepted].sort()).not.toEqual(accepted);
	});
});

describe('messages to the same person', () => {
	/** What each person got, in the order of arrival, and how many texts to one person were under way at once. */
	async function deliver(count: number, people: number, concurrency: number) {
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
		const { success } = await run(distinct({ concurrency }), textItems(count, people));
		expect(pairsOf(success)).toEqual(inOrder(count));
		return { texts, most };
	}

	test.each([1, 3, 10, 50])(
		'arrive one after the other, in the order of the items, with a concurrency of %i',
		async (concurrency) => {
			const { texts, most } = await deliver(60, 7, concurrency);
			expect(most).toBe(1);
			expect(texts.size).toBe(7);
			for (let person = 0; person < 7; person++) {
				const wanted = [...Array(60).keys()].filter((index) => index % 7 === person);
				expect(texts.get(phone(person))).toEqual(wanted.map((index) => `Text ${index}`));
			}
		},
	);

	test('wait for the one before, even if it failed', async () => {
		fixture.wire.mishap = ({ body }) => (body.includes('Text 1"') ? 'reset after' : undefined);
		const { success, failed } = await run(distinct(), textItems(4, 1), 'continueErrorOutput');
		expect(pairsOf(success)).toEqual([{ item: 0 }, { item: 2 }, { item: 3 }]);
		expect(pairsOf(failed)).toEqual([{ item: 1 }]);
	});

	test('do not hold up messages to other people', async () => {
		const { wire } = fixture;
		const { open, passed } = gate();
		wire.hold = ({ body }) => (body.includes(phone(0)) && !body.includes('"Text 0"') ? passed : undefined);
		const many = textItems(20, 1);
		const others = phoneItems(6)
			.slice(1)
			.map((item, index) => ({ ...item, text: `Other ${index}` }));
		const running = run(distinct({ concurrency: 3 }), [...many, ...others]);
		await wire.until(() => others.every(({ text }) => wire.passages.some(({ body }) => body.includes(text))));
		open();
		expect((await running).success).toHaveLength(25);
	});
});

describe('an option that is out of range', () => {
	const range = 'must be a whole number';
	test.each<[name: string, value: number | string, sentence: string]>([
		['concurrency', 0, 'Concurrency must be at least 1, but 0 was given'],
		['concurrency', -3, 'Concurrency must be at least 1, but -3 was given'],
		['concurrency', 51, 'Concurrency can be at most 50, but 51 was given'],
		['concurrency', 2.5, `Concurrency ${range}, but 2.5 was given`],
		['concurrency', '={{ "many" }}', `Concurrency ${range}, but "many" was given`],
		['recipientsPerCall', 0, 'Recipients per Call must be at least 1, but 0 was given'],
		['recipientsPerCall', 10_001, 'Recipients per Call can be at most 10000, but 10001 was given'],
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
		expect(jsonOf(success).map(({ itemsInRequest }) => itemsInRequest)).toEqual([3, 3, 3, 3, 3, 3]);
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
