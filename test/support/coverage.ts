import type { INodeParameters, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { AnyOperation, Catalogue } from '../../nodes/operations/defineOperation';
import type { RecordedRequest } from '../../sandbox/server';

/** The part of an OpenAPI schema that says which properties there are. */
export interface SpecSchema {
	$ref?: string;
	properties?: Record<string, SpecSchema>;
	required?: string[];
	items?: SpecSchema;
	/** Shapes that have names. */
	oneOf?: SpecSchema[];
}

interface SpecParameter {
	$ref?: string;
	name: string;
	in: string;
	content?: unknown;
	schema?: SpecSchema;
}

interface SpecOperation {
	'x-documented-calls': Array<{ number?: number }>;
	parameters?: SpecParameter[];
	requestBody?: unknown;
}

/** An OpenAPI document with all references inside itself. */
export interface Spec {
	paths: Record<string, Record<string, SpecOperation>>;
	components: { schemas: Record<string, SpecSchema> };
}

type Holder = Record<string, unknown>;

/** The reference says of these that they are for a single card, or for all cards of a carousel together. */
const MEANINGLESS = / body\.carousel\[\]\.richCard\.(cardOrientation|cardWidth|imageAlignment)$/;

const METHODS = ['get', 'post', 'put', 'delete'];
/** Bots are written and exported as JSON: an interaction is one value of the form. */
const LEAVES = new Set(['#/components/schemas/Interaction']);

function resolved(spec: Spec, part: unknown): Holder {
	const { $ref } = (part ?? {}) as { $ref?: string };
	if ($ref === undefined) return (part ?? {}) as Holder;
	const steps = $ref.split('/').slice(1);
	return resolved(
		spec,
		steps.reduce<unknown>((holder, step) => (holder as Holder)[step], spec),
	);
}

function operationsOf(spec: Spec): Array<{ endpoint: string; operation: SpecOperation }> {
	return Object.entries(spec.paths).flatMap(([path, item]) =>
		METHODS.filter((method) => method in item).map((method) => ({
			endpoint: `${method.toUpperCase()} ${path}`,
			operation: item[method],
		})),
	);
}

/** The operations that call the API, by `resource/operation`: a preview has the form of another one and sends nothing. */
export function sendingOperations(catalogue: Catalogue): Array<{ key: string; operation: AnyOperation }> {
	return Object.entries(catalogue).flatMap(([resource, operations]) =>
		Object.entries(operations)
			.filter(([, { preview }]) => !preview)
			.map(([key, operation]) => ({ key: `${resource}/${key}`, operation })),
	);
}

/** Whether an operation's path names a record, which may not exist. */
export const namesRecord = ({ endpoint }: AnyOperation) => /_id\}/.test(endpoint);

/** Every endpoint of a contract, e.g. `GET /bots/{bot_id}`. */
export function endpointsOf(spec: Spec): string[] {
	return operationsOf(spec).map(({ endpoint }) => endpoint);
}

/** A contract with some of its endpoints only. */
export function specOf(spec: Spec, endpoints: string[]): Spec {
	const paths: Spec['paths'] = {};
	for (const { endpoint, operation } of operationsOf(spec)) {
		const [method, path] = endpoint.split(' ');
		if (endpoints.includes(endpoint)) paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
	}
	return { ...spec, paths };
}

/** How many pages or worked calls a contract says it serves. */
export function countOfCalls(spec: Spec): number {
	return operationsOf(spec).flatMap(({ operation }) => operation['x-documented-calls']).length;
}

/** The numbers of the calls that a contract says it serves, in order, repeated ones included. Not all have one. */
export function documentedCalls(spec: Spec): number[] {
	return operationsOf(spec)
		.flatMap(({ operation }) => operation['x-documented-calls'].flatMap(({ number }) => number ?? []))
		.sort((a, b) => a - b);
}

/**
 * What is wrong with the assignment of endpoints to operations; empty when it is one to one, apart from the endpoints
 * that several operations share.
 */
export function assignmentProblems(spec: Spec, catalogue: Catalogue, shared: string[] = []): string[] {
	const endpoints = endpointsOf(spec);
	const used = sendingOperations(catalogue).map(({ operation }) => String(operation.endpoint));
	return [
		...endpoints
			.filter((endpoint) => !used.includes(endpoint))
			.map((endpoint) => `no operation: ${endpoint}`),
		...used.filter((endpoint) => !endpoints.includes(endpoint)).map((endpoint) => `no endpoint: ${endpoint}`),
		...used
			.filter((endpoint, index) => used.indexOf(endpoint) < index && !shared.includes(endpoint))
			.map((endpoint) => `two operations: ${endpoint}`),
	];
}

function leavesOf(spec: Spec, part: SpecSchema, path: string): string[] {
	if (part.$ref !== undefined && LEAVES.has(part.$ref)) return [path];
	const { properties, items } = resolved(spec, part) as SpecSchema;
	if (items) return leavesOf(spec, items, `${path}[]`);
	if (!properties) return [path];
	return Object.entries(properties).flatMap(([name, inner]) => leavesOf(spec, inner, `${path}.${name}`));
}

const schemaOf = (holder: Holder) =>
	(holder.schema ?? (holder.content as Record<string, Holder>)['application/json'].schema) as SpecSchema;

/**
 * The documented shapes of a body by what they are called below. One of several has the name of its schema, as in
 * `body:OttMessageReference`.
 */
