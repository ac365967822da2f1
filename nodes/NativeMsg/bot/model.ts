import type { Schema } from '../../transport/contract';
import schemas from './interactions.schema.json';

/** The documented object model of bots, with extensions for rules that OpenAPI can't express. */
export interface ModelSchema extends Schema {
	/** Sets of mutually exclusive properties. */
	exclusive?: string[][];
	/** The schemas of the first entries of a list, one by one. */
	prefixItems?: Schema[];
}

/** Follows a reference to a type of the object model; any other schema is returned as it is. */
export function resolveModel(schema: ModelSchema): ModelSchema {
	return schema.$ref === undefined
		? schema
		: (schemas as unknown as Record<string, ModelSchema>)[schema.$ref];
}

/** A schema with its references inlined. No type of the model contains itself. */
function inPlace(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(inPlace);
	const entries = Object.entries(resolveModel(value));
	return Object.fromEntries(entries.map(([name, part]) => [name, inPlace(part)]));
}

/** A type of the object model, such as `Wait`, for reading it from form fields. */
export function modelSchema(name: keyof typeof schemas): Schema {
	return inPlace({ $ref: name }) as Schema;
}
