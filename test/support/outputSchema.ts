import * as n8nCore from 'n8n-core';
import { join } from 'node:path';
import { builtPackage } from './dist';

const ROOT = builtPackage();

const { loadOutputSchema } = n8nCore as Partial<typeof n8nCore>;

interface OutputSchema {
	type?: string;
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
}

function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'array';
	return Number.isInteger(value) ? 'integer' : typeof value;
}

/** Where a value has something that its schema lacks, or another type. What a schema leaves open fits anything. */
function misfits(value: unknown, schema: OutputSchema | undefined, place: string): string[] {
	if (schema === undefined) return [`${place} is not in the schema`];
	if (value === null || schema.type === undefined) return [];
	const kind = kindOf(value);
	if (kind !== schema.type) return [`${place} is ${kind}, the schema says ${schema.type}`];
	const { items, properties } = schema;
	if (Array.isArray(value)) {
		return items ? value.flatMap((entry, index) => misfits(entry, items, `${place}[${index}]`)) : [];
	}
	if (kind !== 'object' || properties === undefined) return [];
	return Object.entries(value as object).flatMap(([name, part]) =>
		misfits(part, properties[name], `${place}.${name}`),
	);
}

/** What does not fit between an output item and the fields that n8n shows for the operation before the first run. */
export function schemaMisfits(node: string, resource: string, operation: string, json: unknown): string[] {
	// Older versions of n8n know no output schemas.
	if (!loadOutputSchema) return [];
	const nodeDir = join(ROOT, 'dist/nodes', node);
	const schema = loadOutputSchema({ nodeDir, version: 1, resource, operation }) as OutputSchema | undefined;
	return misfits(json, schema, 'output');
}
