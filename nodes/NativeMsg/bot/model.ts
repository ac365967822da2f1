import type { Schema } from '../../transport/contract';
import schemas from './interactions.schema.json';

/** The documented object model of bots, with what OpenAPI has no word for. */
export interface ModelSchema extends Schema {
	/** Sets of properties of which an object may have one at most. */
	exclusive?: string[][];
	/** What the first entries of a list are, one by one. */
	prefixItems?: Schema[];
}

/** Follows a reference to a type of the object model; any other schema is returned as it is. */
export function resolveModel(schema: ModelSchema): ModelSchema {
	return schema.$ref === undefined
		? schema
		: (schemas as unknown as Record<string, ModelSchema>)[schema.$ref];
}

/** A schema with what it refers to in place. The types of the model do not contain themselves. */
function inPlace(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(inPlace);
	const entries = Object.entries(resolveModel(value));
	return Object.fromEntries(entries.map(([name, part]) => [name, inPlace(part)]));
}

/** A type of the object model for reading it from form fields, e.g. `Wait`. */
export function modelSchema(name: keyof typeof schemas): Schema {
	return inPlace({ $ref: name }) as Schema;
}
