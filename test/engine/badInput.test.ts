import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { NodeRun } from '../support/engine';
import { Stage } from '../support/cases';
import { cases } from './cases';
import { refusals, type BadValue } from './badValues';

let stage: Stage;

beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(() => stage.close());

async function run(parameters: INodeParameters, items: IDataObject[], onError?: NodeRun['onError']) {
	stage.sandbox.reset();
	const outcome = await stage.engine.run({ parameters, items, onError });
	return { ...outcome, requests: stage.sandbox.requests() };
}

const paths = (requests: Array<{ method: string; path: string }>) =>
	requests.map(({ method, path }) => `${method} ${path}`);

/** One sentence that says which field, what it may be, and what it was, with the item's number. */
function expectRefusal(message: unknown, label: string, { rule, given }: BadValue, item: number): void {
	expect(message).toEqual(expect.stringMatching(/^[^\n]{10,300}$/));
	for (const part of [label, rule, given]) expect(message).toEqual(expect.stringContaining(part));
	expect(message).toEqual(expect.stringMatching(new RegExp(`[^.] \\[item ${item}\\]$`)));
}

describe('a value that cannot be sent', () => {
	it.each(
		refusals.map((one) => [`${one.label} (${one.parameters.resource}/${one.parameters.operation})`, one]),
	)('is refused for its item alone, before any request: %s', async (_name, one) => {
		const { parameters, label, good, bad } = one as (typeof refusals)[number];
		const items = [{ value: good }, ...bad.map(({ value }) => ({ value })), { value: good }] as IDataObject[];
		const { requests, success, failed } = await run(parameters, items, 'continueErrorOutput');
		const messages = failed.map(({ json }) => json.error);
		bad.forEach((value, index) => expectRefusal(messages[index], label, value, index + 1));
		expect(
			failed.map(({ json: { error: _error, ...input }, pairedItem }) => ({ input, pairedItem })),
		).toEqual(bad.map((_value, index) => ({ input: items[index + 1], pairedItem: { item: index + 1 } })));
		expect(requests).toHaveLength(2);
		expect(requests.map(({ status }) => status)).toEqual([200, 200]);
		expect(new Set(success.map(({ pairedItem }) => (pairedItem as { item: number }).item))).toEqual(
			new Set([0, items.length - 1]),
		);
	});

	it('stops the node, with what to do, when it is not to continue', async () => {
		const { parameters, label, good, bad } = refusals[0];
		const { error, requests } = await run(parameters, [
			{ value: good },
			{ value: bad[0].value },
		] as IDataObject[]);
		expectRefusal(error?.message, label, bad[0], 1);
		expect(error?.description).toMatch(/Nothing was sent for this item/);
		expect(error?.context?.itemIndex).toBe(1);
		expect(requests).toHaveLength(1);
	});
});

describe('an id in the path', () => {
	const LABELS = { bot: 'Bot ID', channel: 'Channel ID', human: 'Human ID', message: 'Message ID' };
	const numeric = cases.filter(({ unknownId }) => Object.values(unknownId?.json ?? {})[0] === 999);

	const badIds: BadValue[] = [
		...['', null, undefined].map((value) => ({ value, rule: 'required', given: 'nothing' })),
		...['abc', ' ', '..', '.', '/', '?', '#', '1/../2', '540?x=1', '540#top', '%2e%2e', '1.5', '540,541'].map(
			(value) => ({ value, rule: 'whole number', given: `"${value}"` }),
		),
		...[1.5, 1e21, true].map((value) => ({ value, rule: 'whole number', given: String(value) })),
		...[0, -1, '-540'].map((value) => ({ value, rule: 'at least 1', given: String(value) })),
		{ value: '9007199254740993', rule: 'whole number', given: '9007199254740993' },
		{ value: { id: 540 }, rule: 'whole number', given: '{"id":540}' },
		{ value: [540], rule: 'whole number', given: '[540]' },
	];

	it.each(numeric.map((one) => [`${one.parameters.resource}/${one.parameters.operation}`, one] as const))(
		'that is not a whole number from 1 is refused: %s',
		async (_name, { parameters, items, earlier, unknownId }) => {
			const [name] = Object.keys(unknownId!.json);
			const { endpoint } = { endpoint: items[0].request };
			const [, collection] = /\/v1\/(?:manage\/rcs\/capability\/(?=\d))?(\w+)/.exec(endpoint)!;
			const kind = /^\d+$/.test(collection) ? 'channel' : collection.replace(/s$/, '');
			const inputs = [items[0].json, ...badIds.map(({ value }) => ({ ...items[0].json, [name]: value }))];
			const outcome = await stage.run(
				{ title: '', parameters: parameters as never, items, earlier },
				{ items: inputs as IDataObject[], onError: 'continueErrorOutput' },
			);
			expect(paths(outcome.requests)).toEqual([items[0].request]);
			expect(outcome.failed).toHaveLength(badIds.length);
			badIds.forEach((value, index) =>
				expectRefusal(
					outcome.failed[index].json.error,
					LABELS[kind as keyof typeof LABELS],
					value,
					index + 1,
				),
			);
		},
	);

	it('reaches the server as the number it is, or not at all', async () => {
		const parameters = { resource: 'human', operation: 'getSubscription', humanId: '={{ $json.value }}' };
		const anyId = fc.oneof(
			fc.string(),
			fc.integer(),
			fc.double(),
			fc.nat().map(String),
			fc.constantFrom('..', '540/tags', '540/../541', '540?a=b', '\u0000', '１２', '1e3'),
		);
		const property = fc.asyncProperty(fc.array(anyId, { minLength: 1, maxLength: 25 }), async (values) => {
			const { requests } = await run(
				parameters,
				values.map((value) => ({ value })),
				'continueErrorOutput',
			);
			const numbers = values
				.filter((value) => String(value).trim() !== '')
				.map(Number)
				.filter((number) => Number.isSafeInteger(number) && number >= 1);
			expect(paths(requests)).toEqual(numbers.map((number) => `GET /v1/humans/${number}/subscription`));
		});
		await fc.assert(property, { numRuns: 20 });
	});
});

