import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { catalogue as realCatalogue } from '../../nodes/NativeMsg/catalogue';
import type { AnyOperation, Catalogue } from '../../nodes/operations/defineOperation';
import type { RecordedRequest } from '../../sandbox/server';
import { cases } from '../engine/cases';
import { runCase } from '../support/cases';
import {
	assignmentProblems,
	documentedCalls,
	endpointsOf,
	formFields,
	isJsonAlternative,
	requestFields,
	unfilledFields,
	unsentFields,
	type Spec,
} from '../support/coverage';
import { useFixture } from '../support/fixture';

const ROOT = join(__dirname, '../..');
const NODE = join(ROOT, 'nodes/NativeMsg');

const spec: Spec = parse(readFileSync(join(ROOT, 'spec/nativemsg.openapi.yaml'), 'utf8'));
const catalogue: Catalogue = realCatalogue;
const forms = cases.map(({ parameters }) => parameters);

const fixture = useFixture();

/** What the cases that fill in the form's own fields have sent. */
const requests: RecordedRequest[] = [];

beforeAll(async () => {
	for (const one of cases) {
		if (!isJsonAlternative(one.parameters)) requests.push(...(await runCase(fixture, one)).requests);
	}
});

afterAll(() => {
	const calls = new Set(documentedCalls(spec));
	const endpoints = endpointsOf(spec);
	const served = endpoints.filter(
		(endpoint) => !assignmentProblems(spec, catalogue).some((problem) => problem.endsWith(endpoint)),
	);
	const sent = requestFields(spec).length - unsentFields(spec, requestFields(spec), requests).length;
	const filled = formFields(catalogue).length - unfilledFields(formFields(catalogue), forms).length;
	process.stdout.write(
		`${served.length} of ${endpoints.length} endpoints, ${calls.size} of 37 documented calls, ` +
			`${sent} request fields, ${filled} form fields\n`,
	);
});

describe('endpoints', () => {
	it('are the 34 behind the 37 calls of the reference, each call served once', () => {
		expect(endpointsOf(spec)).toHaveLength(34);
		expect(documentedCalls(spec)).toEqual(Array.from({ length: 37 }, (_, index) => index + 1));
	});

	it('have one operation each, and each operation an endpoint', () => {
		expect(assignmentProblems(spec, catalogue)).toEqual([]);
	});

	it('are named when they have no operation or two, or when an operation has none', () => {
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

	it('count a call of the reference that is served twice or not at all', () => {
		const changed = structuredClone(spec);
		changed.paths['/bots'].get['x-documented-calls'][0].number = 15;
		expect(documentedCalls(changed).filter((number) => number >= 13 && number <= 16)).toEqual([
			14, 15, 15, 16,
		]);
	});
});

describe('operation files', () => {
	const files = Object.keys(catalogue).flatMap((resource) =>
		readdirSync(join(NODE, resource)).map((file) => ({ resource, key: file.replace(/\.ts$/, '') })),
	);
	const operations = files.flatMap(({ resource, key }) => {
		const { operation } = jest.requireActual<{ operation?: AnyOperation }>(join(NODE, resource, key));
		return operation ? [{ resource, key, operation }] : [];
	});

	it('are in the catalogue under the names of their folder and file, and nothing else is', () => {
		const listed = Object.entries(catalogue).flatMap(([resource, all]) =>
			Object.entries(all).map(([key, operation]) => ({ resource, key, operation })),
		);
		const byPath = (list: typeof listed) =>
			Object.fromEntries(list.map(({ resource, key, operation }) => [`${resource}/${key}`, operation]));
		expect(byPath(operations)).toEqual(byPath(listed));
		expect(operations).toHaveLength(listed.length);
	});

	it('store their own name in workflows', () => {
		expect(operations.map(({ operation }) => operation.option.value)).toEqual(
			operations.map(({ key }) => key),
		);
	});
});

describe('request fields', () => {
	// Nothing is left out on purpose: what the reference documents can be said without writing JSON.
	it('are all sent by filling in the form', () => {
		expect(unsentFields(spec, requestFields(spec), requests)).toEqual([]);
	});

	it('are named when nothing sends them, however deep they are', () => {
		const changed = structuredClone(spec);
		const { schemas } = changed.components;
		schemas.LatLong.properties!.altitude = {};
		schemas.HumanFilterCondition.properties!.unit = {};
		changed.paths['/channels'].get.parameters!.push({ name: 'page', in: 'query', schema: {} });
		expect(unsentFields(changed, requestFields(changed), requests)).toEqual([
			'GET /channels query.page',
			'GET /humans query.filters[].value[].unit',
			'POST /messages body.buttons[].latLong.altitude',
			'POST /messages body.quickReplies[].latLong.altitude',
			'POST /messages body.carousel[].buttons[].latLong.altitude',
			'POST /messages body.list[].button.latLong.altitude',
		]);
	});

	it('are named when the only case that sends them is gone', () => {
		const others = requests.filter(({ path }) => !path.endsWith('/attributes'));
		expect(unsentFields(spec, requestFields(spec), others)).toEqual([
			'PUT /humans/{human_id}/attributes body',
		]);
	});
});

describe('form fields', () => {
	it('are all filled in by a case', () => {
		expect(unfilledFields(formFields(catalogue), forms)).toEqual([]);
	});

	it('are named when no case sets them, however deep they are', () => {
		const extra = { displayName: 'Extra', name: 'extra', type: 'string', default: '' } as const;
		const group = { name: 'row', displayName: 'Row', values: [extra] };
		const rows = { ...extra, name: 'rows', type: 'fixedCollection', options: [group] } as const;
		const many = { ...rows, name: 'many', typeOptions: { multipleValues: true } };
		const more = { ...extra, name: 'more', type: 'collection', options: [rows, many] } as const;
		const { get } = catalogue.bot;
		const changed = {
			...catalogue,
			bot: { ...catalogue.bot, get: { ...get, fields: [...get.fields, more] } },
		};
		expect(unfilledFields(formFields(changed as Catalogue), forms)).toEqual([
			'bot/get more.rows.row.extra',
			'bot/get more.many.row[].extra',
		]);
	});

	it('are named when the only case that sets them is gone', () => {
		const others = forms.filter(({ operation }) => operation !== 'restoreRevision');
		expect(unfilledFields(formFields(catalogue), others)).toEqual([
			'bot/restoreRevision botId',
			'bot/restoreRevision restoreTo',
			'bot/restoreRevision revision',
		]);
	});
});
