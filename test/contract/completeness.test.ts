import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import type { AnyOperation } from '../../nodes/operations/defineOperation';
import {
	assignmentProblems,
	caseGaps,
	unsentFields,
	unsentProperties,
	unsetFields,
} from '../support/completeness';
import { calls, nodes, servedElsewhere, servedLater } from '../support/nodes';

const sorted = (numbers: Iterable<number[]>) => [...numbers].flat().sort((a, b) => a - b);

describe.each(nodes)('the node $name', (node) => {
	const { catalogue, folder } = node;

	it('has one operation for each endpoint, and an endpoint for each operation', () => {
		expect(assignmentProblems(node)).toEqual([]);
	});

	const files = Object.keys(catalogue).flatMap((resource) =>
		readdirSync(join(folder, resource)).map((file) => ({ resource, key: file.replace(/\.ts$/, '') })),
	);
	const operations = files.flatMap(({ resource, key }) => {
		const { operation } = jest.requireActual<{ operation?: AnyOperation }>(join(folder, resource, key));
		return operation ? [{ resource, key, operation }] : [];
	});

	it('lists its operation files in the catalogue by folder and file name, and nothing else', () => {
		const listed = Object.entries(catalogue).flatMap(([resource, all]) =>
			Object.entries(all).map(([key, operation]) => ({ resource, key, operation })),
		);
		const byPath = (list: typeof listed) =>
			Object.fromEntries(list.map(({ resource, key, operation }) => [`${resource}/${key}`, operation]));
		expect(byPath(operations)).toEqual(byPath(listed));
		expect(operations).toHaveLength(listed.length);
	});

	it('stores the names of its operation files in workflows', () => {
		expect(operations.map(({ operation }) => operation.option.value)).toEqual(
			operations.map(({ key }) => key),
		);
	});

	// No exceptions: everything documented can be entered without writing JSON.
	it('has cases that fill in each form field, and send every documented request field', () => {
		expect(caseGaps(node)).toEqual([]);
	});
});

describe('the contracts', () => {
	it('have the requests of the nativeMsg reference, numbered without a gap, and each served once', () => {
		const numbers = sorted(calls.nativeMsg.values());
		expect(numbers).toEqual(numbers.map((_, index) => index + 1));
		// The reference had these when the contract was written. It may grow.
		expect(numbers.length).toBeGreaterThanOrEqual(37);
		expect(calls.nativeMsg.size).toBeGreaterThanOrEqual(34);
	});

	it('have a request of the reference behind each endpoint of nativeMsg', () => {
		for (const numbers of calls.nativeMsg.values()) expect(numbers).not.toEqual([]);
	});

	it('have the five requests of the NativeMessage guide, each served once by an operation of its node', () => {
		const { endpoints } = nodes[1];
		expect(sorted(endpoints.map((endpoint) => calls.nativeMessage.get(endpoint)!))).toEqual([1, 2, 3, 4, 5]);
		expect(sorted(calls.nativeMessage.values())).toEqual([1, 2, 3, 4, 5]);
	});

	it('have no endpoints of NativeMessage beyond those of its node and those listed with their users', () => {
		const listed = Object.keys({ ...servedElsewhere, ...servedLater });
		const others = [...calls.nativeMessage.keys()].filter((endpoint) => !/ \/ott\//.test(endpoint));
		expect(listed.sort()).toEqual(others.sort());
	});
});

describe('the completeness check', () => {
	const [node, ott] = nodes;
	const { catalogue, cases } = node;
	const { get, ...others } = catalogue.bot;

	it('names an endpoint without an operation or with two, and an operation without an endpoint', () => {
		const strange = { ...get, endpoint: 'GET /robots' } as unknown as AnyOperation;
		const changed = { ...catalogue, bot: others, copies: { strange } };
		expect(assignmentProblems({ ...node, catalogue: changed })).toEqual([
			'no operation: GET /bots/{bot_id}',
			'no endpoint: GET /robots',
		]);
		expect(assignmentProblems({ ...node, catalogue: { ...catalogue, copies: { get } } })).toEqual([
			'two operations: GET /bots/{bot_id}',
		]);
		const { message, ...rest } = ott.catalogue;
		const unused = { ...rest, message: { retry: message.retry } };
		expect(assignmentProblems({ ...ott, catalogue: unused })).toEqual(['no operation: POST /ott/messages']);
		expect(assignmentProblems({ ...ott, shared: [] })).toEqual(['two operations: POST /ott/messages']);
	});

	it('names a request field that no case sends, however deep it is', () => {
		const schema = {
			properties: { list: { type: 'array', items: { properties: { shown: {}, hidden: {} } } }, query: {} },
		};
		expect(unsentProperties(schema, [{ list: [{ shown: null }, { shown: 1 }] }], 'body')).toEqual([
			'body.list[].hidden',
			'body.query',
		]);
		const plain = cases.filter(({ parameters }) => parameters.messageType !== 'carousel');
		expect(unsentFields('POST /messages', plain)).toEqual([
			'POST /messages body.carousel',
			'POST /messages body.richCard.cardWidth',
		]);
	});

	it('names the fields of each shape of a body that no case has', () => {
		const inGuide = ott.cases.filter(({ format }) => format === 'guide');
		expect(unsentFields('POST /ott/messages', inGuide)).toEqual([
			'POST /ott/messages body:OttMessageReference',
		]);
	});

	it('names a form field that no case sets, however deep it is', () => {
		const extra = { displayName: 'Extra', name: 'extra', type: 'string', default: '' } as const;
		const row = { name: 'row', displayName: 'Row', values: [extra, { ...extra, name: 'other' }] };
		const rows: INodeProperties = { ...extra, name: 'rows', type: 'fixedCollection', options: [row] };
		const more: INodeProperties = { ...extra, name: 'more', type: 'collection', options: [rows, extra] };
		const filled = (...values: unknown[]) => values.map((value) => ({ more: { rows: { row: value } } }));
		expect(unsetFields([more], filled({ other: 1 }))).toEqual(['more.rows.row.extra', 'more.extra']);
		expect(unsetFields([more], filled([{ other: 1 }, { extra: 2 }]))).toEqual(['more.extra']);
	});

	it('names an operation without a case, with too few items, and without an ID that does not exist', () => {
		const gapsOf = (some: typeof cases) =>
			caseGaps({ ...node, catalogue: { bot: { get } }, cases: some }).map(([, gap]) => gap);
		const own = cases.filter(
			({ parameters }) => `${parameters.resource}/${parameters.operation}` === 'bot/get',
		);
		expect(gapsOf(own)).toEqual([]);
		expect(gapsOf([])).toEqual(['add a case for bot/get']);
		const [{ unknownId: _unknownId, ...first }, ...later] = own;
		expect(gapsOf([{ ...first, items: first.items.slice(1) }, ...later])).toEqual([
			'give each case of bot/get two items or more',
			'add unknownId to the first case of bot/get',
		]);
	});
});
