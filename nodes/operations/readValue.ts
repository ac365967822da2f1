import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { Schema } from '../transport/contract';
import { resolveSchema } from '../transport/contract';
import { NotSentError } from '../transport/errors';
import type { Place } from './scalars';
import { checkLength, parseJson, readBoolean, readNumber, readText, refuse } from './scalars';

type Row = Record<string, unknown>;

/** True for what an untouched field or an expression without a result yields. */
export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

function isRow(value: unknown): value is Row {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function splitList(text: string, place: Place): unknown[] {
	if (text.trim().startsWith('[')) return parseJson(text, place) as unknown[];
	return text.split(/[,\n]/).map((part) => part.trim());
}

function readArray(schema: Schema, raw: unknown, place: Place): unknown[] | undefined {
	const items = resolveSchema(schema.items ?? {});
	const group = groupOf(place.field);
	const holdsObjects = items.properties !== undefined;
	const parts = listOf(raw, holdsObjects, group, place);
	if (group && parts.length === 0) return undefined;
	const values = parts
		.map((part, index) => {
			const entry = `${place.label}, entry ${index + 1}`;
			return group && isRow(part)
				? readFields(items, enteredIn(items, group.values, part), { ...place, label: entry })
				: readValue(items, part, {
						...place,
						field: undefined,
						label: parts.length > 1 || holdsObjects ? entry : place.label,
					});
		})
		.filter((value) => value !== undefined);
	const { minItems = 0, maxItems = Infinity } = schema;
	if (values.length < minItems || values.length > maxItems) {
		const rule = values.length < minItems ? `needs at least ${minItems}` : `can have at most ${maxItems}`;
		const entries = (values.length < minItems ? minItems : maxItems) === 1 ? 'entry' : 'entries';
		throw new NotSentError(`${place.label} ${rule} ${entries}, but ${values.length} were given`);
	}
	return values;
}

function listOf(
	raw: unknown,
	holdsObjects: boolean,
	group: INodePropertyCollection | undefined,
	place: Place,
): unknown[] {
	if (Array.isArray(raw)) return raw;
	if (group && isRow(raw)) {
		const rows = raw[group.name] ?? [];
		return Array.isArray(rows) ? rows : [rows];
	}
	if (typeof raw !== 'string') return [raw];
	if (!holdsObjects) return splitList(raw, place);
	const parsed = parseJson(raw, place);
	return Array.isArray(parsed) ? parsed : [parsed];
}

/** The one group of a fixed collection; every fixed collection of this package has exactly one. */
function groupOf(field: INodeProperties | undefined): INodePropertyCollection | undefined {
	return field?.type === 'fixedCollection' ? (field.options?.[0] as INodePropertyCollection) : undefined;
}

function readObject(schema: Schema, raw: unknown, place: Place): Row | undefined {
	if (isRow(raw) && place.field?.type === 'collection') {
		const fields = place.field.options as INodeProperties[];
		return readFields(schema, enteredIn(schema, fields, raw), place);
	}
	const group = groupOf(place.field);
	if (isRow(raw) && group) {
		const content = raw[group.name];
		if (content === undefined) return undefined;
		if (schema.properties === undefined) return readNameValueRows(content as Row[], place);
		return readFields(schema, enteredIn(schema, group.values, content as Row), place);
	}
	const value = typeof raw === 'string' ? parseJson(raw, place) : raw;
	if (!isRow(value)) return refuse(place, 'must be a JSON object', raw);
	return readJsonObject(schema, value, place);
}

function readNameValueRows(rows: Row[], place: Place): Row {
	const named = rows.filter((row) => !isBlank(row.name));
	if (named.length < rows.length) throw new NotSentError(`${place.label} has an entry without a name`);
	return Object.fromEntries(named.map((row) => [String(row.name), row.value]));
}

function readJsonObject(schema: Schema, value: Row, place: Place): Row {
	const result = Object.fromEntries(
		Object.entries(value).map(([name, part]) => {
			const property = schema.properties?.[name];
			const inner = { ...place, field: undefined, label: `${place.label}.${name}`, keepEmpty: true };
			return [name, property && part !== null ? readValue(property, part, inner) : part];
		}),
	);
	checkObject(schema, result, (name) => `${place.label}.${name}`, place);
	return result;
}

/** Whether an object meets the `if` of a rule: each property named there has (one of) the given values. */
function meets(condition: Schema, value: Row): boolean {
	return Object.entries(condition.properties ?? {}).every(([name, { const: only, enum: any }]) =>
		(any ?? [only]).includes(value[name] as string),
	);
}

/** Checks what only the whole object shows: required properties, and rules that depend on another property. */
function checkObject(schema: Schema, value: Row, labelOf: (name: string) => string, place: Place): void {
	const rules = (schema.allOf ?? []).filter((rule) => meets(rule.if, value)).map((rule) => rule.then);
	const missing = [schema, ...rules]
		.flatMap(({ required = [] }) => required)
		.find((name) => value[name] === undefined);
	if (missing !== undefined) throw new NotSentError(`${labelOf(missing)} is required, but nothing was given`);
	for (const { properties = {}, anyOf = [] } of rules) {
		for (const [name, { maxLength }] of Object.entries(properties)) {
			checkLength(String(value[name] ?? ''), maxLength, { ...place, label: labelOf(name) });
		}
		const alternatives = anyOf.flatMap(({ required = [] }) => required);
		if (alternatives.length > 0 && !alternatives.some((name) => value[name] !== undefined)) {
			throw new NotSentError(`${alternatives.map(labelOf).join(' or ')} is required, but nothing was given`);
		}
	}
	if (Object.keys(value).length < (schema.minProperties ?? 0)) {
		throw new NotSentError(
			`${place.label || 'This operation'} needs at least one value, but nothing was given`,
		);
	}
}

/** A form field with the value that was entered in it. */
export interface Entered {
	field: INodeProperties;
	raw: unknown;
	keepEmpty: boolean;
}

/**
 * The fields of a form with their values, ready to be read as an object of `schema`. Fields inside a collection that
 * only groups fields (one that is not itself a property of the schema) count as fields of the form.
 */
export function enteredFields(
	schema: Schema,
	fields: INodeProperties[],
	get: (name: string) => unknown,
): Entered[] {
	return fields.flatMap((field): Entered[] => {
		const groupsOnly = field.type === 'collection' && schema.properties?.[field.name] === undefined;
		if (!groupsOnly) return [{ field, raw: get(field.name), keepEmpty: false }];
		const inner = enteredIn(schema, field.options as INodeProperties[], (get(field.name) ?? {}) as Row);
		return inner.map((entry) => ({ ...entry, keepEmpty: field.name === 'updateFields' }));
	});
}

function enteredIn(schema: Schema, fields: INodeProperties[], row: Row): Entered[] {
	return enteredFields(schema, fields, (name) => row[name]);
}

/** What differs from reading each property from the field of the same name. */
export interface Exceptions {
	/** Form field names of API properties where they differ. */
	names?: Record<string, string>;
	/** Values by API property that take the place of what the form holds. */
	overrides?: Row;
}

/**
 * Reads an API object from form fields: each property of the schema from the field of the same name. A property that
 * can have only one value needs no field, and an object without a field of its own (such as a pair of coordinates) is
 * read from the fields that bear its properties' names.
 *
 * @throws NotSentError when a value cannot be sent or a required one is missing
 */
export function readFields(
	schema: Schema,
	entered: Entered[],
	place: Place,
	exceptions: Exceptions = {},
): Row {
	const { names = {}, overrides = {} } = exceptions;
	const find = (property: string) => {
		const matches = entered.filter(({ field }) => field.name === (names[property] ?? property));
		return matches.find(({ raw }) => !isBlank(raw)) ?? matches[0];
	};
	const labelOf = (property: string) =>
		[place.label, find(property)?.field.displayName ?? property].filter(Boolean).join(', ');
	const readProperty = (property: string, propertySchema: Schema) => {
		const inner = { ...place, label: labelOf(property), field: undefined };
		if (property in overrides) return readValue(propertySchema, overrides[property], inner);
		const found = find(property);
		if (!found)
			return propertySchema.enum?.length === 1
				? propertySchema.enum[0]
				: readScattered(propertySchema, entered, place);
		return readValue(propertySchema, found.raw, { ...inner, field: found.field, keepEmpty: found.keepEmpty });
	};
	const result = Object.fromEntries(
		Object.entries(schema.properties ?? {})
			.map(([property, propertySchema]) => [property, readProperty(property, propertySchema)] as const)
			.filter(([, value]) => value !== undefined),
	);
	checkObject(schema, result, labelOf, place);
	return result;
}

function readScattered(schema: Schema, entered: Entered[], place: Place): Row | undefined {
	const object = resolveSchema(schema);
	const names = Object.keys(object.properties ?? {});
	const present = entered.some(({ field, raw }) => names.includes(field.name) && !isBlank(raw));
	return present ? readFields(object, entered, place) : undefined;
}

/**
 * Turns what a form field or expression yields into what the contract asks for, or undefined when nothing was given.
 * Accepts what people have in their data: numbers as text, lists as "a, b, c", JSON as text or already parsed.
 *
 * @throws NotSentError when the value cannot be sent
 */
export function readValue(schema: Schema, raw: unknown, place: Place): unknown {
	const resolved = resolveSchema(schema);
	const types = [resolved.type ?? []].flat();
	if (isBlank(raw)) return raw === '' && place.keepEmpty && types.includes('string') ? '' : undefined;
	if (types.includes('array')) return readArray(resolved, raw, place);
	if (types.includes('object')) return readObject(resolved, raw, place);
	if (types.includes('boolean')) return readBoolean(raw, place);
	const numeric = types.find((type) => type === 'integer' || type === 'number');
	// Where both are allowed they differ in meaning (a tag's ID or its name), so nothing is converted.
	if (numeric && (typeof raw === 'number' || !types.includes('string'))) {
		return readNumber(resolved, raw, place, numeric === 'integer');
	}
	return types.includes('string') ? readText(resolved, raw, place) : raw;
}
