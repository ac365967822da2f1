import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { Schema } from '../../transport/contract';
import { resolveSchema, rulesFor, wrongCount } from '../../transport/contract';
import { NotSentError } from '../../transport/errors';
import type { JsonObject } from '../../transport/json';
import { isObject } from '../../transport/json';
import type { Entered, FormField } from './formFields';
import { enteredFields } from './formFields';
import type { Place } from './readScalar';
import { parseJson, readBoolean, readNumber, readText, refuse } from './readScalar';
import { isBlank } from './values';

function splitList(text: string, place: Place): unknown[] {
	// A tag may be named [VIP], which isn't how a JSON list starts.
	if (/^\s*\[\s*(["[{\]\d-]|true|false|null)/.test(text)) return parseJson(text, place) as unknown[];
	return text.split(/[,\n]/).map((part) => part.trim());
}

function readArray(schema: Schema, raw: unknown, place: Place): unknown[] | undefined {
	const items = resolveSchema(schema.items ?? {});
	const group = groupOf(place.field);
	const holdsObjects = [items.type].flat().includes('object');
	const dragged = draggedRows(raw, place);
	const parts = dragged?.map(({ value }) => value) ?? entriesOf(raw, holdsObjects, group, place);
	const isRows = group !== undefined || dragged !== undefined;
	if (isRows && parts.length === 0) return undefined;
	const values = parts
		.map((part, index) => {
			const entry = `${place.label}, entry ${index + 1}`;
			// Dropping an entry would shift the ones after it.
			if (isBlank(part) && (isRows || holdsObjects)) refuseMissing(entry);
			return group && isObject(part)
				? readFields(items, enteredIn(items, group.values, part), { ...place, label: entry })
				: readValue(items, part, {
						...place,
						field: undefined,
						label: parts.length > 1 || holdsObjects ? entry : place.label,
					});
		})
		.filter((value) => value !== undefined);
	const rule = wrongCount(schema, values.length);
	if (rule) {
		const were = values.length === 1 ? 'was' : 'were';
		throw new NotSentError(`${place.label} ${rule}, but ${values.length} ${were} given`);
	}
	return values;
}

function entriesOf(
	raw: unknown,
	holdsObjects: boolean,
	group: INodePropertyCollection | undefined,
	place: Place,
): unknown[] {
	if (Array.isArray(raw)) return raw;
	if (group && isObject(raw)) {
		const rows = [raw[group.name] ?? []].flat() as JsonObject[];
		// A list of plain values is entered as rows with one field.
		return holdsObjects ? rows : rows.map((row) => row[group.values[0].name]);
	}
	if (typeof raw !== 'string') return [raw];
	if (!holdsObjects) return splitList(raw, place);
	const parsed = parseJson(raw, place);
	return Array.isArray(parsed) ? parsed : [parsed];
}

/** The rows of a field that takes names and values by drag and drop; undefined for any other field or value. */
function draggedRows(raw: unknown, { field }: Place): JsonObject[] | undefined {
	if (field?.type !== 'assignmentCollection' || !isObject(raw)) return undefined;
	const { assignments } = raw;
	if (Array.isArray(assignments)) return assignments as JsonObject[];
	return Object.keys(raw).length === 0 ? [] : undefined;
}

/** The one group of a fixed collection; every fixed collection of this package has exactly one. */
function groupOf(field: INodeProperties | undefined): INodePropertyCollection | undefined {
	return field?.type === 'fixedCollection' ? (field.options?.[0] as INodePropertyCollection) : undefined;
}

function readObject(schema: Schema, raw: unknown, place: Place): JsonObject | undefined {
	if (isObject(raw) && place.field?.type === 'collection') {
		const fields = place.field.options as INodeProperties[];
		return readFields(schema, enteredIn(schema, fields, raw), place);
	}
	const group = groupOf(place.field);
	if (isObject(raw) && group) {
		const content = raw[group.name];
		if (content === undefined) return undefined;
		if (schema.properties === undefined) return readNameValueRows(content, place);
		return readFields(schema, enteredIn(schema, group.values, content as JsonObject), place);
	}
	const dragged = draggedRows(raw, place);
	if (dragged) return dragged.length === 0 ? undefined : readNameValueRows(dragged, place);
	const value = typeof raw === 'string' ? parseJson(raw, place) : raw;
	if (!isObject(value)) return refuse(place, 'must be a JSON object', raw);
	return readJsonObject(schema, value, place);
}

function readNameValueRows(rows: unknown, place: Place): JsonObject {
	const entries = [rows].flat().map((row) => {
		if (!isObject(row)) return refuse(place, 'must be a list of names and values', row);
		if (isBlank(row.name)) throw new NotSentError(`${place.label} has an entry without a name`);
		const name = readText({}, row.name, { ...place, label: `${place.label}, Name` });
		// An expression for a column that the item doesn't have; dropping the attribute would go unnoticed.
		if (row.value === undefined) refuseMissing(`${place.label}, ${name}`);
		return [name, row.value];
	});
	return Object.fromEntries(entries) as JsonObject;
}

function readJsonObject(schema: Schema, value: JsonObject, place: Place): JsonObject {
	const at = (name: string) => `${place.label}.${name}`;
	const result = Object.fromEntries(
		Object.entries(value).map(([name, part]) => {
			const property = schema.properties?.[name];
			const inner = { ...place, field: undefined, label: at(name), keepEmpty: true };
			return [name, property && part !== null ? readValue(property, part, inner) : part];
		}),
	);
	checkObject(schema, result, { at, nameOf: (name) => name, self: () => place.label }, place);
	return result;
}

/** The names of an object's parts in error messages. */
interface Names {
	/** One or more properties, with where they are. */
	at(name: string): string;
	nameOf(property: string): string;
	/** The object as a whole. */
	self(): string;
}

function refuseMissing(what: string): never {
	throw new NotSentError(`${what} is required, but nothing was given`);
}

/** Checks what needs the whole object: required properties, and rules that depend on another property. */
function checkObject(schema: Schema, value: JsonObject, { at, nameOf, self }: Names, place: Place): void {
	const rules = rulesFor(schema, value);
	const required = [schema, ...rules].flatMap((part) => part.required ?? []);
	const missing = required.find((name) => isBlank(value[name]));
	if (missing !== undefined) refuseMissing(at(nameOf(missing)));
	for (const { properties = {}, anyOf = [] } of rules) {
		for (const [name, limits] of Object.entries(properties)) {
			if (value[name] === undefined || Object.keys(limits).length === 0) continue;
			value[name] = readText(limits, value[name], { ...place, label: at(nameOf(name)) });
		}
		const alternatives = anyOf.flatMap((part) => part.required ?? []);
		if (alternatives.length > 0 && alternatives.every((name) => isBlank(value[name]))) {
			refuseMissing(at(alternatives.map(nameOf).join(' or ')));
		}
	}
	if (Object.keys(value).length < (schema.minProperties ?? 0)) {
		throw new NotSentError(`${self()} needs at least one value, but nothing was given`);
	}
}

function enteredIn(schema: Schema, fields: INodeProperties[], row: JsonObject): Entered {
	return enteredFields(schema, fields, (name) => row[name]);
}

/** Exceptions to reading each property from the field of the same name. */
export interface Exceptions {
	/** Form field names of the API properties that are named differently. */
	names?: Record<string, string>;
	/** Values by API property that replace those in the form. */
	overrides?: JsonObject;
}

/**
 * Reads an API object from form fields: each property of the schema from the field of the same name. A property that can
 * have only one value needs no field, and an object without its own field (such as a pair of coordinates) is read from
 * the fields named like its properties.
 *
 * @throws NotSentError if a value is invalid or a required one is missing
 */
export function readFields(
	schema: Schema,
	entered: Entered,
	place: Place,
	exceptions: Exceptions = {},
): JsonObject {
	const { names = {}, overrides = {} } = exceptions;
	const find = (property: string) => {
		const matches = entered.named(names[property] ?? property);
		if (matches.length < 2) return matches[0];
		const shown = matches.filter((match) => isShown(match, entered));
		return shown.find((match) => !isBlank(entered.raw(match))) ?? shown[0] ?? matches[0];
	};
	const nameOf = (property: string): string => {
		const found = find(property);
		if (found) return found.field.displayName;
		const parts = Object.keys(resolveSchema(schema.properties?.[property] ?? {}).properties ?? {});
		const names = parts.flatMap((part) => find(part)?.field.displayName ?? []);
		return names.length > 0 ? names.join(' and ') : property;
	};
	const at = (name: string) => [place.label, name].filter(Boolean).join(', ');
	const readProperty = (property: string, propertySchema: Schema) => {
		const found = find(property);
		const isOverridden = property in overrides;
		// Most fields of most forms are empty.
		if (found && !isOverridden && !found.field.required && entered.raw(found) === undefined) return undefined;
		const isId = place.inPath || /(_id|Id)$/.test(property);
		const inner = { ...place, label: at(nameOf(property)), field: undefined, isId };
		if (isOverridden) return readValue(propertySchema, overrides[property], inner);
		if (found) {
			if (isMissing(found, entered)) refuseMissing(inner.label);
			const keepEmpty = found.container?.field.name === 'updateFields';
			return readValue(propertySchema, entered.raw(found), { ...inner, field: found.field, keepEmpty });
		}
		if (propertySchema.enum?.length === 1) return propertySchema.enum[0];
		return readScattered(propertySchema, entered, place);
	};
	const result = Object.fromEntries(
		Object.entries(schema.properties ?? {})
			.map(([property, propertySchema]) => [property, readProperty(property, propertySchema)] as const)
			.filter(([, value]) => value !== undefined),
	);
	checkObject(schema, result, { at, nameOf, self: () => place.label || offeredBy(entered) }, place);
	return result;
}

/** Whether a required field is shown and empty. */
function isMissing(found: FormField, entered: Entered): boolean {
	return found.field.required === true && isBlank(entered.raw(found)) && isShown(found, entered);
}

/** Whether the form shows a field. Only conditions on fields of the same level count. */
function isShown({ field }: FormField, entered: Entered): boolean {
	return Object.entries(field.displayOptions?.show ?? {}).every(([name, values]) => {
		const [selector] = entered.named(name);
		return selector === undefined || (values as unknown[]).includes(entered.raw(selector));
	});
}

/** The labels of what the user could fill in: the collections that group fields, or the fields themselves. */
function offeredBy({ fields }: Entered): string {
	const containers = fields.flatMap(({ container }) => container?.field ?? []);
	const offered = containers.length > 0 ? containers : fields.map(({ field }) => field);
	return [...new Set(offered.map(({ displayName }) => displayName))].join(' or ');
}

function readScattered(schema: Schema, entered: Entered, place: Place): JsonObject | undefined {
	const object = resolveSchema(schema);
	const parts = Object.keys(object.properties ?? {}).flatMap((name) => entered.named(name));
	const present = parts.some((part) => !isBlank(entered.raw(part)));
	return present ? readFields(object, entered, place) : undefined;
}

function isPlainText({ type, format, enum: choices }: Schema): boolean {
	return [type].flat().includes('string') && format === undefined && choices === undefined;
}

/** The only entry of a list, such as the IDs of people that the previous node added; otherwise the value itself. */
function onlyEntry(value: unknown): unknown {
	return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

/**
 * Converts the value of a form field or expression to what the contract requires; undefined if nothing was given. Accepts
 * what people have in their data: numbers as text, lists as "a, b, c", JSON as text or already parsed.
 *
 * @throws NotSentError if the value is invalid
 */
export function readValue(schema: Schema, entered: unknown, place: Place): unknown {
	const resolved = resolveSchema(schema);
	const types = [resolved.type ?? []].flat();
	const raw = place.isId && !types.includes('array') ? onlyEntry(entered) : entered;
	if (isBlank(raw)) {
		const clears = typeof raw === 'string' && place.keepEmpty && isPlainText(resolved);
		if (clears && resolved.minLength) refuseMissing(place.label);
		return clears ? '' : undefined;
	}
	if (types.includes('array')) return readArray(resolved, raw, place);
	if (types.includes('object')) return readObject(resolved, raw, place);
	if (types.includes('boolean')) return readBoolean(raw, place);
	const numeric = types.find((type) => type === 'integer' || type === 'number');
	// If both are allowed, they differ in meaning (a tag's ID or its name), so nothing is converted.
	if (numeric && (typeof raw === 'number' || !types.includes('string'))) {
		return readNumber(resolved, raw, place, numeric === 'integer');
	}
	return types.includes('string') ? readText(resolved, raw, place) : raw;
}
