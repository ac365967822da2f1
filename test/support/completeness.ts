import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { AnyOperation, Catalogue } from '../../nodes/operations/defineOperation';
import type { Endpoint } from '../../nodes/transport/endpoint';
import { callContract, resolveSchema, type Schema } from '../../nodes/transport/contract';
import type { OperationCase } from './cases';
import type { NodeUnderTest } from './nodes';

/** The operations that send requests, by `resource/operation`; a preview has the form of another one and sends nothing. */
export function sendingOperations(catalogue: Catalogue): Array<{ key: string; operation: AnyOperation }> {
	return Object.entries(catalogue).flatMap(([resource, operations]) =>
		Object.entries(operations)
			.filter(([, { preview }]) => !preview)
			.map(([key, operation]) => ({ key: `${resource}/${key}`, operation })),
	);
}

/** Whether an operation's path names a record, which may not exist. */
const namesRecord = ({ endpoint }: AnyOperation) => /_id\}/.test(endpoint);

/**
 * What is wrong with the assignment of endpoints to operations; empty when it is one to one, apart from the endpoints
 * that several operations share.
 */
export function assignmentProblems({
	endpoints,
	catalogue,
	shared,
}: Pick<NodeUnderTest, 'endpoints' | 'catalogue' | 'shared'>): string[] {
	const used = sendingOperations(catalogue).map(({ operation }) => String(operation.endpoint));
	const isTwice = (endpoint: string) => used.indexOf(endpoint) !== used.lastIndexOf(endpoint);
	return [
		...endpoints.filter((one) => !used.includes(one)).map((one) => `no operation: ${one}`),
		...used.filter((one) => !endpoints.includes(one)).map((one) => `no endpoint: ${one}`),
		...endpoints
			.filter((one) => isTwice(one) && !shared.includes(one))
			.map((one) => `two operations: ${one}`),
	];
}

/** What is in a property of any of the values. */
const inside = (values: unknown[], name: string): unknown[] =>
	values.flatMap((value) => {
		const found = (value as Record<string, unknown> | null)?.[name];
		return found === undefined ? [] : [found];
	});

/** Whether a body is of a shape: has all that it requires and nothing else than it knows. */
function isOf(shape: Schema, body: unknown): boolean {
	const { properties = {}, required = [] } = resolveSchema(shape);
	const names = Object.keys(body as object);
	return required.every((name) => names.includes(name)) && names.every((name) => name in properties);
}

/** The properties of a schema that none of the values has, such as `body.carousel[].title`. @param place of the schema */
export function unsentProperties(schema: Schema, values: unknown[], place: string): string[] {
	const { properties = {}, items, oneOf } = resolveSchema(schema);
	if (oneOf) {
		return oneOf.flatMap((shape) =>
			unsentProperties(
				shape,
				values.filter((value) => isOf(shape, value)),
				`${place}:${shape.$ref}`,
			),
		);
	}
	if (values.length === 0) return [place];
	if (items) return unsentProperties(items, values.flat(), `${place}[]`);
	return Object.entries(properties).flatMap(([name, inner]) =>
		unsentProperties(inner, inside(values, name), `${place}.${name}`),
	);
}

/** The fields that none of the filled-in forms sets, such as `updateFields.name`. @param place before each name */
export function unsetFields(fields: INodeProperties[], forms: unknown[], place = ''): string[] {
	return fields.flatMap(({ name, type, options = [] }) => {
		if (type === 'notice') return [];
		const [path, values] = [`${place}${name}`, inside(forms, name)];
		if (values.length === 0) return [path];
		if (type === 'collection') return unsetFields(options as INodeProperties[], values, `${path}.`);
		if (type !== 'fixedCollection') return [];
		return (options as INodePropertyCollection[]).flatMap((group) =>
			unsetFields(group.values, inside(values, group.name).flat(), `${path}.${group.name}.`),
		);
	});
}

/** The reference says of these that they are for a single card, or for all cards of a carousel together. */
const MEANINGLESS = / body\.carousel\[\]\.richCard\.(cardOrientation|cardWidth|imageAlignment)$/;

/** Whether a form has JSON instead of its fields. */
const isJsonAlternative = ({ parameters }: OperationCase) =>
	Object.entries(parameters).some(
		([name, value]) => /^specify|As$|^messageType$/.test(name) && /^(json|usingJson)$/.test(String(value)),
	);

function queryOf(request: string): Record<string, unknown> {
	const parameters = [...new URLSearchParams(request.split('?')[1])];
	return Object.fromEntries(
		parameters.map(([name, text]) => [name, text.startsWith('[') ? JSON.parse(text) : text]),
	);
}

/** The documented fields of a request that no case with the form's own fields sends. */
export function unsentFields(endpoint: string, cases: OperationCase[]): string[] {
	const { query, body } = callContract(endpoint as Endpoint);
	const items = cases.filter((one) => !isJsonAlternative(one)).flatMap((one) => one.items);
	const queries = items.map(({ request }) => queryOf(request));
	const bodies = items.flatMap((item) => item.body ?? []);
	return [
		...unsentProperties(query, queries, `${endpoint} query`),
		...(body ? unsentProperties(body, bodies, `${endpoint} body`) : []),
	].filter((field) => !MEANINGLESS.test(field));
}

/**
 * What is missing in the cases of a node, by resource: they are to fill in every field of every form, so that every
 * documented field of a request is sent. Operations' tests check that the requests are those that the cases say.
 */
export function caseGaps({ catalogue, cases }: NodeUnderTest): Array<[resource: string, gap: string]> {
	const operations = sendingOperations(catalogue).map(({ key, operation }) => ({
		key,
		operation,
		own: cases.filter(({ parameters }) => `${parameters.resource}/${parameters.operation}` === key),
	}));
	return operations.flatMap(({ key, operation, own }) => {
		const { endpoint, ask } = operation;
		const [resource] = key.split('/');
		if (own.length === 0) return [[resource, `add a case for ${key}`]];
		const sending = operations.filter((other) => other.operation.endpoint === endpoint);
		const unsent = unsentFields(
			endpoint,
			sending.flatMap((other) => other.own),
		);
		const forms = own.map(({ parameters }) => parameters);
		const gaps = [
			...own
				.filter(({ items }) => (ask ? items.length !== 1 : items.length < 2))
				.map(() => `give each case of ${key} ${ask ? 'one item' : 'two items or more'}`),
			...(namesRecord(operation) && !own[0].unknownId ? [`add unknownId to the first case of ${key}`] : []),
			...unsetFields(operation.fields, forms).map((field) => `fill in ${field} in a case of ${key}`),
			...unsent.map((field) => `send ${field} in a case of ${key}`),
		];
		return gaps.map((gap): [string, string] => [resource, gap]);
	});
}
