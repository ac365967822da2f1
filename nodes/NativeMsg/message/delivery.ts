import type { IDataObject } from 'n8n-workflow';
import type { SettleRun } from '../../operations/defineOperation';
import type { RequestOf } from '../../transport/endpoint';
import type { FailedOutcome } from '../../transport/errors';
import { textOf } from '../../transport/json';
import { serviceWords } from '../../transport/serviceWords';
import { combineTargets, targetName } from './combineTargets';
import { DEFAULT_SECONDS, isWaiting, MAX_SECONDS } from './deliveryFields';
import { inParallel } from './inParallel';
import { messageRecord } from './records';

/** How long (ms) until a request is looked up again: first, and at most. */
const FIRST_INTERVAL_MS = 1_000;
const MAX_INTERVAL_MS = 10_000;
const NO_REQUEST_ID = 'nativeMsg gave no request ID to look it up by';
const FINAL = new Set(['delivered', 'read', 'failed']);

/** A message that was sent, but did not arrive. */
class NotDeliveredError extends Error {
	readonly outcome: FailedOutcome = 'notDelivered';

	readonly description =
		'The message was sent. Look at the status of each recipient in nativeMsg before you send it again.';

	constructor(
		message: string,
		readonly requestId: unknown,
	) {
		super(message);
	}
}

/** What became of the message of one recipient; what nobody knows is null. */
export type Delivery = {
	phone: string | null;
	status: string;
	/** Why it failed, in the words of the service. */
	reason: string | null;
	humanId: unknown;
	messageId: unknown;
};

/** One item whose message is on its way. */
interface Sent {
	itemIndex: number;
	output: IDataObject;
	/** The phone number of the only recipient. */
	phone: string | null;
	/** How many recipients are to come; undefined where only nativeMsg knows, as for tags. */
	expected?: number;
	/** One for each recipient, as far as they are known. */
	deliveries: Delivery[];
	/** Whether the last look found the same recipients as the one before. */
	isSteady: boolean;
	lookupError?: string;
}

/** The phone number of the only recipient of a request; null where there are several, or none is known. */
function onlyPhone(request: SettleRun['sent'][number]['request']): string | null {
	const recipients = request ? combineTargets.recipients(request as never) : [];
	const subjects = new Set(recipients.map(({ subject }) => subject));
	const [first] = subjects;
	return subjects.size === 1 && first.startsWith('phones ') ? targetName(first) : null;
}

/** Why a message failed, if its record says so: its `message` is the content. */
function reasonIn(record: IDataObject): string | null {
	if (record.statusName !== 'failed') return null;
	return serviceWords({ ...record, message: undefined }).text ?? null;
}

/** How many recipients the service will have a record of; undefined where it alone knows whom targets stand for. */
function recipientsOf(request: SettleRun['sent'][number]['request']): number | undefined {
	const { targets } = (request as RequestOf<'POST /messages'> | undefined)?.body ?? { targets: [] };
	const kinds = new Set(targets.map(({ targetType }) => targetType));
	// People by phone and by ID may be the same ones, and who is subscribed is not known here.
	const isKnown =
		kinds.size === 1 &&
		(kinds.has('humans') || kinds.has('phones')) &&
		targets.every(({ subscription }) => !subscription);
	return isKnown
		? new Set(combineTargets.recipients(request as never).map(({ subject }) => subject)).size
		: undefined;
}

const isFinal = ({ deliveries }: Sent) => deliveries.every(({ status }) => FINAL.has(status));
const countOf = ({ deliveries }: Sent) =>
	new Set(deliveries.map(({ humanId, messageId }) => humanId ?? messageId)).size;

/** Whether nothing more is to come. Records of a request may appear one after the other. */
function isSettled(sent: Sent): boolean {
	if (sent.deliveries.length === 0 || !isFinal(sent)) return false;
	return sent.expected === undefined ? sent.isSteady : countOf(sent) >= sent.expected;
}

