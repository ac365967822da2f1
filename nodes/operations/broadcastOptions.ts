import type { INodeProperties } from 'n8n-workflow';
import { byDisplayName } from './commonFields';
import type { AnyOperation } from './defineOperation';
import { readValue } from './form/readValue';
import type { QuietHours } from './hours/quietHours';
import { quietHours, readQuietHours } from './hours/quietHours';

/** Anything longer is hardly a name. */
export const MAX_BROADCAST_NAME = 200;
const DEFAULT_KEPT = 100_000;
const MAX_KEPT = 1_000_000;

/** No one gets a message under the same name twice. Read for each item. */
export const BROADCAST_NAME: INodeProperties = {
	displayName: 'Broadcast Name',
	name: 'broadcastName',
	type: 'string',
	default: '',
	placeholder: "e.g. sale-{{ $now.toFormat('yyyy-MM') }}",
	description:
		'With a name, nobody gets a message of that name from this node twice, not even in another execution. After a crash, an error or a cancel, run the workflow again: only those who are left get it. The name counts, not the content.',
};

export const keptRecipients: INodeProperties = {
	displayName: 'Kept Recipients',
	name: 'keptRecipients',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_KEPT },
	default: DEFAULT_KEPT,
	description:
		'How many recipients n8n keeps for this node at most, over all Broadcast Names. Beyond that, nobody new gets a message. The more are kept, the longer each step takes.',
};

const sendUnknownAgain: INodeProperties = {
	displayName: 'Send Unknown Again',
	name: 'sendUnknownAgain',
	type: 'boolean',
	default: true,
	description:
		'Whether to send again to recipients for whom an earlier execution with this Broadcast Name ended before it knew if they got the message. They may get it twice. Off unless you add this option.',
};

/** Upper bound for a limit or a pace. */
const MAX_MESSAGES = 10_000_000;

const limit = (displayName: string, name: string, description: string, initial: number): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_MESSAGES },
	default: initial,
	description,
});

const maxRecipients = limit(
	'Recipients at Most',
	'maxRecipients',
	'A run with more recipients is refused as a whole, before anything goes out',
	1_000,
);

export const maxParts = limit(
	'SMS Parts at Most',
	'maxParts',
	'A run that takes more SMS parts is refused as a whole. Parts are counted for texts on SMS channels, whose types are looked up.',
	1_000,
);

const messagesPerMinute = limit(
	'Messages per Minute',
	'messagesPerMinute',
	'How many messages go out in a minute at most with this credential, over all runs with this setting in this n8n',
	60,
);

const summary: INodeProperties = {
	displayName: 'Summary',
	name: 'summary',
	type: 'boolean',
	default: true,
	description:
		'Whether the last item tells how many were sent, skipped, held, unknown, and failed by reason, with SMS parts and minutes. Off unless you add this option.',
};

/** Settings that have no effect unless the broadcast has a name. */
export const NEEDS_NAME = [keptRecipients, sendUnknownAgain];

/**
 * The fields under Broadcast of an operation that messages people. Unless noted otherwise, the first item decides for
 * all.
 */
export function broadcastFields({ addressee, ask, cost }: AnyOperation): INodeProperties[] {
	if (!addressee) return [];
	const once = [BROADCAST_NAME, keptRecipients, sendUnknownAgain];
	// Operations that ask take one item.
	if (ask) return once;
	const limits = [maxRecipients, messagesPerMinute, quietHours, summary, ...(cost ? [maxParts] : [])];
	return [...once, ...limits].sort(byDisplayName);
}

/** The group with these settings; undefined if an operation has none. */
export function broadcastGroup(operation: AnyOperation): INodeProperties | undefined {
	const options = broadcastFields(operation);
	if (options.length === 0) return undefined;
	return {
		displayName: 'Broadcast',
		name: 'broadcast',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		description: operation.ask
			? 'So that nobody is asked twice'
			: 'For messages to many: to each once, at most so many, at what pace, and at what hours',
		options,
	};
}

/** The settings that apply to all messages of a run. */
export interface BroadcastSettings {
	maxRecipients?: number;
	maxParts?: number;
	messagesPerMinute?: number;
	quietHours?: QuietHours;
	/** Whether the last item carries a summary of the run. */
	summary: boolean;
}

/** Reads the settings that apply to all messages of a run. @throws NotSentError if one is invalid */
export function readBroadcastSettings(entered: Record<string, unknown>): BroadcastSettings {
	const read = ({ name, displayName: label, typeOptions }: INodeProperties) => {
		const { minValue: minimum, maxValue: maximum } = typeOptions!;
		return readValue({ type: 'integer', minimum, maximum }, entered[name], { label }) as number | undefined;
	};
	return {
		maxRecipients: read(maxRecipients),
		maxParts: read(maxParts),
		messagesPerMinute: read(messagesPerMinute),
		quietHours: readQuietHours(entered[quietHours.name]),
		summary: entered.summary === true,
	};
}
