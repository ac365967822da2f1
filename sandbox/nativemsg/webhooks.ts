import { z } from 'zod';
import type { InboundMessage } from '../inbound';
import type { Deliveries } from '../webhooks';
import { SIGNATURE_HEADER, type WebhookEndpoint } from '../webhookRequest';
import { bodyOfBot, botRequestSchema, type NativeMsgWebhook } from './botRequest';
import { messageRecord, type MessageStatus } from './records';
import { digitsOf, type Account, type Message } from './state';

const SMS_CHANNEL = 601;

export const webhookSchema = z
	.object({
		url: z.string().url(),
		secret: z.string().regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without blanks'),
		check: z.enum(['signature', 'header']),
		header: z
			.string()
			.regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is not the name of a header')
			.default(SIGNATURE_HEADER),
		/** Set if a bot requests the URL at each message, instead of a webhook from the dashboard. */
		bot: botRequestSchema.optional(),
	})
	.strict();

/** What a user enters in the dashboard, or in a bot. */
export type HandEnteredWebhook = z.output<typeof webhookSchema>;

export function addWebhook({ webhooks }: Account, entered: HandEnteredWebhook): WebhookEndpoint {
	const webhook: NativeMsgWebhook = {
		id: `hook_${webhooks.length + 1}`,
		service: 'nativeMsg',
		events: null,
		...entered,
	};
	webhooks.push(webhook);
	return webhook;
}

/** Reports when messages that were accepted together fail, are delivered, and are read. */
export function reportStatuses(account: Account, deliveries: Deliveries, messages: Message[]): void {
	const report = (status: MessageStatus, steps: number, gets: (message: Message) => boolean) => {
		const some = messages.filter(gets);
		if (some.length === 0) return;
		deliveries.after(steps * some[0].stepMs, () => {
			for (const message of some) publish(account, deliveries, messageRecord(message, status));
		});
	};
	report('F', 1, ({ fails }) => fails);
	report('D', 2, ({ fails }) => !fails);
	report('R', 3, ({ fails, isRead }) => isRead && !fails);
}

/**
 * Simulates an incoming message. An unknown number becomes a human.
 *
 * @throws ApiError 404 if there is no such channel
 */
export function receive(
	account: Account,
	deliveries: Deliveries,
	{ from, text, media, payload, channelId }: InboundMessage,
): { messageId: string } {
	const known = account.humanByPhone(from);
	const channel = account.channels.get(channelId ?? known?.memberships[0]?.channelId ?? SMS_CHANNEL);
	const human = known ?? account.addHuman({ phone: digitsOf(from) });
	const now = account.timestamp();
	const membership = account.join(human, channel.id);
	membership.lastCommunication = now;
	const id = account.messages.newId();
	publish(account, deliveries, {
		id,
		botId: channel.botId,
		channelId: channel.id,
		requestId: null,
		humandId: human.id,
		sent: now,
		status: 'D',
		messageType: 'I',
		delivered: now,
		profilePic: null,
		message: { text, media, payload },
	});
	const tags = {
		'nm:text': text,
		'nm:payload': payload,
		'nm:phone': human.phone ?? undefined,
		'nm:subscribed': String(membership.subscribed),
	};
	for (const { bot, ...webhook } of account.webhooks) {
		if (bot) deliveries.send(webhook, String(id), bodyOfBot(bot, tags));
	}
	return { messageId: String(id) };
}

function publish(
	{ webhooks }: Account,
	deliveries: Deliveries,
	record: { id: number } & Record<string, unknown>,
): void {
	for (const { bot, ...webhook } of webhooks) {
		if (!bot) deliveries.send(webhook, String(record.id), record);
	}
}