function stateOf(sent: Sent): 'pending' | 'delivered' | 'failed' {
	if (sent.deliveries.some(({ status }) => status === 'failed')) return 'failed';
	return isSettled(sent) ? 'delivered' : 'pending';
}

async function lookUp(sent: Sent, { client }: SettleRun): Promise<void> {
	const path = { request_id: String(sent.output.requestId) };
	const before = sent.deliveries.map(({ messageId }) => messageId).join();
	try {
		const records = await client.call('GET /messages/requests/{request_id}', { path });
		sent.deliveries = records.map(messageRecord).map((record) => ({
			phone: textOf(record.phone) ?? sent.phone,
			status: String(record.statusName),
			reason: reasonIn(record),
			humanId: record.humanId,
			messageId: record.id,
		}));
		sent.isSteady = before === sent.deliveries.map(({ messageId }) => messageId).join();
		sent.lookupError = undefined;
	} catch (error) {
		sent.lookupError = (error as Error).message;
	}
}

function report(sent: Sent, { results, options }: SettleRun): void {
	const { itemIndex, deliveries, expected = 0, lookupError } = sent;
	const { status, ...output } = sent.output;
	const delivery = stateOf(sent);
	const total = Math.max(deliveries.length, expected);
	const missing =
		total - deliveries.filter(({ status }) => status === 'delivered' || status === 'read').length;
	// A cancelled wait says nothing about the delivery.
	if (options.afterSending === 'failIfNotDelivered' && delivery !== 'delivered' && !results.isOver()) {
		const state = delivery === 'failed' ? 'failed' : 'still on its way';
		const count = total > 0 ? `${missing} of ${total} recipients` : 'All recipients';
		const error = new NotDeliveredError(`${count} didn't get the message (${state})`, output.requestId);
		return results.update(itemIndex, { error });
	}
	results.update(itemIndex, {
		output: [{ status, delivery, ...output, deliveries, ...(lookupError && { lookupError }) }],
	});
}

/**
 * Looks the sent messages up until all are delivered, read or failed, or the time given is over. Whom a tag or a channel
 * stands for is known when two looks in a row find the same recipients.
 */
export async function waitForDelivery(run: SettleRun): Promise<void> {
	const { results, options, concurrency, wait } = run;
	if (!isWaiting(options)) return;
	// What is out of range is no reason to fail: everything is sent by now.
	const seconds = Math.min(Number(options.waitSeconds ?? DEFAULT_SECONDS) || DEFAULT_SECONDS, MAX_SECONDS);
	const deadline = Date.now() + seconds * 1000;
	const all = run.sent.map(({ itemIndex, output, request }): Sent => {
		const isKnown = typeof output.requestId === 'string' || typeof output.requestId === 'number';
		const lookupError = isKnown ? undefined : NO_REQUEST_ID;
		return {
			itemIndex,
			output,
			phone: onlyPhone(request),
			expected: recipientsOf(request),
			deliveries: [],
			isSteady: false,
			lookupError,
		};
	});
	let onTheirWay = all.filter(({ lookupError }) => lookupError === undefined);
	for (let interval = FIRST_INTERVAL_MS; ; interval = Math.min(interval * 1.5, MAX_INTERVAL_MS)) {
		await inParallel(onTheirWay, concurrency, (sent) => lookUp(sent, run), results.isOver);
		onTheirWay = onTheirWay.filter((sent) => !isSettled(sent));
		if (onTheirWay.length === 0 || results.isOver() || Date.now() >= deadline) break;
		await wait(Math.min(interval, deadline - Date.now()));
	}
	for (const sent of all) report(sent, run);
	const forNobody = all.filter(({ deliveries, lookupError }) => deliveries.length === 0 && !lookupError);
	if (forNobody.length > 0 && !results.isOver()) {
		run.addHint(
			`${forNobody.length} of ${all.length} messages had no recipients that nativeMsg knows of. Check that someone has the tag, is on the channel, or is subscribed.`,
		);
	}
}