describe('a request id, which is text', () => {
	const parameters = {
		resource: 'message',
		operation: 'getMany',
		requestId: '={{ $json.value }}',
		returnAll: true,
	};

	it.each(['', null, '.', '..'])('is refused when it cannot be one path segment: %j', async (value) => {
		const { requests, error } = await run(parameters, [{ value }]);
		expect(requests).toEqual([]);
		expect(error?.message).toMatch(/^Request ID .+ \[item 0\]$/);
	});

	it.each([
		['a/b?c#d', 'a%2Fb%3Fc%23d'],
		['../../bots', '..%2F..%2Fbots'],
		['%2e%2e', '%252e%252e'],
		['x y+z&', 'x%20y%2Bz%26'],
		['Ünïcödé', '%C3%9Cn%C3%AFc%C3%B6d%C3%A9'],
		['..;', '..%3B'],
	])('never changes the path: %s', async (value, segment) => {
		const { requests } = await run(parameters, [{ value }]);
		expect(paths(requests)).toEqual([`GET /v1/messages/requests/${segment}`]);
	});

	it('reaches the server as one segment that decodes to it, or not at all', async () => {
		const text = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.string({ unit: fc.constantFrom('.', '/', '\\', '?', '#', '%', 'a') }),
		);
		const property = fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 25 }), async (values) => {
			const items = values.map((value) => ({ value }));
			const { requests } = await run(parameters, items, 'continueErrorOutput');
			const sendable = values.filter((value) => !['', '.', '..'].includes(value));
			const segments = requests.map(({ path }) => path.replace('/v1/messages/requests/', ''));
			expect(segments.map(decodeURIComponent)).toEqual(sendable);
			expect(segments.join('')).not.toMatch(/[/?#\\]/);
		});
		await fc.assert(property, { numRuns: 20 });
	});
});

describe('a phone number in the path', () => {
	it('reaches the server as plus sign and digits, or not at all', async () => {
		const parameters = {
			resource: 'phoneNumber',
			operation: 'getRcsCapability',
			phoneNumber: '={{ $json.value }}',
		};
		const text = fc.oneof(
			fc.string(),
			fc.string({ unit: fc.constantFrom(...'0123456789+ -().x/'), maxLength: 20 }),
		);
		const property = fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 25 }), async (values) => {
			const { requests, failed } = await run(
				parameters,
				values.map((value) => ({ value })),
				'continueErrorOutput',
			);
			for (const path of paths(requests)) {
				expect(path).toMatch(/^GET \/v1\/manage\/rcs\/capability\/(%2B)?[0-9]{7,15}$/);
			}
			expect(requests.length + failed.length).toBe(values.length);
		});
		await fc.assert(property, { numRuns: 20 });
	});
});

describe('an update of a bot without interactions', () => {
	const update = { resource: 'bot', operation: 'update', botId: '451', interactions: '={{ $json.value }}' };
	const nothing = ['[]', ' [ ] ', [], '', null, undefined, 'null', '[null]', [null]];

	it('is refused, and says how to do it on purpose', async () => {
		const items = nothing.map((value) => ({ value })) as IDataObject[];
		const { requests, failed } = await run(update, items, 'continueErrorOutput');
		expect(requests).toEqual([]);
		expect(failed.map(({ json }) => json.error)).toEqual(
			nothing.map((_value, index) =>
				expect.stringMatching(new RegExp(`^Interactions .+ \\[item ${index}\\]$`)),
			),
		);
		expect(failed[0].json.error).toMatch(/Remove All Interactions/);
	});

	it('is sent when that is what was chosen', async () => {
		const { requests } = await run({ ...update, interactionsChange: 'removeAll' }, [{ value: '[{}]' }]);
		expect(requests.map(({ body }) => body)).toEqual([{ interactions: [] }]);
	});
});
