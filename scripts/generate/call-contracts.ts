// Extracts what the nodes need from the contract to read a form and send a request, without its prose.
import type { Call, Contract, Schema } from './contract';

const KEPT = new Set([
	'$ref',
	'type',
	'const',
	'enum',
	'format',
	'minLength',
	'maxLength',
	'minimum',
	'maximum',
	'minItems',
	'maxItems',
	'pattern',
	'minProperties',
	'items',
	'properties',
	'required',
	'additionalProperties',
	'allOf',
	'anyOf',
	'oneOf',
	'if',
	'then',
]);
/** Additional keywords that are checked in a bot's interactions. */
const KEPT_IN_MODELS = new Set([...KEPT, 'prefixItems']);
/** A bot's interactions are JSON in the form, and are checked separately: see `objectModel`. */
const OPAQUE = new Set(['Interaction']);
/** Sets of mutually exclusive properties; OpenAPI has no short way to express that. */
const EXCLUSIVE = 'x-mutually-exclusive';
const ANNOTATIONS = /^(description|default|example|examples|deprecated|readOnly|writeOnly|title|x-.*)$/;

/** The requests of a contract by endpoint, and the named schemas that they reach. */
export interface CallContracts {
	calls: Record<string, CallContract>;
	schemas: Record<string, Schema>;
}

interface ParameterContracts {
	properties: Record<string, Schema>;
	required: string[];
}

interface CallContract {
	path: ParameterContracts;
	query: ParameterContracts;
	body?: Schema;
	idempotent: boolean;
	answer: 'array' | 'object';
	/** The properties that such an object always has. */
	returns?: string[];
}

/**
 * The contract of every endpoint, and the named schemas that their requests reach.
 *
 * @throws Error if a request schema has a keyword that the nodes don't check
 */
export function callContracts(contract: Contract): CallContracts {
	const calls = Object.fromEntries(
		contract.calls.map((call) => [call.endpoint, callContract(call, contract)]),
	);
	return { calls, schemas: namedSchemas(contract, referencesOf(calls), KEPT, OPAQUE) };
}

/**
 * The named schemas that a named one reaches, including itself.
 *
 * @throws Error if one has a keyword that the nodes don't check
 */
export function objectModel(contract: Contract, root: string): Record<string, Schema> {
	return namedSchemas(contract, [root], KEPT_IN_MODELS);
}

function callContract(call: Call, { followed }: Contract): CallContract {
	const parametersIn = (where: 'path' | 'query'): ParameterContracts => {
		const own = call.parameters.filter((parameter) => parameter.in === where);
		return {
			properties: Object.fromEntries(own.map(({ name, schema }) => [name, reduced(schema, call.name)])),
			required: own.filter(({ required }) => required).map(({ name }) => name),
		};
	};
	return {
		path: parametersIn('path'),
		query: parametersIn('query'),
		...(call.body && { body: reduced(call.body, call.name) }),
		idempotent: call.isIdempotent,
		...answerContract(followed(call.answer.schema)),
	};
}

function namedSchemas(
	contract: Contract,
	roots: string[],
	kept: Set<string>,
	opaque = new Set<string>(),
): Record<string, Schema> {
	const schemas: Record<string, Schema> = {};
	for (let names = roots; names.length > 0; names = names.flatMap((name) => referencesOf(schemas[name]))) {
		names = [...new Set(names)].filter((name) => !(name in schemas));
		for (const name of names) {
			schemas[name] = opaque.has(name) ? { type: 'object' } : reduced(contract.schemas[name], name, kept);
		}
	}
	return Object.fromEntries(Object.entries(schemas).sort());
}

/** The names that reduced schemas refer to. */
function referencesOf(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, part]) =>
		key === '$ref' ? [part as string] : referencesOf(part),
	);
}

/** Reduces a schema to the keywords that the nodes check; fails on one that they would silently ignore. */
function reduced(schema: Schema, place: string, kept = KEPT): Schema {
	return Object.fromEntries(
		Object.entries(schema)
			.filter(([keyword]) => keyword === EXCLUSIVE || !ANNOTATIONS.test(keyword))
			.map(([keyword, value]) => {
				if (keyword === EXCLUSIVE) return ['exclusive', value];
				if (!kept.has(keyword)) throw new Error(`${place}: the nodes don't check the keyword "${keyword}"`);
				return [keyword, reducedValue(keyword, value, place, kept)];
			}),
	);
}

function reducedValue(keyword: string, value: unknown, place: string, kept: Set<string>): unknown {
	switch (keyword) {
		case '$ref':
			return (value as string).split('/').at(-1);
		case 'properties':
			return Object.fromEntries(
				Object.entries(value as Record<string, Schema>).map(([name, part]) => [
					name,
					reduced(part, `${place}.${name}`, kept),
				]),
			);
		case 'allOf':
		case 'anyOf':
		case 'oneOf':
		case 'prefixItems':
			return (value as Schema[]).map((part) => reduced(part, place, kept));
		case 'items':
		case 'if':
		case 'then':
			return reduced(value as Schema, place, kept);
		default:
			return value;
	}
}

/** What a successful response must contain, such as `{ answer: 'object', returns: ['requestId'] }`. */
function answerContract({
	type,
	required = [],
	additionalProperties,
}: Schema): Pick<CallContract, 'answer' | 'returns'> {
	if (type === 'array') return { answer: 'array' };
	return { answer: 'object', ...(additionalProperties !== true && { returns: required as string[] }) };
}
