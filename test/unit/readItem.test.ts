import type { INodeProperties } from 'n8n-workflow';
import type { AnyOperation } from '../../nodes/operations/defineOperation';
import type { ItemReader } from '../../nodes/operations/run/readItem';
import { operationOf, readItem } from '../../nodes/operations/run/readItem';

const field = (name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
	...more,
});
const order = field('order', {
	displayName: 'Order',
	type: 'options',
	options: [
		{ name: 'Up', value: 'up' },
		{ name: '1', value: 1 },
	],
});

const operations = {
	get: { endpoint: 'GET /bots/{bot_id}', fields: [field('botId', { displayName: 'Bot' })] },
	list: {
		endpoint: 'GET /bots',
		fields: [field('returnAll', { type: 'boolean' }), field('limit', { type: 'number' })],
		simplify: (record: object) => record,
	},
	send: {
		endpoint: 'POST /messages',
		fields: [field('text'), order],
		addressee: String,
		request: () => ({ body: { text: 'Hi' } }),
		problems: () => ['Too long'],
		cost: () => ({ parts: 1 }),
		preview: () => ({ first: {} }),
		ask: () => ({ title: 'Please' }),
		gather: { isWanted: () => true },
	},
} as unknown as Record<string, AnyOperation>;

/** Reads one item, of these values. */
function read(operation: string, values: Record<string, unknown> = {}) {
	const all: Record<string, unknown> = { resource: 'thing', operation, order: 'up', ...values };
	const checked: string[] = [];
	const tools = {
		catalogue: { thing: operations },
		reader: {
			timezone: 'UTC',
			get: (name: string, itemIndex: number) => (itemIndex === 3 ? all[name] : 'other'),
		},
		client: { checkService: (endpoint: string) => checked.push(endpoint) },
		asking: {},
		files: {},
	} as unknown as ItemReader;
	const { item, problems } = readItem(tools, 3);
	expect(checked).toEqual([operations[operation].endpoint]);
	expect(item).toMatchObject({ itemIndex: 3, operation: operations[operation] });
	return { ...item, problems };
}

test('the request is read from the fields, or built by the operation, together with what else it says', () => {
	expect(read('get', { botId: '451' })).toMatchObject({
		request: { path: { bot_id: 451 }, query: {} },
		problems: [],
		cost: undefined,
		preview: undefined,
		question: undefined,
		isGathered: undefined,
	});
	expect(read('get', { botId: '451' }).request.body).toBeUndefined();
	expect(read('send')).toMatchObject({
		request: { path: {}, query: {}, body: { text: 'Hi' } },
		problems: ['Too long'],
		cost: { parts: 1 },
		preview: { first: {} },
		question: { title: 'Please' },
		isGathered: true,
	});
});

test.each([
	['thing', 'dance'],
	['thing', 'toString'],
	['toString', 'call'],
	['human', 'get'],
])('there is no operation of %s called %s', (resource, operation) => {
	const values: Record<string, unknown> = { resource, operation };
	const reader = { timezone: 'UTC', get: (name: string) => values[name] };
	expect(() => operationOf(reader, { thing: operations }, 0)).toThrow(
		`There is no operation "${operation}" for the resource "${resource}"`,
	);
});

test('a dropdown has one of its choices, as text or as a number, or nothing', () => {
	for (const value of ['up', 1, '1', undefined, '']) expect(read('send', { order: value })).toBeDefined();
	expect(() => read('send', { order: 'sideways' })).toThrow(
		'Order must be one of up, 1, but "sideways" was given',
	);
});

test.each<[values: object, limit: number | undefined]>([
	[{}, 50],
	[{ limit: 7 }, 7],
	[{ limit: '7', returnAll: false }, 7],
	[{ limit: 7, returnAll: true }, undefined],
	[{ limit: 7, returnAll: 'yes' }, undefined],
])('with %j, a list has at most %s entries', (values, limit) => {
	expect(read('list', { ...values }).limit).toBe(limit);
	expect(read('get', { botId: 451, ...values }).limit).toBeUndefined();
});

test.each<[values: object, isSimplified: boolean]>([
	[{}, true],
	[{ simplify: true }, true],
	[{ simplify: 'no' }, false],
	[{ simplify: false }, false],
])('with %j, records are simplified: %s', (values, isSimplified) => {
	expect(read('list', { ...values }).isSimplified).toBe(isSimplified);
	expect(read('get', { botId: 451, ...values }).isSimplified).toBe(false);
});

test.each<[values: object, message: string]>([
	[{ limit: 0 }, 'Limit must be at least 1, but 0 was given'],
	[{ limit: 'all' }, 'Limit must be a whole number, but "all" was given'],
	[{ returnAll: 'perhaps' }, 'Return All must be true or false, but "perhaps" was given'],
	[{ simplify: 'perhaps' }, 'Simplify must be true or false, but "perhaps" was given'],
])('%j is refused by the label of the field: %s', (values, message) => {
	expect(() => read('list', { ...values })).toThrow(message);
});

test.each<[broadcast: object | undefined, name: string | undefined]>([
	[undefined, undefined],
	[{}, undefined],
	[{ broadcastName: '' }, undefined],
	[{ broadcastName: ' spring sale ' }, 'spring sale'],
	[{ broadcastName: 2026 }, '2026'],
	[{ broadcastName: 'x'.repeat(200) }, 'x'.repeat(200)],
])('with the settings %j, the broadcast name is %s', (broadcast, name) => {
	expect(read('send', { broadcast }).broadcastName).toBe(name);
	expect(read('get', { botId: 451, broadcast }).broadcastName).toBeUndefined();
});

test.each<[broadcastName: unknown, message: string]>([
	[null, 'Broadcast Name is required, but nothing was given'],
	[undefined, 'Broadcast Name is required, but nothing was given'],
	['x'.repeat(201), 'Broadcast Name can have at most 200 characters, but 201 were given'],
	[{ a: 1 }, 'Broadcast Name must be text, but {"a":1} was given'],
])('the broadcast name %j is refused: %s', (broadcastName, message) => {
	expect(() => read('send', { broadcast: { broadcastName } })).toThrow(message);
});
