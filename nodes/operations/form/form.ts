import type { INodeProperties } from 'n8n-workflow';
import type { Schema } from '../../transport/contract';
import { callContract, resolveSchema } from '../../transport/contract';
import type { Endpoint, RequestOf } from '../../transport/endpoint';
import type { PayloadFormat } from '../../transport/credential';
import { NotSentError } from '../../transport/errors';
import type { JsonObject } from '../../transport/json';
import type { FormReader } from './formReader';
import type { InputFile, InputFiles } from './inputFile';
import { enteredFields } from './formFields';
import { chosenValue } from './locator';
import { readFields, readValue } from './readValue';
import { parseJson } from './readScalar';

/** The form of one operation, filled in for one item. */
export interface Form<E extends Endpoint = Endpoint> {
	/** Which of the two documented request formats the credential selects; only NativeMessage has two. */
	payloadFormat: PayloadFormat;
	/** What the operation's `lookUp` found for this run. */
	lookedUp: unknown;
	/**
	 * The signed link to the reply page, for operations that ask.
	 *
	 * @param choice position of the choice, if the link is for a single one
	 */
	link(choice?: number): string;
	/** A file of the item. @throws NotSentError if there is no file of that name, or n8n doesn't store it */
	file(binaryField: string): InputFile;
	/** The value of a field, with expressions evaluated; undefined if the field is hidden. */
	get(name: string): unknown;
	/** Reads one field by a schema of the contract. */
	read<T>(name: string, schema: Schema): T | undefined;
	/** The value of a field that holds JSON, parsed if it is text. */
	readJson(name: string): unknown;
	/** Reads an object from the fields named like its properties, except for the overrides. */
	readObject<T>(schema: Schema, overrides?: Record<string, unknown>, names?: Record<string, string>): T;
	/** Reads the body from the fields named like its properties, except for the overrides. */
	readBody(overrides?: Record<string, unknown>): NonNullable<RequestOf<E>['body']>;
	/**
	 * Reads an object from one row of a list, whose fields are named like its properties.
	 *
	 * @param label where the row is, such as `Interaction 2, Action 1`; empty for the form itself
	 */
	readRow<T>(schema: Schema, fields: INodeProperties[], row: JsonObject, label: string): T;
	/** @throws NotSentError always; the item is not sent */
	refuse(message: string): never;
}

interface Part {
	schema: Schema;
	overrides?: Record<string, unknown>;
	/** Form field names of the API properties that are named differently. Default: those of the operation. */
	names?: Record<string, string>;
	inPath?: boolean;
}

/** A form that can also be read as any part of a request. */
export interface ReadableForm extends Form {
	readPart(part: Part): Record<string, unknown>;
}

const camelCase = (name: string) => name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());

const defaultNames = new WeakMap<Schema, Record<string, string>>();

/** The default form field names of API properties, computed once per schema. */
function fieldNamesOf(schema: Schema): Record<string, string> {
	const names =
		defaultNames.get(schema) ??
		Object.fromEntries(Object.keys(schema.properties ?? {}).map((name) => [name, camelCase(name)]));
	defaultNames.set(schema, names);
	return names;
}

/** The settings that are the same for all items of a run. */
export interface RunSettings {
	payloadFormat: PayloadFormat;
	/** ISO code of the country to assume for phone numbers without a country code. */
	defaultCountry?: string;
	lookedUp: unknown;
	link: Form['link'];
	files: InputFiles;
}

/** The parts of an operation that its form is read by. */
interface FormSource {
	endpoint: Endpoint;
	fields: INodeProperties[];
	fieldNames?: Record<string, string>;
}

/** The form of an operation, filled in for one item. */
export function formOf(
	reader: FormReader,
	{ endpoint, fields, fieldNames }: FormSource,
	{ payloadFormat, defaultCountry, lookedUp, link, files }: RunSettings,
	itemIndex: number,
): ReadableForm {
	const get = (name: string) => reader.get(name, itemIndex);
	const options = (get('options') ?? {}) as { defaultCountry?: unknown };
	const chosen = chosenValue(options.defaultCountry) as string | null | undefined;
	const around = { timezone: reader.timezone, defaultCountry: chosen ?? defaultCountry };
	const readPart = ({ schema: part, overrides, names = fieldNames, inPath }: Part) => {
		const schema = resolveSchema(part);
		return readFields(
			schema,
			enteredFields(schema, fields, get),
			{ label: '', inPath, ...around },
			{ names: { ...fieldNamesOf(schema), ...names }, overrides },
		);
	};
	return {
		payloadFormat,
		lookedUp,
		link,
		file: (binaryField) => files.get(binaryField, itemIndex),
		get,
		read<T>(name: string, schema: Schema) {
			const field = fields.find((candidate) => candidate.name === name)!;
			return readValue(schema, get(name), { label: field.displayName, field, ...around }) as T | undefined;
		},
		readJson(name: string) {
			const { displayName: label } = fields.find((candidate) => candidate.name === name)!;
			const value = get(name);
			return typeof value === 'string' && value !== '' ? parseJson(value, { label, ...around }) : value;
		},
		readObject: <T>(schema: Schema, overrides?: Record<string, unknown>, names?: Record<string, string>) =>
			readPart({ schema, overrides, names }) as T,
		readBody: (overrides?: Record<string, unknown>) =>
			readPart({ schema: callContract(endpoint).body!, overrides }) as never,
		readRow: <T>(schema: Schema, rowFields: INodeProperties[], row: JsonObject, label: string) =>
			readFields(
				schema,
				enteredFields(schema, rowFields, (name) => row[name]),
				{ label, ...around },
			) as T,
		refuse(message: string): never {
			throw new NotSentError(message);
		},
		readPart,
	};
}
