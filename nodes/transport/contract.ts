import type { Endpoint } from './endpoint';
import type { JsonObject } from './json';
import nativeMessage from './nativemessage.contract.json';
import nativeMsg from './nativemsg.contract.json';
import type { Service } from './services';

/** The part of JSON Schema that the contract uses for requests. */
export interface Schema {
	$ref?: string;
	type?: string | string[];
	enum?: Array<string | number>;
	format?: string;
	pattern?: string;
	minLength?: number;
	maxLength?: number;
	minimum?: number;
	maximum?: number;
	minItems?: number;
	maxItems?: number;
	minProperties?: number;
	items?: Schema;
	properties?: Record<string, Schema>;
	required?: string[];
	additionalProperties?: boolean;
	/** Rules that depend on another property of the same object. */
	allOf?: Array<{ if: Schema; then: Schema }>;
	/** Sets of required properties; one of them is enough. */
	anyOf?: Schema[];
	/** The documented shapes of a body. An operation builds one of them. */
	oneOf?: Schema[];
	const?: string;
}

/** What the contract says about the requests to an endpoint, reduced to what sending them needs. */
export interface CallContract {
	service: Service;
	path: Schema;
	query: Schema;
	body?: Schema;
	/** True when sending the same request twice has the same effect as once. */
	idempotent: boolean;
	/** Whether a successful response is a list or one object. */
	answer: 'array' | 'object';
	/** The properties that such an object always has. Absent for a list, and if users define the property names. */
	returns?: string[];
}

const calls = new Map<string, CallContract>();
for (const [service, contract] of Object.entries({ nativeMsg, nativeMessage })) {
	for (const [endpoint, call] of Object.entries(contract.calls)) {
		calls.set(endpoint, { service: service as Service, ...(call as Omit<CallContract, 'service'>) });
	}
}

const schemas = { ...nativeMsg.schemas, ...nativeMessage.schemas };

/** The contract of an endpoint; generated from the files in `spec/`. */
export function callContract(endpoint: Endpoint): CallContract {
	return calls.get(endpoint)!;
}

/** A named schema of the contract, such as `Target`. */
export function namedSchema(name: keyof typeof schemas): Schema {
	return schemas[name] as Schema;
}

/**
 * What the rules of an object schema add for this object: the `then` of each rule whose `if` matches, that is, if each
 * property named there has one of the given values.
 */
export function rulesFor({ allOf = [] }: Schema, value: JsonObject): Schema[] {
	const holds = ([name, { const: only, enum: any }]: [string, Schema]) =>
		(any ?? [only]).includes(value[name] as string);
	return allOf
		.filter((rule) => Object.entries(rule.if.properties ?? {}).every(holds))
		.map((rule) => rule.then);
}

/** What a schema says about the number of a list's entries, such as `can have at most 3 entries`, if the number is wrong. */
export function wrongCount({ minItems = 0, maxItems = Infinity }: Schema, count: number): string | undefined {
	if (count >= minItems && count <= maxItems) return undefined;
	const [rule, limit] = count < minItems ? ['needs at least', minItems] : ['can have at most', maxItems];
	return `${rule} ${limit} ${limit === 1 ? 'entry' : 'entries'}`;
}

/** Whether a schema has a phone number anywhere inside. */
function holdsPhone(schema: Schema, seen = new Set<Schema>()): boolean {
	const resolved = resolveSchema(schema);
	if (seen.has(resolved)) return false;
	seen.add(resolved);
	const { items, properties = {}, allOf = [], oneOf = [] } = resolved;
	const parts = [
		...Object.values(properties),
		...allOf.map((rule) => rule.then),
		...oneOf,
		...(items ? [items] : []),
	];
	return resolved.format === 'phone' || parts.some((part) => holdsPhone(part, seen));
}

/** Whether requests to an endpoint can contain a phone number. */
export function takesPhone(endpoint: Endpoint): boolean {
	const { path, query, body = {} } = callContract(endpoint);
	return [path, query, body].some((part) => holdsPhone(part));
}

/** Follows a reference to a named schema; any other schema is returned as it is. */
export function resolveSchema(schema: Schema): Schema {
	return schema.$ref === undefined ? schema : namedSchema(schema.$ref as keyof typeof schemas);
}
