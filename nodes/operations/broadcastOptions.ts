import type { INodeProperties } from 'n8n-workflow';
import type { AnyOperation } from './defineOperation';

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

/** Mean nothing unless the broadcast has a name. */
export const NEEDS_NAME = [keptRecipients, sendUnknownAgain];

/** What operations that message people offer under Broadcast; the first item decides for all, except about the name. */
export function broadcastFields({ addressee }: AnyOperation): INodeProperties[] {
	return addressee ? [BROADCAST_NAME, keptRecipients, sendUnknownAgain] : [];
}

/** The group of these settings; undefined where an operation has none. */
export function broadcastGroup(operation: AnyOperation): INodeProperties | undefined {
	const options = broadcastFields(operation);
	if (options.length === 0) return undefined;
	return {
		displayName: 'Broadcast',
		name: 'broadcast',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		description: 'For messages to many: nobody gets it twice',
		options,
	};
}
