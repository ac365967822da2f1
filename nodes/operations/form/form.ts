import type { IDataObject } from 'n8n-workflow';
import type { Schema } from '../../transport/contract';
import { callContract, resolveSchema } from '../../transport/contract';
import type { Endpoint, RequestOf } from '../../transport/endpoint';
import type { PayloadFormat } from '../../transport/credential';
import { NotSentError } from '../../transport/errors';
import type { AnyOperation } from '../defineOperation';
import type { FormReader } from './formReader';
import { enteredFields } from './formFields';
import { readFields, readValue } from './readValue';
import { parseJson } from './readScalar';

/** The form of one operation, filled in for one item. */
export interface Form<E extends Endpoint = Endpoint> {
	/** Which of the two documented shapes the credential asks for; means something for NativeMessage only. */
	payloadFormat: PayloadFormat;
	/** What the operation's `lookUp` found for this run. */
	lookedUp: unknown;
	/** The value of a field as it was entered or as its expression came out; undefined when it is hidden. */
	get(name: string): unknown;
	/** Reads one field by a schema of the contract. */
	read<T>(name: string, schema: Schema): T | undefined;
	/** The value of a field that holds JSON, parsed if it came as text. */
	readJson(name: string): unknown;
	/** Reads an object from the fields that bear its properties' names, except for those that are given here. */
	readObject<T>(schema: Schema, overrides?: Record<string, unknown>, names?: Record<string, string>): T;
	/** Reads the body from the fields that bear its properties' names, except those that are given here. */
	readBody(overrides?: Record<string, unknown>): NonNullable<RequestOf<E>['body']>;
	/** @throws NotSentError always; the item is not sent */
	refuse(message: string): never;
}

interface Part {
	schema: Schema;
	overrides?: Record<string, unknown>;
	/** Form field names of API properties where they differ; the operation's own if it is not given. */
	names?: Record<string, string>;
	inPath?: boolean;
}

/** A form that can also be read as any part of a request. */
interface ReadableForm extends Form {
	readPart(part: Part): Record<string, unknown>;
}

const camelCase = (name: string) => name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());

const fieldNames = new WeakMap<Schema, Record<string, string>>();

/** What the form fields of API properties are called where nothing else is said; worked out once for each schema. */
function fieldNamesOf(schema: Schema): Record<string, string> {
	const names =
		fieldNames.get(schema) ??
		Object.fromEntries(Object.keys(schema.properties ?? {}).map((name) => [name, camelCase(name)]));
	fieldNames.set(schema, names);
	return names;
}

/** What is the same for all items of a run. */
export interface RunSettings {
	payloadFormat: PayloadFormat;
	lookedUp: unknown;
}

/** The form of `operation` for one item. */
function formOf(
	reader: FormReader,
	operation: AnyOperation,
	{ payloadFormat, lookedUp }: RunSettings,
	itemIndex: number,
): ReadableForm {
	const { fields } = operation;
	const { timezone } = reader;
	const get = (name: string) => reader.get(name, itemIndex);
	const readPart = ({ schema: part, overrides, names = operation.fieldNames, inPath }: Part) => {
		const schema = resolveSchema(part);
		return readFields(
			schema,
			enteredFields(schema, fields, get),
			{ label: '', inPath, timezone },
			{ names: { ...fieldNamesOf(schema), ...names }, overrides },
		);
	};
	return {
		payloadFormat,
		lookedUp,
		get,
		read<T>(name: string, schema: Schema) {
			const field = fields.find((candidate) => candidate.name === name)!;
			return readValue(schema, get(name), { label: field.displayName, field, timezone }) as T | undefined;
		},
		readJson(name: string) {
			const { displayName: label } = fields.find((candidate) => candidate.name === name)!;
			const value = get(name);
			return typeof value === 'string' && value !== '' ? parseJson(value, { label, timezone }) : value;
		},
		readObject: <T>(schema: Schema, overrides?: Record<string, unknown>, names?: Record<string, string>) =>
			readPart({ schema, overrides, names }) as T,
		readBody: (overrides?: Record<string, unknown>) =>
			readPart({ schema: callContract(operation.endpoint as Endpoint).body!, overrides }) as never,
		refuse(message: string): never {
			throw new NotSentError(message);
		},
		readPart,
	};
}

/** What one item asks for. */
export interface ReadRequest {
	request: RequestOf<Endpoint>;
	/** What speaks against sending it. */
	problems: string[];
	/** What a preview tells about it; undefined where it is to be sent. */
	preview?: IDataObject;
}

/**
 * Builds the request of an operation from its form. What `operation.request` builds is not read from the form again.
 *
 * @throws NotSentError when a value cannot be sent
 */
export function readRequest(
	reader: FormReader,
	operation: AnyOperation,
	settings: RunSettings,
	itemIndex: number,
): ReadRequest {
	const form = formOf(reader, operation, settings, itemIndex);
	const contract = callContract(operation.endpoint as Endpoint);
	const built = operation.request?.(form) ?? {};
	// Every part is read by the schema that its type is generated from.
	const request = {
		path: built.path ?? form.readPart({ schema: contract.path, inPath: true }),
		query: built.query ?? form.readPart({ schema: contract.query }),
		body: built.body ?? (contract.body && form.readPart({ schema: contract.body })),
	} as RequestOf<Endpoint>;
	const problems = operation.problems?.(request, form) ?? [];
	return { request, problems, preview: operation.preview?.(request, form) };
}

/** How many list entries the user wants; undefined for all. */
export function limitOf(reader: FormReader, operation: AnyOperation, itemIndex: number): number | undefined {
	const isList = operation.fields.some(({ name }) => name === 'returnAll');
	if (!isList || reader.get('returnAll', itemIndex) === true) return undefined;
	const limit = reader.get('limit', itemIndex) ?? 50;
	return readValue({ type: 'integer', minimum: 1 }, limit, { label: 'Limit', timezone: '' }) as
		| number
		| undefined;
}

/** Whether the user wants the most needed fields of each record only. */
export function isSimplified(reader: FormReader, operation: AnyOperation, itemIndex: number): boolean {
	if (!operation.simplify) return false;
	const place = { label: 'Simplify', timezone: '' };
	return readValue({ type: 'boolean' }, reader.get('simplify', itemIndex), place) !== false;
}
