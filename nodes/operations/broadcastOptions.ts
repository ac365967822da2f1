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
		'No one gets a message with this name from this node twice, in any execution. After a crash, an error, or a cancellation, run the workflow again: only the remaining recipients get it. Only the name counts, not the content.',
};

export const keptRecipients: INodeProperties = {
	displayName: 'Kept Recipients',
	name: 'keptRecipients',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_KEPT },
	default: DEFAULT_KEPT,
	description:
		'Maximum number of recipients that n8n keeps for this node, over all broadcast names. Beyond that, new recipients get no message. More kept recipients make each step slower.',
};

const sendUnknownAgain: INodeProperties = {
	displayName: 'Send Unknown Again',
	name: 'sendUnknownAgain',
	type: 'boolean',
	default: true,
	description:
		'Whether to resend to recipients for whom an earlier execution with this broadcast name has no result. They may get the message twice. Off unless you add this option.',
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
	'Stops a run with more recipients before anything is sent',
	1_000,
);

export const maxParts = limit(
	'SMS Parts at Most',
	'maxParts',
	'Stops a run with more SMS parts before anything is sent. The node counts the parts of texts on SMS channels, whose types it looks up.',
	1_000,
);

const messagesPerMinute = limit(
	'Messages per Minute',
	'messagesPerMinute',
	'Maximum number of messages per minute with this credential, over all runs with this setting in this n8n',
	60,
);

const summary: INodeProperties = {
	displayName: 'Summary',
	name: 'summary',
	type: 'boolean',
	default: true,
	description:
		'Whether to add the totals of the run to the last item: sent, skipped, held, unknown, and failed items, SMS parts, and minutes. Off unless you add this option.',
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
			? 'Ensures that no one is asked twice'
			: 'For broadcasts: send once, limit the recipients, set a pace, and keep quiet hours',
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
