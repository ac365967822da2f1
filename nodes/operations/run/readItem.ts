import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import type { ApiClient } from '../../transport/client';
import { callContract } from '../../transport/contract';
import type { Endpoint, RequestOf } from '../../transport/endpoint';
import { NotSentError } from '../../transport/errors';
import type { AnyOperation, Catalogue } from '../defineOperation';
import type { RunSettings } from '../form/form';
import { formOf } from '../form/form';
import type { FormReader } from '../form/formReader';
import type { InputFiles } from '../form/inputFile';
import { readValue } from '../form/readValue';
import { BROADCAST_NAME, MAX_BROADCAST_NAME } from '../broadcastOptions';
import type { Asking } from '../wait/asking';
import type { PreparedItem } from './plan';

/** What reading the items of a run needs. */
export interface ItemReader {
	catalogue: Catalogue;
	reader: FormReader;
	client: ApiClient;
	/** The result of the operation's `lookUp`. */
	lookedUp: unknown;
	/** Used by operations that wait for a reply. */
	asking: Asking;
	files: InputFiles;
}

/**
 * The operation chosen for an item.
 *
 * @throws NotSentError if there is no such operation
 */
export function operationOf(reader: FormReader, catalogue: Catalogue, itemIndex: number): AnyOperation {
	const resource = String(reader.get('resource', itemIndex));
	const key = String(reader.get('operation', itemIndex));
	const operations = Object.hasOwn(catalogue, resource) ? catalogue[resource] : {};
	if (Object.hasOwn(operations, key)) return operations[key];
	throw new NotSentError(`There is no operation "${key}" for the resource "${resource}"`);
}

/** @throws NotSentError if a dropdown holds a value that it doesn't offer, such as from an expression */
function checkChoices(reader: FormReader, { fields }: AnyOperation, itemIndex: number): void {
	for (const { displayName, name, type, options } of fields) {
		if (type !== 'options') continue;
		const choices = (options as INodePropertyOptions[]).map(({ value }) => String(value));
		readValue({ type: 'string', enum: choices }, reader.get(name, itemIndex), { label: displayName });
	}
}

/** Builds the request of an operation from its form. Parts built by `operation.request` aren't read from the form again. */
function readRequest(reader: FormReader, operation: AnyOperation, settings: RunSettings, itemIndex: number) {
	const endpoint = operation.endpoint as Endpoint;
	const form = formOf(reader, { ...operation, endpoint }, settings, itemIndex);
	const contract = callContract(endpoint);
	const built = operation.request?.(form) ?? {};
	// The type is right because each part is read by the schema that its type is generated from.
	const request = {
		path: built.path ?? form.readPart({ schema: contract.path, inPath: true }),
		query: built.query ?? form.readPart({ schema: contract.query }),
		body: built.body ?? (contract.body && form.readPart({ schema: contract.body })),
	} as RequestOf<Endpoint>;
	const problems = operation.problems?.(request, form) ?? [];
	const cost = operation.cost?.(request, form);
	const preview = operation.preview?.(request, form);
	const question = operation.ask?.(form);
	const isGathered = operation.gather?.isWanted(form);
	return { request, problems, cost, preview, question, isGathered };
}

/** Maximum number of list entries; undefined for all. */
function limitOf(reader: FormReader, operation: AnyOperation, itemIndex: number): number | undefined {
	const isList = operation.fields.some(({ name }) => name === 'returnAll');
	const all = readValue({ type: 'boolean' }, reader.get('returnAll', itemIndex), { label: 'Return All' });
	if (!isList || all === true) return undefined;
	const limit = reader.get('limit', itemIndex) ?? 50;
	return readValue({ type: 'integer', minimum: 1 }, limit, { label: 'Limit' }) as number | undefined;
}

/** Whether the user wants simplified records. */
function isSimplified(reader: FormReader, operation: AnyOperation, itemIndex: number): boolean {
	if (!operation.simplify) return false;
	return readValue({ type: 'boolean' }, reader.get('simplify', itemIndex), { label: 'Simplify' }) !== false;
}

/**
 * The broadcast name of an item; undefined if the user gave none.
 *
 * @throws NotSentError if an expression has no result, such as one for a column that the item doesn't have
 */
function broadcastNameOf(reader: FormReader, { addressee }: AnyOperation, itemIndex: number) {
	const broadcast = (reader.get('broadcast', itemIndex) ?? {}) as IDataObject;
	if (!addressee || !(BROADCAST_NAME.name in broadcast)) return undefined;
	const { name, displayName: label } = BROADCAST_NAME;
	const value = broadcast[name];
	if (value === undefined || value === null) {
		throw new NotSentError(`${label} is required, but nothing was given`);
	}
	const schema = { type: 'string', maxLength: MAX_BROADCAST_NAME };
	return (readValue(schema, value, { label }) as string | undefined)?.trim();
}

/**
 * Reads one item's form.
 *
 * @returns the item, and reasons not to send its request
 * @throws NotSentError if a value is invalid
 */
export function readItem(
	{ reader, catalogue, client, lookedUp, asking, files }: ItemReader,
	itemIndex: number,
): { item: PreparedItem; problems: string[] } {
	const operation = operationOf(reader, catalogue, itemIndex);
	client.checkService(operation.endpoint);
	checkChoices(reader, operation, itemIndex);
	const { payloadFormat, defaultCountry } = client;
	const settings = { payloadFormat, defaultCountry, lookedUp, link: asking.link, files };
	const { problems, ...read } = readRequest(reader, operation, settings, itemIndex);
	const item = {
		itemIndex,
		operation,
		...read,
		broadcastName: broadcastNameOf(reader, operation, itemIndex),
		limit: limitOf(reader, operation, itemIndex),
		isSimplified: isSimplified(reader, operation, itemIndex),
	};
	return { item, problems };
}
