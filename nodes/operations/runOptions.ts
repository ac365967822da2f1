import type { INodeProperties } from 'n8n-workflow';
import { takesPhone } from '../transport/contract';
import { defaultCountryOption } from '../transport/defaultCountry';
import type { AnyOperation } from './defineOperation';
import type { FormReader } from './form/formReader';
import { readValue } from './form/readValue';

const DEFAULT_CONCURRENCY = 10;
const MAX_CONCURRENCY = 50;
/** Neither document names a limit; a request of this size is small for any server. */
const DEFAULT_RECIPIENTS_PER_CALL = 500;
const MAX_RECIPIENTS_PER_CALL = 10_000;

/** How the items of one run are sent. */
export interface RunOptions {
	/** How many calls are under way at a time. */
	concurrency: number;
	/** How many recipients share a call; undefined when items are not combined. */
	recipientsPerCall?: number;
	/** What holds for broadcasts with a name; undefined where the operation messages nobody. */
	claimRules?: {
		/** Whether those are sent to again of whom nobody knows whether they got the message. */
		claimsUnknown: boolean;
		/** How many recipients may be kept. */
		cap: number;
	};
	/** All options as they were entered. */
	entered: Record<string, unknown>;
}

const concurrency: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY },
	default: DEFAULT_CONCURRENCY,
	description:
		'How many calls run side by side, at most 50. Calls about the same person or thing run one after the other, in the order of the items.',
};

const combineItems: INodeProperties = {
	displayName: 'Combine Items',
	name: 'combineItems',
	type: 'boolean',
	default: true,
	description:
		'Whether items that differ only in their recipients share one call, which is much faster. A recipient that occurs several times is then served once.',
};

const recipientsPerCall: INodeProperties = {
	displayName: 'Recipients per Call',
	name: 'recipientsPerCall',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_RECIPIENTS_PER_CALL },
	default: DEFAULT_RECIPIENTS_PER_CALL,
	description: 'How many recipients combined items put into one call at most',
};

/** Longer ones are hardly names. */
export const MAX_BROADCAST_NAME = 200;
const DEFAULT_KEPT = 100_000;
const MAX_KEPT = 1_000_000;

/** The name under which nobody gets a message twice; read for each item. */
export const BROADCAST_NAME: INodeProperties = {
	displayName: 'Broadcast Name',
	name: 'broadcastName',
	type: 'string',
	default: '',
	placeholder: "e.g. sale-{{ $now.toFormat('yyyy-MM') }}",
	description:
		'With a name, nobody gets a message of that name from this node twice, not even in another execution. After a crash, an error or a cancel, run the workflow again: only those who are left get it. The name counts, not the content.',
};

const sendUnknownAgain: INodeProperties = {
	displayName: 'Send Unknown Again',
	name: 'sendUnknownAgain',
	type: 'boolean',
	default: true,
	description:
		'Whether to send again to recipients for whom an earlier execution with this Broadcast Name ended before it knew if they got the message. They may get it twice. Off unless you add this option.',
};

const keptRecipients: INodeProperties = {
	displayName: 'Kept Recipients',
	name: 'keptRecipients',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_KEPT },
	default: DEFAULT_KEPT,
	description:
		'How many recipients n8n keeps for this node at most, over all Broadcast Names. Beyond that, nobody new gets a message. The more are kept, the longer each step takes.',
};

/** A list of the account is fetched once for each item at most; how many at a time makes no difference that matters. */
const isPlainList = (endpoint: string) => endpoint.startsWith('GET ') && !endpoint.includes('{');

/** What operations offer under Options besides their own; the first item decides for all, except about the name. */
export function runOptionFields({ combine, endpoint, addressee, ask }: AnyOperation): INodeProperties[] {
	const once = addressee ? [BROADCAST_NAME, keptRecipients, sendUnknownAgain] : [];
	// It has one item.
	if (ask) return once;
	if (combine) {
		return [{ ...combineItems, default: combine.byDefault }, concurrency, recipientsPerCall, ...once];
	}
	return isPlainList(endpoint) ? [] : [concurrency, ...once];
}

/** All that an operation offers under Options. */
export function optionFields(operation: AnyOperation): INodeProperties[] {
	const own = operation.fields.find(({ name }) => name === 'options');
	return [
		...((own?.options ?? []) as INodeProperties[]),
		...runOptionFields(operation),
		...(takesPhone(operation.endpoint) ? [defaultCountryOption] : []),
	];
}

/** Reads the options from the first item. @throws NotSentError when one is not a boolean, or out of range */
export function readRunOptions(reader: FormReader, operation: AnyOperation): RunOptions {
	const raw = (reader.get('options', 0) ?? {}) as Record<string, unknown>;
	const booleans = optionFields(operation)
		.filter(({ name, type }) => type === 'boolean' && name in raw)
		.map(({ name, displayName: label }) => [name, readValue({ type: 'boolean' }, raw[name], { label })]);
	const entered: Record<string, unknown> = { ...raw, ...Object.fromEntries(booleans) };
	const read = (field: INodeProperties) => {
		const { minValue: minimum, maxValue: maximum } = field.typeOptions!;
		const place = { label: field.displayName };
		const value = readValue({ type: 'integer', minimum, maximum }, entered[field.name], place);
		return (value as number | undefined) ?? (field.default as number);
	};
	const { combine, ask } = operation;
	const combines =
		combine && !ask && (entered.combineItems ?? combine.byDefault) && !combine.isImpossible?.(entered);
	return {
		entered,
		concurrency: read(concurrency),
		claimRules: operation.addressee && {
			claimsUnknown: entered.sendUnknownAgain === true,
			cap: read(keptRecipients),
		},
		recipientsPerCall: combines ? read(recipientsPerCall) : undefined,
	};
}
