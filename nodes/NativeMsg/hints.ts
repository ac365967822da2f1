import type { NodeHint } from 'n8n-workflow';

const isOperation = (resource: string, operation: string) =>
	`$parameter["resource"] === "${resource}" && $parameter["operation"] === "${operation}"`;

/** What may surprise a user, said in the node's panel before the node runs. What only a run shows is said beside its output. */
export const hints: NodeHint[] = [
	{
		message:
			'This removes all interactions of the bot. Earlier ones stay in its revisions, from where <b>Restore Revision</b> brings them back.',
		displayCondition: `={{ ${isOperation('bot', 'update')} && $parameter["specifyInteractions"] === "removeAllInteractions" }}`,
		whenToDisplay: 'beforeExecution',
		location: 'outputPane',
		type: 'warning',
	},
	{
		message:
			'Everybody on these channels, or with these tags, gets a message for each input item, unless the items have the same message. To send one message only, switch on <b>Execute Once</b> in the settings of the node.',
		displayCondition: `={{ ${isOperation('message', 'send')} && ["channels", "tags"].includes($parameter["targetType"]) && $input.all().length > 1 }}`,
		whenToDisplay: 'beforeExecution',
		location: 'outputPane',
		type: 'warning',
	},
	{
		message:
			'Each item will be a call of its own. With <b>Options > Combine Items</b> those that differ only in their recipients share calls, which is much faster.',
		displayCondition: `={{ ${isOperation('message', 'send')} && $parameter["options"]["combineItems"] === false && !["wait", "failIfNotDelivered"].includes($parameter["delivery"]["settings"]?.["afterSending"]) && $input.all().length >= 1000 }}`,
		whenToDisplay: 'beforeExecution',
		location: 'outputPane',
	},
];
