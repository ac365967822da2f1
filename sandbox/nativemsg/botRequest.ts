import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { FinishedBody, type WebhookEndpoint } from '../webhookRequest';

/** How the `request` action of a bot calls a webhook. Of its content the reference only says that tags can be used. */
export const botRequestSchema = z
	.object({
		/** With tags such as `{nm:text}`. */
		content: z.record(z.unknown()),
		dataFormat: z.enum(['json', 'form']).default('json'),
		/** What is filled in for a tag without a value; null leaves the tag as it is. */
		nothing: z.string().nullable().default(''),
		/** False: values are pasted into the finished JSON as they are. */
		escapes: z.boolean().default(true),
	})
	.strict();

export type BotRequest = z.output<typeof botRequestSchema>;

/** A webhook of the account, or what a bot calls in its place. */
export interface NativeMsgWebhook extends WebhookEndpoint {
	bot?: BotRequest;
}

/** What the tags stand for, by name; undefined where there is nothing. */
export type TagValues = Record<string, string | undefined>;

const TAG = /\{(nm:[^{}]+)\}/g;

/** The body that the action sends; `nm:uuid` is another one each time. */
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
