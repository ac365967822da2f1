import type { NodeHint } from 'n8n-workflow';
import { GSM_7 } from './message/smsParts';

const isOperation = (resource: string, operation: string) =>
	`$parameter["resource"] === "${resource}" && $parameter["operation"] === "${operation}"`;

/** All characters of the SMS alphabet, for a character class in a regular expression. */
const GSM = [...GSM_7]
	.map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
	.join('');

/** Hints in the node's panel before the node runs. Hints that depend on a run appear next to its output. */
export const hints: NodeHint[] = [
	{
		message:
			"As SMS, this text takes more parts because of a few characters, such as curly quotes or emoji, that aren't in the SMS alphabet (GSM-7). <b>Preview</b> names them.",
		displayCondition: `={{ ${isOperation('message', 'send')} && ((text) => { const others = text.match(/[^${GSM}]/gu) ?? []; return text.length > 70 && others.length > 0 && others.length < text.length / 10; })(String($parameter["text"] ?? "")) }}`,
		whenToDisplay: 'beforeExecution',
		location: 'outputPane',
	},
	{
		message: 'This removes all interactions of the bot. You can restore them with <b>Restore Revision</b>.',
		displayCondition: `={{ ${isOperation('bot', 'update')} && $parameter["specifyInteractions"] === "removeAllInteractions" }}`,
		whenToDisplay: 'beforeExecution',
		location: 'outputPane',
		type: 'warning',
	},
	{
		message:
			'This sends a message to everyone on these channels, or with these tags, for every input item, unless the items have the same message. To send only one, turn on <b>Execute Once</b> in the node settings.',
		displayCondition: `={{ ${isOperation('message', 'send')} && ["channels", "tags"].includes($parameter["targetType"]) && $input.all().length > 1 }}`,
		whenToDisplay: 'beforeExecution',
		location: 'outputPane',
		type: 'warning',
	},
	{
		message:
			'Each item is sent in a separate request. Turn on <b>Options > Combine Items</b> to send items that differ only in their recipients together, which is faster.',
		displayCondition: `={{ ${isOperation('message', 'send')} && $parameter["options"]["combineItems"] === false && !["wait", "failIfNotDelivered"].includes($parameter["delivery"]["settings"]?.["afterSending"]) && $input.all().length >= 1000 }}`,
		whenToDisplay: 'beforeExecution',
		location: 'outputPane',
	},
];