function shapesOf(spec: Spec, operation: SpecOperation): Array<[name: string, shape: SpecSchema]> {
	if (!operation.requestBody) return [];
	const schema = schemaOf(resolved(spec, operation.requestBody));
	return schema.oneOf?.map((shape) => [`body:${shape.$ref!.split('/').at(-1)}`, shape]) ?? [['body', schema]];
}

/**
 * Every value that a request of a contract can carry, by the path to it, e.g.
 * `POST /messages body.carousel[].buttons[].title`. An object without documented properties is one value.
 */
export function requestFields(spec: Spec): string[] {
	const fields = operationsOf(spec).flatMap(({ endpoint, operation }) => [
		...(operation.parameters ?? [])
			.map((parameter) => resolved(spec, parameter))
			.filter((parameter) => parameter.in === 'query')
			.flatMap((parameter) =>
				leavesOf(spec, schemaOf(parameter), `${endpoint} query.${String(parameter.name)}`),
			),
		...shapesOf(spec, operation).flatMap(([name, shape]) => leavesOf(spec, shape, `${endpoint} ${name}`)),
	]);
	return fields.filter((field) => !MEANINGLESS.test(field));
}

/** Whether a value can be found along a path such as `body.targets[].ids[]`. */
function holds(value: unknown, path: string): boolean {
	if (path === '') return value !== undefined;
	if (path.startsWith('[]')) {
		return Array.isArray(value) && value.some((entry) => holds(entry, path.slice(2).replace(/^\./, '')));
	}
	const [, name, rest] = /^([^.[]+)\.?(.*)$/.exec(path)!;
	return typeof value === 'object' && value !== null && name in value && holds((value as Holder)[name], rest);
}

/** Whether a body is of a shape: has all that it requires and nothing else than it knows. */
function isOf(spec: Spec, shape: SpecSchema, body: unknown): boolean {
	const { properties = {}, required = [] } = resolved(spec, shape) as SpecSchema;
	const names = Object.keys(body as Holder);
	return required.every((name) => names.includes(name)) && names.every((name) => name in properties);
}

/** The parts of a request by their names: the query, and the body as the shape that it is of. */
function partsOf(spec: Spec, { path, body }: RecordedRequest, operation?: SpecOperation): Holder {
	if (!operation || body === null) return { query: queryOf(path) };
	const shapes = shapesOf(spec, operation);
	const [name] = shapes.find(([, shape]) => shapes.length === 1 || isOf(spec, shape, body)) ?? ['body'];
	return { query: queryOf(path), [name]: body };
}

/** `{channel_id}` stands for one path segment. Templates without placeholders are tried first. */
function endpointOf(endpoints: string[], { method, path }: RecordedRequest): string | undefined {
	const called = `${method} ${path.replace(/^(\/api)?\/v1/, '').replace(/\?.*/, '')}`;
	return [...endpoints]
		.sort((a, b) => a.split('{').length - b.split('{').length)
		.find((endpoint) => new RegExp(`^${endpoint.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(called));
}

function queryOf(path: string): Holder {
	const parameters = new URLSearchParams(path.split('?')[1]);
	const values = [...parameters].map(([name, text]) => [
		name,
		text.startsWith('[') ? JSON.parse(text) : text,
	]);
	return Object.fromEntries(values);
}

/** Those of `fields` (see `requestFields`) that none of the requests carries. */
export function unsentFields(spec: Spec, fields: string[], requests: RecordedRequest[]): string[] {
	const operations = new Map(operationsOf(spec).map(({ endpoint, operation }) => [endpoint, operation]));
	const sent = requests.map((request) => {
		const endpoint = endpointOf([...operations.keys()], request);
		return { endpoint, parts: partsOf(spec, request, operations.get(endpoint ?? '')) };
	});
	return fields.filter((field) => {
		const [method, template, ...path] = field.split(' ');
		return !sent.some(
			({ endpoint, parts }) => endpoint === `${method} ${template}` && holds(parts, path.join(' ')),
		);
	});
}

function formLeaves(fields: INodeProperties[], prefix: string): string[] {
	return fields.flatMap((field) => {
		const path = `${prefix}${field.name}`;
		if (field.type === 'notice') return [];
		if (field.type === 'collection') return formLeaves(field.options as INodeProperties[], `${path}.`);
		if (field.type !== 'fixedCollection') return [path];
		const repeated = field.typeOptions?.multipleValues === true ? '[]' : '';
		return (field.options as INodePropertyCollection[]).flatMap(({ name, values }) =>
			formLeaves(values, `${path}.${name}${repeated}.`),
		);
	});
}

/** Every field of every form that can be filled in, by the path under which n8n stores it, e.g. `bot/update updateFields.name`. */
export function formFields(catalogue: Catalogue): string[] {
	return sendingOperations(catalogue).flatMap(({ key, operation }) =>
		formLeaves(operation.fields, `${key} `),
	);
}

/** Those of `fields` (see `formFields`) that none of the filled-in forms sets. */
export function unfilledFields(fields: string[], forms: INodeParameters[]): string[] {
	return fields.filter((field) => {
		const [operation, path] = field.split(' ');
		return !forms.some((form) => `${form.resource}/${form.operation}` === operation && holds(form, path));
	});
}

/** Whether a form hands over JSON in place of its fields. */
export function isJsonAlternative(form: INodeParameters): boolean {
	return Object.entries(form).some(
		([name, value]) => /^specify|As$|^messageType$/.test(name) && value === 'json',
	);
}
