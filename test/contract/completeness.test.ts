import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyOperation, Catalogue } from '../../nodes/operations/defineOperation';
import type { RecordedRequest } from '../../sandbox/server';
import { runCase } from '../support/cases';
import {
	assignmentProblems,
	countOfCalls,
	documentedCalls,
	endpointsOf,
	formFields,
	isJsonAlternative,
	requestFields,
	specOf,
	unfilledFields,
	unsentFields,
} from '../support/coverage';
import { useFixture } from '../support/fixture';
import { nodes, ottSpec, servedElsewhere, servedLater, type NodeUnderTest } from '../support/nodes';

const fixture = useFixture();

/** What the cases that fill in the form's own fields have sent, by node. */
const sentBy = new Map<NodeUnderTest, RecordedRequest[]>(nodes.map((node) => [node, []]));

const formsOf = ({ cases }: NodeUnderTest) => cases.map(({ parameters }) => parameters);

beforeAll(async () => {
	for (const [{ cases }, requests] of sentBy) {
		for (const one of cases) {
			if (!isJsonAlternative(one.parameters)) requests.push(...(await runCase(fixture, one)).requests);
		}
	}
});

/** The endpoints of a node that operations serve as they should. */
function servedEndpoints({ spec, catalogue, shared }: NodeUnderTest): string[] {
	const problems = assignmentProblems(spec, catalogue, shared);
	return endpointsOf(spec).filter((endpoint) => !problems.some((problem) => problem.endsWith(endpoint)));
}

const sum = (count: (node: NodeUnderTest) => number) => nodes.reduce((total, node) => total + count(node), 0);

afterAll(() => {
	const [node, ott] = nodes;
	const served = specOf(ottSpec, [...servedEndpoints(ott), ...Object.keys(servedElsewhere)]);
	const wanted = specOf(ottSpec, [...endpointsOf(ott.spec), ...Object.keys(servedElsewhere)]);
	const sent = sum(({ spec }) => requestFields(spec).length) - sum((one) => unsentBy(one).length);
	const filled = sum(({ catalogue }) => formFields(catalogue).length) - sum((one) => unfilledBy(one).length);
	process.stdout.write(
		`${servedEndpoints(node).length} of ${endpointsOf(node.spec).length} nativeMsg endpoints, ` +
			`${new Set(documentedCalls(node.spec)).size} documented calls, ` +
			`${countOfCalls(served)} of ${countOfCalls(wanted)} NativeMessage calls, ` +
			`${sent} request fields, ${filled} form fields\n`,
	);
});

const unsentBy = (node: NodeUnderTest) =>
	unsentFields(node.spec, requestFields(node.spec), sentBy.get(node)!);

const unfilledBy = (node: NodeUnderTest) => unfilledFields(formFields(node.catalogue), formsOf(node));

