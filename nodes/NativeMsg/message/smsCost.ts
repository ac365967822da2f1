import type { MessageCost } from '../../operations/defineOperation';
import type { Form } from '../../operations/form/form';
import type { RequestOf } from '../../transport/endpoint';
import { knownTypes } from './channelChecks';
import type { SmsSize } from './smsParts';
import { nameOf, smsSize } from './smsParts';

type Message = RequestOf<'POST /messages'>['body'];

/** The channel types that send SMS. */
const SMS_TYPES = ['dlc', 'dsc'];
/** With any of these, a message isn't plain text, and the reference doesn't say how it is sent as SMS. */
const NO_TEXT: Array<keyof Message> = [
	'buttons',
	'carousel',
	'list',
	'media',
	'quickReplies',
	'richCard',
	'title',
];
/** Maximum number of characters to name. */
const MAX_NAMED = 5;
/** If a larger share of a text isn't in GSM-7, it is in another alphabet rather than having a few stray characters. */
const MAX_SLIPS = 0.1;

/** Whether only a few characters make a text more expensive. */
const isAvoidable = ({ parts, partsWithout, othersShare }: SmsSize) =>
	parts > partsWithout && othersShare <= MAX_SLIPS;

let last: { text: string; cost: MessageCost } | undefined;

/** The cost of a text as SMS. The last result is cached, because many items have the same text. */
function costOf(text: string): MessageCost {
	if (last?.text === text) return last.cost;
	const size = smsSize(text);
	const named = size.others.slice(0, MAX_NAMED).map(nameOf);
	const output = {
		smsParts: size.parts,
		smsEncoding: size.encoding,
		...(named.length > 0 && { smsSwitchedBy: named.join(', ') }),
	};
	const saving = isAvoidable(size) ? { characters: named, parts: size.partsWithout } : undefined;
	last = { text, cost: { parts: size.parts, output, saving } };
	return last.cost;
}

/** The cost of a message as SMS; undefined if it isn't known to go to an SMS channel, or isn't plain text. */
export function smsCost(message: Message, form: Form): MessageCost | undefined {
	const { text } = message;
	if (!text || NO_TEXT.some((name) => message[name] !== undefined)) return undefined;
	return knownTypes(message, form).some((type) => SMS_TYPES.includes(type)) ? costOf(text) : undefined;
}
