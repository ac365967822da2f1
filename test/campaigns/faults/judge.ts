import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isDeepStrictEqual } from 'node:util';
import type { NodeOutcome } from '../../support/engine';

/** One input item: the recipients it names, and the text they must get. */
export interface Order {
	/** Phone digits, as the sandbox counts them. */
	recipients: string[];
	text: string;
}

/**
 * What the user is told about an item. `partly`: some of its recipients got the message, perhaps through another item.
 * `dropped`: nothing, because n8n discards the output of a node that stopped at another item. `missing`: nothing,
 * although the node continued.
 */
export type Told = 'sent' | 'unknown' | 'partly' | 'failed' | 'dropped' | 'missing';

export interface Verdict {
	items: number;
	/** Messages that the sandbox accepted. */
	accepted: number;
	told: Record<Told, number>;
	/** Accepted messages of items that n8n dropped. */
	droppedAccepted: number;
	/** Dropped items whose message was accepted, without those that the error names as done or unknown. */
	untold: number;
	/** Outputs that aren't in item order, occur twice, or lost the data of their item. */
	disordered: number;
	/** Recipients for whom a text was accepted more than once, even within one request. */
	twice: number;
	/** Recipients who got the text only of an item that was reported as failed. */
	failedButAccepted: number;
	/** Recipients of items reported as sent who got nothing. */
	sentButNotAccepted: number;
	/** Items reported as sent although one of their recipients got nothing, or their outcome is unknown. */
	sentInDoubt: number;
}

/** The values of `details.outcome` that say the same as a message. */
const OUTCOMES: Partial<Record<Told, string[]>> = {
	unknown: ['unknown'],
	partly: ['partlySent'],
	failed: ['notSent', 'refused'],
};

/**
 * What a message tells the user.
 *
 * @throws Error if it says something else than the details, which not every version of n8n keeps
 */
function toldBy(message: unknown, details?: IDataObject): Told {
	const told: Told = /^It's unknown whether/.test(String(message))
		? 'unknown'
		: /^Only some recipients of this item/.test(String(message))
			? 'partly'
			: 'failed';
	if (details && !OUTCOMES[told]!.includes(String(details.outcome)))
		throw new Error(`"${String(message)}" doesn't say that the outcome is "${String(details.outcome)}"`);
	return told;
}

/** What the user is told about each item, in the order of the items. */
export function toldAbout({ success, failed, error }: NodeOutcome, count: number): Told[] {
	const told: Told[] = Array.from({ length: count }, () => (error ? 'dropped' : 'missing'));
	if (error) told[error.context?.itemIndex as number] = toldBy(error.message);
	for (const { json, pairedItem } of [...success, ...failed] as INodeExecutionData[]) {
		const { item } = pairedItem as { item: number };
		told[item] = json.error === undefined ? 'sent' : toldBy(json.error, json.details as IDataObject);
	}
	return told;
}

/** How many items a text such as `items 0-2 and 5 were` names. */
function namedIn(text = ''): number {
	return [...text.matchAll(/(\d+)(?:-(\d+))?/g)].reduce(
		(sum, [, first, last = first]) => sum + Number(last) - Number(first) + 1,
		0,
	);
}

/** How many items the error of a stopped node mentions, in addition to the one it is about. */
function toldByError({ error }: NodeOutcome): number {
	const [, done, unknown] =
		/Before the node stopped, (.*?)(?:; it is unknown whether (.*?))?\. To get/.exec(
			error?.description ?? '',
		) ?? [];
	return namedIn(done) + namedIn(unknown);
}

/**
 * Whether the outcome of a recipient can't be known: the first item with this text for them had no other recipients, and
 * its outcome is unknown.
 */
function isInDoubt(orders: Order[], told: Told[], recipient: string, text: string): boolean {
	const first = orders.findIndex((order) => order.text === text && order.recipients.includes(recipient));
	return told[first] === 'unknown' && orders[first].recipients.length === 1;
}

/** How many outputs are in the wrong place; failures go to the error output with the data of their item. */
function countDisordered({ success, failed }: NodeOutcome, items: IDataObject[]): number {
	const itemOf = ({ pairedItem }: INodeExecutionData) => (pairedItem as { item: number }).item;
	const early = [success, failed].flatMap((branch) =>
		branch.filter((output, index) => index > 0 && itemOf(output) <= itemOf(branch[index - 1])),
	);
	const all = [...success, ...failed].map(itemOf);
	const lost = failed.filter((output) => {
		const { error: _error, details: _details, ...data } = output.json;
		return !isDeepStrictEqual(data, items[itemOf(output)]);
	});
	return early.length + (all.length - new Set(all).size) + lost.length;
}

/** What the sandbox counted: messages per recipient, and how often each was named for one. */
interface Counted {
	recipients: Record<string, number>;
	named: Record<string, number>;
}

/** Compares what the user is told about items with what the sandbox counted. */
export function judge(
	orders: Order[],
	items: IDataObject[],
	outcome: NodeOutcome,
	{ recipients: accepted, named }: Counted,
): Verdict {
	const told = toldAbout(outcome, orders.length);
	const count = (one: Told) => told.filter((other) => other === one).length;
	/** The texts that each recipient must get. */
	const wanted = new Map<string, Set<string>>();
	/** Recipients who may have got something from items that aren't reported as failed. */
	const maybe = new Set<string>();
	orders.forEach(({ recipients, text }, index) => {
		for (const recipient of recipients) {
			wanted.set(recipient, (wanted.get(recipient) ?? new Set()).add(text));
			if (told[index] !== 'failed') maybe.add(recipient);
		}
	});
	const of = (one: Told) =>
		new Set(orders.flatMap(({ recipients }, index) => (told[index] === one ? recipients : [])));
	const alone = (recipient: string) =>
		orders.filter(({ recipients }) => recipients.includes(recipient)).length === 1;
	const droppedItems = orders.filter(
		({ recipients }, index) =>
			told[index] === 'dropped' && recipients.some((one) => accepted[one] && alone(one)),
	).length;
	const messagesTo = (recipients: Iterable<string>) =>
		[...recipients].reduce((sum, recipient) => sum + (accepted[recipient] ?? 0), 0);
	return {
		items: orders.length,
		accepted: messagesTo(Object.keys(accepted)),
		told: {
			sent: count('sent'),
			unknown: count('unknown'),
			partly: count('partly'),
			failed: count('failed'),
			dropped: count('dropped'),
			missing: count('missing'),
		},
		droppedAccepted: messagesTo([...of('dropped')].filter((one) => !of('sent').has(one))),
		disordered: countDisordered(outcome, items),
		untold: Math.max(0, droppedItems - toldByError(outcome)),
		twice: Object.entries(named).filter(([one, times]) => times > (wanted.get(one)?.size ?? 0)).length,
		failedButAccepted: [...of('failed')].filter((one) => accepted[one] && !maybe.has(one)).length,
		sentInDoubt: orders.filter(
			({ recipients, text }, index) =>
				told[index] === 'sent' &&
				recipients.some((one) => !accepted[one] || isInDoubt(orders, told, one, text)),
		).length,
		sentButNotAccepted: [...of('sent')].filter((one) => !accepted[one]).length,
	};
}
