import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { FinishedBody, type WebhookEndpoint } from '../webhookRequest';

/**
 * The request of a bot's `request` action to a webhook. About its content, the reference only says that tags can be used.
 */
export const botRequestSchema = z
	.object({
		/** With tags such as `{nm:text}`. */
		content: z.record(z.unknown()),
		dataFormat: z.enum(['json', 'form']).default('json'),
		/** The replacement for a tag without a value; null leaves the tag as it is. */
		nothing: z.string().nullable().default(''),
		/** If false, values are pasted into the finished JSON unescaped. */
		escapes: z.boolean().default(true),
	})
	.strict();

export type BotRequest = z.output<typeof botRequestSchema>;

/** A webhook of the account, or a URL that a bot requests instead. */
export interface NativeMsgWebhook extends WebhookEndpoint {
	bot?: BotRequest;
}

/** The values of tags, by name; undefined for none. */
export type TagValues = Record<string, string | undefined>;

const TAG = /\{(nm:[^{}]+)\}/g;

/** The body that the action sends; `nm:uuid` differs each time. */
export function bodyOfBot(
	{ content, dataFormat, nothing, escapes }: BotRequest,
	values: TagValues,
): FinishedBody {
	const valueOf = (tag: string, name: string) =>
		name === 'nm:uuid' ? randomUUID() : (values[name] ?? nothing ?? tag);
	const fill = (text: string) => text.replace(TAG, valueOf);
	if (dataFormat === 'form') {
		const fields = Object.entries(content).map(([name, value]) => [name, fill(String(value))]);
		return new FinishedBody('application/x-www-form-urlencoded', new URLSearchParams(fields).toString());
	}
	const text = escapes
		? JSON.stringify(content, (_key, value: unknown) => (typeof value === 'string' ? fill(value) : value))
		: fill(JSON.stringify(content));
	return new FinishedBody('application/json', text);
}