describe.each(nodes)('the node $name', (node) => {
	const { spec, catalogue, folder, shared } = node;

	it('has one operation for each endpoint, and an endpoint for each operation', () => {
		expect(assignmentProblems(spec, catalogue, shared)).toEqual([]);
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

	// Nothing is left out on purpose: what is documented can be said without writing JSON.
	it('sends every documented request field when the form is filled in', () => {
		expect(unsentBy(node)).toEqual([]);
	});

	it('has a test case that fills in each form field', () => {
		expect(unfilledBy(node)).toEqual([]);
	});
});

describe('the contracts', () => {
	const [{ spec }] = nodes;

	it('have the calls of the nativeMsg reference, numbered without a gap, and each served once', () => {
		const calls = documentedCalls(spec);
		expect(calls).toEqual(calls.map((_, index) => index + 1));
		// The reference had these when the contract was written. It may grow.
		expect(calls.length).toBeGreaterThanOrEqual(37);
		expect(endpointsOf(spec).length).toBeGreaterThanOrEqual(34);
	});

	it('have a call of the reference behind each endpoint of nativeMsg', () => {
		const undocumented = endpointsOf(spec).filter(
			(endpoint) => documentedCalls(specOf(spec, [endpoint])).length === 0,
		);
		expect(undocumented).toEqual([]);
	});

	it('have the five requests of the NativeMessage guide, each served once by an operation of its node', () => {
		expect(documentedCalls(nodes[1].spec)).toEqual([1, 2, 3, 4, 5]);
		expect(documentedCalls(ottSpec)).toEqual([1, 2, 3, 4, 5]);
	});

	it('have no endpoints of NativeMessage beyond those of its node and those listed with their users', () => {
		const listed = Object.keys({ ...servedElsewhere, ...servedLater });
		const others = endpointsOf(ottSpec).filter((endpoint) => !/ \/ott\//.test(endpoint));
		expect(listed.sort()).toEqual(others.sort());
	});

	it('count an entry that is served twice or not at all', () => {
		const changed = structuredClone(spec);
		changed.paths['/bots'].get['x-documented-calls'][0].number = 15;
		expect(documentedCalls(changed).filter((number) => number >= 13 && number <= 16)).toEqual([
			14, 15, 15, 16,
		]);
	});
});

describe('the completeness check', () => {
	const [node, ott] = nodes;

	it('names an endpoint without an operation or with two, and an operation without an endpoint', () => {
		const { spec, catalogue } = node;
		const { get, ...others } = catalogue.bot;
		expect(assignmentProblems(spec, { ...catalogue, bot: others })).toEqual([
			'no operation: GET /bots/{bot_id}',
		]);
		expect(assignmentProblems(spec, { ...catalogue, copies: { get } })).toEqual([
			'two operations: GET /bots/{bot_id}',
		]);
		const strange = { ...get, endpoint: 'GET /robots' } as unknown as AnyOperation;
		expect(assignmentProblems(spec, { ...catalogue, copies: { strange } })).toEqual([
			'no endpoint: GET /robots',
		]);
	});

	it('names an endpoint that operations share but none uses', () => {
		const { message, ...others } = ott.catalogue;
		const changed = { ...others, message: { retry: message.retry } };
		expect(assignmentProblems(ott.spec, changed, ott.shared)).toEqual(['no operation: POST /ott/messages']);
		expect(assignmentProblems(ott.spec, ott.catalogue)).toEqual(['two operations: POST /ott/messages']);
	});

	it('names a request field that nothing sends, however deep it is', () => {
		const changed = structuredClone(node.spec);
		const { schemas } = changed.components;
		schemas.LatLong.properties!.altitude = {};
		schemas.HumanFilterCondition.properties!.unit = {};
		changed.paths['/channels'].get.parameters!.push({ name: 'page', in: 'query', schema: {} });
		expect(unsentFields(changed, requestFields(changed), sentBy.get(node)!)).toEqual([
			'GET /channels query.page',
			'GET /humans query.filters[].value[].unit',
			'POST /messages body.buttons[].latLong.altitude',
			'POST /messages body.quickReplies[].latLong.altitude',
			'POST /messages body.carousel[].buttons[].latLong.altitude',
			'POST /messages body.list[].button.latLong.altitude',
		]);
	});

	it('names a request field that nothing sends in one of the shapes of a body', () => {
		const changed = structuredClone(ott.spec);
		changed.components.schemas.OttSessionMessageGuide.properties!.priority = {};
		const fields = requestFields(changed);
		expect(unsentFields(changed, fields, sentBy.get(ott)!)).toEqual([
			'POST /ott/messages body:OttSessionMessageGuide.priority',
		]);
		const inGuide = sentBy.get(ott)!.filter(({ body }) => !Object.hasOwn(body ?? {}, 'to'));
		expect(unsentFields(ott.spec, requestFields(ott.spec), inGuide)).toEqual([
			'POST /ott/messages body:OttMessageReference.channel_id',
			'POST /ott/messages body:OttMessageReference.to',
			'POST /ott/messages body:OttMessageReference.template_id',
			'POST /ott/messages body:OttMessageReference.body',
			'POST /ott/messages body:OttMessageReference.variables',
		]);
	});

	it('notices that the only case that sends a request field is gone', () => {
		const others = sentBy.get(node)!.filter(({ path }) => !path.endsWith('/attributes'));
		expect(unsentFields(node.spec, requestFields(node.spec), others)).toEqual([
			'PUT /humans/{human_id}/attributes body',
		]);
	});

	it('names a form field that no case sets, however deep it is', () => {
		const extra = { displayName: 'Extra', name: 'extra', type: 'string', default: '' } as const;
		const group = { name: 'row', displayName: 'Row', values: [extra] };
		const rows = { ...extra, name: 'rows', type: 'fixedCollection', options: [group] } as const;
		const many = { ...rows, name: 'many', typeOptions: { multipleValues: true } };
		const more = { ...extra, name: 'more', type: 'collection', options: [rows, many] } as const;
		const { catalogue } = node;
		const { get } = catalogue.bot;
		const changed = {
			...catalogue,
			bot: { ...catalogue.bot, get: { ...get, fields: [...get.fields, more] } },
		};
		expect(unfilledFields(formFields(changed as Catalogue), formsOf(node))).toEqual([
			'bot/get more.rows.row.extra',
			'bot/get more.many.row[].extra',
		]);
	});

	it('notices that the only case that sets a form field is gone', () => {
		const others = formsOf(node).filter(({ operation }) => operation !== 'restoreRevision');
		expect(unfilledFields(formFields(node.catalogue), others)).toEqual([
			'bot/restoreRevision botId',
			'bot/restoreRevision restoreTo',
			'bot/restoreRevision revision',
		]);
	});
});
