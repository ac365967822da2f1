import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { NodeRun } from '../support/engine';
import { inSequence, runCase } from '../support/cases';
import { failedJson } from '../support/failedJson';
import { useFixture } from '../support/fixture';
import { cases } from './cases';
import { formatRefusals } from './refusals/formats';
import { jsonRefusals } from './refusals/json';
import { limitRefusals, wrongForms } from './refusals/limits';
import { repeated, type BadValue, type Refusal } from './refusals/refusal';

const fixture = useFixture();

async function run(parameters: INodeParameters, values: unknown[], onError?: NodeRun['onError']) {
	const { engine, sandbox } = fixture;
	sandbox.reset();
	const items = values.map((value) => ({ value }) as IDataObject);
	const outcome = await engine.run({ parameters: inSequence(parameters), items, onError });
	const requests = sandbox.requests();
	return { ...outcome, items, requests, paths: requests.map(({ method, path }) => `${method} ${path}`) };
}

/** One sentence with the item index that says which field, what is allowed, and what was given. */
function expectRefusal(
	message: unknown,
	label: string,
	{ rule, given }: Omit<BadValue, 'value'>,
	item: number,
) {
	expect(message).toEqual(expect.stringMatching(new RegExp(`^[^\\n]{10,300}[^.] \\[item ${item}\\]$`)));
	for (const part of [label, rule, given]) expect(message).toEqual(expect.stringContaining(part));
}

const refusals = [...limitRefusals, ...formatRefusals, ...jsonRefusals].map(
	(refusal): [name: string, refusal: Refusal] => [
		`${refusal.label} of ${refusal.parameters.resource}/${refusal.parameters.operation}`,
		refusal,
	],
);

describe('a value that cannot be sent', () => {
	it.each(refusals)('fails its own item, case %#: %s', async (_name, { parameters, label, good, bad }) => {
		const values = [good, ...bad.map(({ value }) => value), good];
		const { items, requests, success, failed } = await run(parameters, values, 'continueErrorOutput');
		expect(failed).toEqual(
			bad.map((_value, index) => ({
				json: { ...items[index + 1], ...failedJson(expect.any(String), { outcome: 'notSent' }) },
				pairedItem: { item: index + 1 },
			})),
		);
		bad.forEach((value, index) => expectRefusal(failed[index].json.error, label, value, index + 1));
		expect(requests.map(({ status }) => status)).toEqual([200, 200]);
		expect(new Set(success.map(({ pairedItem }) => pairedItem))).toEqual(
			new Set([{ item: 0 }, { item: values.length - 1 }]),
		);
	});

	it.each(wrongForms)('fails every item: %s', async (_what, parameters, label, rule, given) => {
		const { requests, failed } = await run(parameters, [1, 2], 'continueErrorOutput');
		expect(requests).toEqual([]);
		failed.forEach(({ json }, item) => expectRefusal(json.error, label, { rule, given }, item));
		expect(failed).toHaveLength(2);
	});

	it.each(refusals)(
		'stops the node before anything is sent, and says what to do, in case %#: %s',
		async (_name, refusal) => {
			const { parameters, label, good, bad } = refusal;
			const { error, requests } = await run(parameters, [good, bad[0].value, good]);
			expectRefusal(error?.message, label, bad[0], 1);
			expect(error?.description).toMatch(/Nothing was sent for this item/);
			expect(error?.context?.itemIndex).toBe(1);
			expect(requests).toEqual([]);
		},
	);
});

describe('a numeric ID in the path', () => {
	const LABELS = { botId: 'Bot', channelId: 'Channel', humanId: 'Human', messageId: 'Message ID' };

	const badIds: BadValue[] = [
		...['', ' ', null, undefined].map((value) => ({ value, rule: 'required', given: 'nothing' })),
		...repeated('whole number', 'abc', '..', '.', '/', '?', '#', '1/../2', '540?x=1', '540#top', '%2e%2e'),
		...repeated('whole number', '1.5', '540,541', '9007199254740993', 1.5, 1e21, true, [540, 541], [], {
			id: 540,
		}),
		...repeated('at least 1', 0, -1, '-540'),
	];

	/** For each operation, the field with the id and the property of the input item that fills it. */
	const idFields = cases.flatMap((one) => {
		const [property] = Object.keys(one.unknownId?.json ?? {});
		const field = Object.keys(LABELS).find((name) => one.parameters[name] === `={{ $json.${property} }}`);
		const name = `${one.parameters.resource}/${one.parameters.operation}`;
		return field ? [{ name, one, property, label: LABELS[field as keyof typeof LABELS] }] : [];
	});

	it.each(idFields)('is refused unless it is a number: $name', async ({ one, property, label }) => {
		const [{ json: first, request }] = one.items;
		const items = [first, ...badIds.map(({ value }) => ({ ...first, [property]: value }) as IDataObject)];
		const { requests, failed } = await runCase(fixture, one, { items, onError: 'continueErrorOutput' });
		expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([request]);
		expect(failed).toHaveLength(badIds.length);
		badIds.forEach((value, index) => expectRefusal(failed[index].json.error, label, value, index + 1));
	});

	it.each(idFields)('may come as a list of one: $name', async ({ one, property }) => {
		const [{ json, request, body = null }] = one.items;
		const listed = { ...json, [property]: [json[property]] } as IDataObject;
		const { requests, error } = await runCase(fixture, one, { items: [listed] });
		expect(error).toBeUndefined();
		expect(requests.map((made) => [`${made.method} ${made.path}`, made.body])).toEqual([[request, body]]);
	});

	it('is tested with every operation that has one', () => {
		expect(idFields).toHaveLength(24);
	});

	it('reaches the server as the same number, or not at all', async () => {
		const parameters = { resource: 'human', operation: 'getSubscription', humanId: '={{ $json.value }}' };
		const anything = fc.oneof(
			fc.string(),
			fc.integer(),
			fc.double(),
			fc.nat().map(String),
			fc.constantFrom('..', '540/tags', '540/../541', '540?a=b', '\u0000', '１２', ' 540 '),
		);
		const property = fc.asyncProperty(fc.array(anything, { minLength: 1, maxLength: 25 }), async (values) => {
			const { paths } = await run(parameters, values, 'continueErrorOutput');
			const numbers = values
				.filter((value) => String(value).trim() !== '')
				.map(Number)
				.filter((number) => Number.isSafeInteger(number) && number >= 1);
			expect(paths).toEqual(numbers.map((number) => `GET /v1/humans/${number}/subscription`));
		});
		await fc.assert(property, { numRuns: 20 });
	});
});

