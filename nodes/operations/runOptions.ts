import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import type { Schema } from '../transport/contract';
import { takesPhone } from '../transport/contract';
import { defaultCountryOption } from '../transport/defaultCountry';
import type { AnyOperation } from './defineOperation';
import type { FormReader } from './form/formReader';
import { readValue } from './form/readValue';
import type { BroadcastSettings } from './broadcastOptions';
import { broadcastFields, keptRecipients, readBroadcastSettings } from './broadcastOptions';

/**
 * Twice as fast as 10 if a service takes 200 ms to respond, and close to the maximum throughput at 20 ms. Not 50: every
 * request in flight has an unknown outcome if n8n is killed, may be refused by a rate limit, and still goes out after the
 * first failure of a node that stops on errors.
 */
const DEFAULT_CONCURRENCY = 20;
const MAX_CONCURRENCY = 50;
/** Neither API documents a limit, and a request of this size is small for any server. */
const DEFAULT_RECIPIENTS_PER_CALL = 500;
const MAX_RECIPIENTS_PER_CALL = 10_000;

/** How the items of one run are sent. */
export interface RunOptions {
	/** Maximum number of requests in flight. */
	concurrency: number;
	/** Maximum number of recipients per request; undefined if items aren't combined. */
	recipientsPerCall?: number;
	/** Rules for named broadcasts; undefined if the operation doesn't message people. */
	claimRules?: {
		/** Whether recipients with an unknown outcome get the message again. */
		claimsUnknown: boolean;
		/** Maximum number of kept recipients. */
		cap: number;
	};
	/** The settings that apply to all messages of the run. */
	broadcast: BroadcastSettings;
	/** All settings under Options, Broadcast, and Delivery, as they were entered. */
	entered: Record<string, unknown>;
}

const concurrency: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY },
	default: DEFAULT_CONCURRENCY,
	description:
		'Maximum number of parallel requests, up to 50. Requests for the same person or record run in item order.',
};

const combineItems: INodeProperties = {
	displayName: 'Combine Items',
	name: 'combineItems',
	type: 'boolean',
	default: true,
	description:
		'Whether to send items that differ only in their recipients in one request, which is faster. Duplicate recipients get one message.',
};

const recipientsPerCall: INodeProperties = {
	displayName: 'Recipients per Request',
	name: 'recipientsPerCall',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_RECIPIENTS_PER_CALL },
	default: DEFAULT_RECIPIENTS_PER_CALL,
	description: 'Maximum recipients per combined request',
};

/** A list of the account: at most one request per item, so concurrency makes no real difference. */
const isPlainList = (endpoint: string) => endpoint.startsWith('GET ') && !endpoint.includes('{');

/** The options that every operation of its kind has. The first item decides for all. */
export function runOptionFields({ combine, endpoint, ask }: AnyOperation): INodeProperties[] {
	// Operations that ask take one item.
	if (ask) return [];
	if (combine) return [{ ...combineItems, default: combine.byDefault }, concurrency, recipientsPerCall];
	return isPlainList(endpoint) ? [] : [concurrency];
}

/** The fields under Delivery. */
function deliveryFields({ fields }: AnyOperation): INodeProperties[] {
	const group = fields.find(({ name }) => name === 'delivery')?.options as
		| INodePropertyCollection[]
		| undefined;
	return group?.[0].values ?? [];
}

/** The schema of a setting; undefined if it is read elsewhere. */
function schemaOf(type: INodeProperties['type'], options: INodeProperties['options']): Schema | undefined {
	if (type === 'boolean') return { type };
	if (type !== 'options') return undefined;
	return { type: 'string', enum: (options as INodePropertyOptions[]).map(({ value }) => String(value)) };
}

/** All fields under Options. */
export function optionFields(operation: AnyOperation): INodeProperties[] {
	const own = operation.fields.find(({ name }) => name === 'options');
	return [
		...((own?.options ?? []) as INodeProperties[]),
		...runOptionFields(operation),
		...(takesPhone(operation.endpoint) ? [defaultCountryOption] : []),
	];
}

/** The values of all settings. @throws NotSentError if one isn't a boolean, or isn't in its list of choices */
function enteredSettings(reader: FormReader, operation: AnyOperation): Record<string, unknown> {
	const groupOf = (name: string) => (reader.get(name, 0) ?? {}) as Record<string, unknown>;
	const { settings } = groupOf('delivery') as { settings?: Record<string, unknown> };
	const entered: Record<string, unknown> = { ...groupOf('options'), ...groupOf('broadcast'), ...settings };
	const fields = [...optionFields(operation), ...broadcastFields(operation), ...deliveryFields(operation)];
	for (const { name, type, displayName: label, options } of fields) {
		const schema = schemaOf(type, options);
		if (schema && name in entered) entered[name] = readValue(schema, entered[name], { label });
	}
	return entered;
}

/** Reads the settings from the first item. @throws NotSentError if one has the wrong type or is out of range */
export function readRunOptions(reader: FormReader, operation: AnyOperation): RunOptions {
	const entered = enteredSettings(reader, operation);
	const read = (field: INodeProperties) => {
		const { minValue: minimum, maxValue: maximum } = field.typeOptions!;
		const place = { label: field.displayName };
		const value = readValue({ type: 'integer', minimum, maximum }, entered[field.name], place);
		return (value as number | undefined) ?? (field.default as number);
	};
	const { combine, ask } = operation;
	const combines =
		combine && !ask && (entered.combineItems ?? combine.byDefault) && !combine.isImpossible?.(entered);
	const broadcast = readBroadcastSettings(operation.addressee ? entered : {});
	const { messagesPerMinute = Infinity } = broadcast;
	return {
		entered,
		broadcast,
		concurrency: read(concurrency),
		claimRules: operation.addressee && {
			claimsUnknown: entered.sendUnknownAgain === true,
			cap: read(keptRecipients),
		},
		// A larger request would exceed the pace.
		recipientsPerCall: combines ? Math.min(read(recipientsPerCall), messagesPerMinute) : undefined,
	};
}
