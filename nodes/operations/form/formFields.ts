import type { INodeProperties } from 'n8n-workflow';
import type { Schema } from '../../transport/contract';
import { chosenValue } from './locator';

/** A field of a form. */
export interface FormField {
	field: INodeProperties;
	/** The collection that holds the field, if it only groups fields. */
	container?: FormField;
}

/** The fields of a form with what was entered in them, ready to be read as an object of a schema. */
export interface Entered {
	fields: FormField[];
	/** All fields of a name: a collection may hold one that also exists outside it. */
	named(name: string): FormField[];
	raw(field: FormField): unknown;
}

interface Structure {
	fields: FormField[];
	byName: Map<string, FormField[]>;
}

/** The structure of a form is the same for every item, so it is computed once per schema. */
const structures = new WeakMap<INodeProperties[], WeakMap<Schema, Structure>>();

function formFields(schema: Schema, fields: INodeProperties[], container?: FormField): FormField[] {
	return fields.flatMap((field): FormField[] => {
		const placed = { field, container };
		const groupsOnly = field.type === 'collection' && schema.properties?.[field.name] === undefined;
		return groupsOnly ? formFields(schema, field.options as INodeProperties[], placed) : [placed];
	});
}

function structureOf(schema: Schema, fields: INodeProperties[]): Structure {
	const bySchema = structures.get(fields) ?? new WeakMap<Schema, Structure>();
	structures.set(fields, bySchema);
	const known = bySchema.get(schema);
	if (known) return known;
	const all = formFields(schema, fields);
	const byName = new Map<string, FormField[]>();
	for (const one of all) byName.set(one.field.name, [...(byName.get(one.field.name) ?? []), one]);
	const structure = { fields: all, byName };
	bySchema.set(schema, structure);
	return structure;
}

const NONE: FormField[] = [];

/**
 * The fields of a form with their values. Fields inside a collection that only groups fields (one that is not itself a
 * property of the schema) count as fields of the form.
 */
export function enteredFields(
	schema: Schema,
	fields: INodeProperties[],
	get: (name: string) => unknown,
): Entered {
	const structure = structureOf(schema, fields);
	const raw = ({ field, container }: FormField): unknown =>
		chosenValue(
			container ? ((raw(container) ?? {}) as Record<string, unknown>)[field.name] : get(field.name),
		);
	return { fields: structure.fields, named: (name) => structure.byName.get(name) ?? NONE, raw };
}
