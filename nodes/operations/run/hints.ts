import type { IExecuteFunctions } from 'n8n-workflow';
import type { AnyOperation } from '../defineOperation';
import type { BroadcastSettings } from '../broadcastOptions';
import { BROADCAST_NAME, maxParts, NEEDS_NAME } from '../broadcastOptions';
import { hasOutput } from '../outcome';
import { sizeOf } from './limits';
import type { Call } from './plan';
import type { Results } from './results';
import type { RunOptions } from '../runOptions';

/** Maximum number of characters to name. */
const MAX_CHARACTERS = 5;
/** From this many items on, separate requests take noticeably longer than combined ones. */
const MANY_ITEMS = 1_000;

/** One sentence for each setting that was added but has no effect together with the others. */
function withoutEffect(recipientsPerCall: number | undefined, entered: RunOptions['entered']): string[] {
	const isSeparate = recipientsPerCall === undefined;
	return [
		...NEEDS_NAME.filter(({ name }) => name in entered && !(BROADCAST_NAME.name in entered)).map(
			({ displayName }) => idle(displayName, `without ${BROADCAST_NAME.displayName}`),
		),
		...(isSeparate && entered.combineItems === true
			? [idle('Combine Items', 'while the node waits for delivery: each item is sent in a separate request')]
			: []),
		...(isSeparate && 'recipientsPerCall' in entered
			? [idle('Recipients per Request', 'because each item is sent in a separate request')]
			: []),
	];
}

/** Says that the limit of SMS parts has no effect, because no message has a known number of parts. */
export function idleLimit(calls: Call[], { maxParts: most }: BroadcastSettings): string[] {
	if (most === undefined || sizeOf(calls).parts !== undefined) return [];
	return [idle(maxParts.displayName, 'because no text goes to a channel that is known to send SMS')];
}

const idle = (label: string, why: string) => `<b>${label}</b> has no effect ${why}.`;

/** Which characters make texts more expensive, in which items, and by how much. */
export function costRemarks(calls: Call[]): string[] {
	const itemsWith = new Map<string, number[]>();
	const total = { texts: 0, parts: 0, partsWithout: 0 };
	for (const { item } of calls.flatMap(({ shares }) => shares)) {
		if (!item.cost?.saving) continue;
		total.texts++;
		total.parts += item.cost.parts;
		total.partsWithout += item.cost.saving.parts;
		for (const character of item.cost.saving.characters) {
			const indexes = itemsWith.get(character) ?? [];
			itemsWith.set(character, indexes);
			indexes.push(item.itemIndex);
		}
	}
	if (total.texts === 0) return [];
	const named = [...itemsWith].slice(0, MAX_CHARACTERS).map(([character, [first, ...others]]) => {
		const more = others.length > 0 ? ` and ${others.length} more` : '';
		return `${character} in item ${first}${more}`;
	});
	const unnamed = itemsWith.size - named.length;
	const texts = total.texts === 1 ? '1 text takes' : `${total.texts} texts take`;
	if (unnamed > 0) named.push(`and ${unnamed} more`);
	return [
		`${texts} ${total.parts} SMS parts instead of ${total.partsWithout}, because of characters that aren't in the SMS alphabet (GSM-7): ${named.join('; ')}.`,
	];
}

/** Adds hints next to the output about anything that may surprise the user. */
export function addHints(
	context: IExecuteFunctions,
	{ combine }: AnyOperation,
	{ recipientsPerCall, entered }: RunOptions,
	results: Results,
	oddities: string[],
): void {
	for (const message of oddities) context.addExecutionHints({ message, location: 'outputPane' });
	for (const message of withoutEffect(recipientsPerCall, entered)) {
		context.addExecutionHints({ message, location: 'outputPane' });
	}
	if (!combine) return;
	const indexes = [...context.getInputData().keys()];
	const isSeparate = recipientsPerCall === undefined && !combine.isImpossible?.(entered);
	if (isSeparate && indexes.length >= MANY_ITEMS) {
		context.addExecutionHints({
			message: `Each of the ${indexes.length} items was sent in a separate request. Turn on <b>Options > Combine Items</b> to send items that differ only in their recipients together, which is faster.`,
			location: 'outputPane',
		});
	}
	const duplicates = indexes.reduce((sum, itemIndex) => {
		const outcome = results.get(itemIndex);
		const [item] = hasOutput(outcome) ? outcome.output : [];
		return sum + Number(item?.duplicateCount ?? 0);
	}, 0);
	if (duplicates > 0) {
		const remedy = entered.broadcastName
			? 'use different values of <b>Broadcast > Broadcast Name</b>'
			: 'turn off <b>Options > Combine Items</b>';
		context.addExecutionHints({
			message: `Duplicate recipients get the message once (${duplicates} left out). To send it again on purpose, ${remedy}.`,
			location: 'outputPane',
		});
	}
}
