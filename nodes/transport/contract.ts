import contract from './nativemsg.contract.json';
import type { Endpoint } from './endpoint';

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
	/** Sets of required properties of which one suffices. */
	anyOf?: Schema[];
	const?: string;
}

/** How one call looks in the contract, as far as sending it needs to know. */
export interface CallContract {
	path: Schema;
	query: Schema;
	body?: Schema;
	/** True when sending the same request twice has the same effect as once. */
	idempotent: boolean;
	/** Whether a successful answer is a list or one object. */
	answer: 'array' | 'object';
}

const calls = contract.calls as unknown as Record<Endpoint, CallContract>;
const schemas = contract.schemas as unknown as Record<string, Schema>;

/** The contract of one call; generated from `spec/nativemsg.openapi.yaml`. */
export function callContract(endpoint: Endpoint): CallContract {
	return calls[endpoint];
}

/** A named schema of the contract, e.g. `Target`. */
export function namedSchema(name: keyof typeof contract.schemas): Schema {
	return schemas[name];
}

/** Follows a reference to a named schema; any other schema is returned as it is. */
export function resolveSchema(schema: Schema): Schema {
	return schema.$ref === undefined ? schema : schemas[schema.$ref];
}