describe('a text ID of a request in the path', () => {
	const parameters = {
		resource: 'message',
		operation: 'getMany',
		requestId: '={{ $json.value }}',
		returnAll: true,
	};

	it.each(['', null, '.', '..', '\ud800'])(
		'is refused if it cannot be a segment of the path: %j',
		async (value) => {
			const { requests, error } = await run(parameters, [value]);
			expect(requests).toEqual([]);
			expect(error?.message).toMatch(/^Request ID .+ \[item 0\]$/);
		},
	);

	it.each([
		['a/b?c#d', 'a%2Fb%3Fc%23d'],
		['../../bots', '..%2F..%2Fbots'],
		['..\\bots', '..%5Cbots'],
		['%2e%2e', '%252e%252e'],
		['x y+z&', 'x%20y%2Bz%26'],
		['Ünïcödé', '%C3%9Cn%C3%AFc%C3%B6d%C3%A9'],
		['..;', '..%3B'],
	])('never changes the path: %s', async (value, segment) => {
		const { paths } = await run(parameters, [value]);
		expect(paths).toEqual([`GET /v1/messages/requests/${segment}`]);
	});

	it('reaches the server as one segment that decodes to it, or not at all', async () => {
		const text = fc.oneof(
			// What shows nothing counts as not given.
			fc.string({ unit: 'binary' }).map((characters) => `${characters}a`),
			fc.string({ unit: fc.constantFrom('.', '/', '\\', '?', '#', '%', 'a') }),
		);
		const property = fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 25 }), async (values) => {
			const { requests } = await run(parameters, values, 'continueErrorOutput');
			const segments = requests.map(({ path }) => path.replace('/v1/messages/requests/', ''));
			const sendable = values.filter((value) => !['', '.', '..'].includes(value));
			expect(segments.map(decodeURIComponent)).toEqual(sendable);
			expect(segments.join('')).not.toMatch(/[/?#\\]/);
		});
		await fc.assert(property, { numRuns: 20 });
	});
});

describe('a phone number in the path', () => {
	it('reaches the server as a plus sign and digits, or not at all', async () => {
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
			const { paths, failed } = await run(parameters, values, 'continueErrorOutput');
			for (const path of paths) {
				expect(path).toMatch(/^GET \/v1\/manage\/rcs\/capability\/(%2B)?[0-9]{7,15}$/);
			}
			expect(paths.length + failed.length).toBe(values.length);
		});
		await fc.assert(property, { numRuns: 20 });
	});
});

describe('an update of a bot without interactions', () => {
	const update = {
		resource: 'bot',
		operation: 'update',
		botId: '451',
		specifyInteractions: 'usingJson',
		interactions: '={{ $json.value }}',
	};

	it('is refused, and the error says how to do it on purpose', async () => {
		const nothing = ['[]', ' [ ] ', [], '[null]', [null], 'null', '', null, undefined];
		const { requests, failed } = await run(update, nothing, 'continueErrorOutput');
		expect(requests).toEqual([]);
		failed.forEach(({ json }, item) =>
			expect(json.error).toMatch(new RegExp(`^Interactions .+ \\[item ${item}\\]$`)),
		);
		expect(failed).toHaveLength(nothing.length);
		for (const { json } of failed.slice(0, 3)) expect(json.error).toMatch(/Remove All Interactions/);
	});

	it('is sent if the user chose it on purpose', async () => {
		const { requests } = await run({ ...update, specifyInteractions: 'removeAllInteractions' }, ['[{}]']);
		expect(requests.map(({ body }) => body)).toEqual([{ interactions: [] }]);
	});
});
