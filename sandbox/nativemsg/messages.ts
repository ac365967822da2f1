import { ApiError } from '../api';
import type { OperationHandler, OperationInput } from '../contract';
import type { SandboxSettings } from '../settings';
import type { Deliveries } from '../webhooks';
import type { MediaFetches } from './media';
import { messageRecord, statusOf } from './records';
import { digitsOf, recipientKeyOf, type Account, type Human, type Message } from './state';
import { mainMembership, membershipOf } from './subscriptions';
import { reportStatuses } from './webhooks';

interface Target {
	targetType: 'humans' | 'channels' | 'tags' | 'phones';
	ids?: number[];
	phones?: string[];
	channelId?: number;
	subscription?: boolean;
}

interface MessageBody extends Record<string, unknown> {
	targets: Target[];
}

interface Recipient {
	human: Human;
	channelId: number;
}

const CONTENT_FIELDS = ['title', 'text', 'media', 'carousel', 'list', 'richCard'];
const UNDELIVERABLE = /0199$/;
/** Numbers of people who read their messages. */
const READERS = /[02468]$/;

/** Requests 35 to 37 of the reference. */
export function messageOperations(
	account: Account,
	settings: SandboxSettings,
	deliveries: Deliveries,
	media: MediaFetches,
): Record<string, OperationHandler> {
	const currentRecord = (message: Message) => messageRecord(message, statusOf(message, account.now()));
	return {
		'POST /messages': ({ body }: OperationInput<MessageBody>) => {
			const { targets, ...content } = body;
			if (!CONTENT_FIELDS.some((field) => content[field] !== undefined && content[field] !== '')) {
				throw new ApiError(422, `The message has no content: it needs one of ${CONTENT_FIELDS.join(', ')}.`);
			}
			// Before anyone is served: a request is accepted as a whole or not at all.
			targets.forEach((target, index) => checkTarget(account, target, `targets[${index}]`));
			const named = targets.flatMap((target) => recipientsOf(account, target));
			for (const { human } of named) countName(account, human);
			const recipients = new Map(named.map((recipient) => [recipient.human.id, recipient]));
			const { requestId, messages } = accept(account, [...recipients.values()], content, settings.stepMs);
			reportStatuses(account, deliveries, messages);
			if (settings.fetchMedia) media.add(requestId, content.media);
			return { requestId };
		},

		'GET /messages/requests/{request_id}': ({ params }) => {
			const messages = account.messagesByRequest.get(params.request_id);
			if (!messages) throw new ApiError(404, `Request ${params.request_id} does not exist.`);
			return messages.map(currentRecord);
		},

		'GET /messages/{message_id}': ({ params }) => currentRecord(account.messages.get(params.message_id)),
	};
}

function checkTarget({ humans, channels, tags }: Account, target: Target, place: string): void {
	const { targetType, ids = [], channelId } = target;
	switch (targetType) {
		case 'humans':
			return ids.forEach((id) => mainMembership(humans.get(id, 422)));
		case 'channels':
			return channels.requireAll(ids);
		case 'tags':
			return tags.requireAll(ids);
		case 'phones':
			if (channelId === undefined) throw new ApiError(422, `"${place}.channelId" is required for phones.`);
			return channels.requireAll([channelId]);
	}
}

function recipientsOf(account: Account, target: Target): Recipient[] {
	const recipients = everybodyIn(account, target);
	if (!target.subscription) return recipients;
	return recipients.filter(({ human, channelId }) => membershipOf(human, channelId)?.subscribed);
}

function everybodyIn(
	account: Account,
	{ targetType, ids = [], phones = [], channelId = 0 }: Target,
): Recipient[] {
	const { humans } = account;
	const onMainChannel = (human: Human) =>
		human.memberships.slice(0, 1).map((membership) => ({ human, channelId: membership.channelId }));
	switch (targetType) {
		case 'humans':
			return ids.flatMap((id) => onMainChannel(humans.get(id)));
		case 'channels':
			return ids.flatMap((id) =>
				humans
					.list()
					.filter((human) => membershipOf(human, id))
					.map((human) => ({ human, channelId: id })),
			);
		case 'tags':
			return humans
				.list()
				.filter(({ tagIds }) => ids.some((id) => tagIds.has(id)))
				.flatMap(onMainChannel);
		case 'phones':
			return phones.map((phone) => {
				const human = account.humanByPhone(phone) ?? account.addHuman({ phone: digitsOf(phone) });
				account.join(human, channelId);
				return { human, channelId };
			});
	}
}

function countName({ named }: Account, human: Human): void {
	const key = recipientKeyOf(human);
	named.set(key, (named.get(key) ?? 0) + 1);
}

/** Stores one message per recipient, under a new request. */
function accept(
	{ channels, messages, messagesByRequest, now }: Account,
	recipients: Recipient[],
	content: Record<string, unknown>,
	stepMs: number,
): { requestId: string; messages: Message[] } {
	const requestId = `request${String(messagesByRequest.size + 1).padStart(8, '0')}`;
	const accepted = recipients.map(({ human, channelId }) =>
		messages.add({
			requestId,
			humanId: human.id,
			recipientKey: recipientKeyOf(human),
			channelId,
			botId: channels.get(channelId).botId,
			content,
			acceptedAt: now(),
			stepMs,
			fails: human.phone !== null && UNDELIVERABLE.test(human.phone),
			isRead: human.phone !== null && READERS.test(human.phone),
		}),
	);
	messagesByRequest.set(requestId, accepted);
	return { requestId, messages: accepted };
}
