import type { MessageCost } from '../../operations/defineOperation';
import type { Form } from '../../operations/form/form';
import type { RequestOf } from '../../transport/endpoint';
import { knownTypes } from './channelChecks';
import type { SmsSize } from './smsParts';
import { nameOf, smsSize } from './smsParts';

type Message = RequestOf<'POST /messages'>['body'];

/** The types of channel that send SMS. */
const SMS_TYPES = ['dlc', 'dsc'];
/** With any of these it isn't a plain text, and the reference doesn't say what becomes of it as SMS. */
const NO_TEXT: Array<keyof Message> = [
	'buttons',
	'carousel',
	'list',
	'media',
	'quickReplies',
	'richCard',
	'title',
];
/** How many characters are named. */
const MAX_NAMED = 5;
/** If more of a text are characters that GSM-7 doesn't have, that is no slip, but another alphabet. */
const MAX_SLIPS = 0.1;

/** Whether a few characters make a text more expensive. */
const isAvoidable = ({ parts, partsWithout, othersShare }: SmsSize) =>
	parts > partsWithout && othersShare <= MAX_SLIPS;

let last: { text: string; cost: MessageCost } | undefined;

/** What a text costs as SMS; the same as before costs the same. */
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

/** What a message costs as SMS; undefined where no SMS channel is known that it goes to, or it isn't a plain text. */
export function smsCost(message: Message, form: Form): MessageCost | undefined {
	const { text } = message;
	if (!text || NO_TEXT.some((name) => message[name] !== undefined)) return undefined;
	return knownTypes(message, form).some((type) => SMS_TYPES.includes(type)) ? costOf(text) : undefined;
}
