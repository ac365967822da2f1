import { z, ZodError } from 'zod';
import { ApiError } from './api';
import { parseFault, type Fault } from './faults';
import { parseHabit, type Habit } from './habits';
import { jsonAnswer, type WireAnswer } from './http';
import { inboundMessageSchema, type InboundMessage } from './inbound';
import type { FetchedMedia } from './nativemsg/media';
import { webhookSchema, type HandEnteredWebhook } from './nativemsg/webhooks';
import type { RecordedRequest } from './requestLog';
import { settingsChangeSchema, type SandboxSettings } from './settings';
import type { DeliveryRecord } from './webhooks';
import type { WebhookEndpoint } from './webhookRequest';

export const CONTROL_PREFIX = '/__sandbox/';

/** What other processes can request from a running sandbox. */
export interface ControlTarget {
	reset(): void;
	addFault(fault: Fault): void;
	addHabit(habit: Habit): void;
	requests(): RecordedRequest[];
	report(): unknown;
	fetchedMedia(): Promise<FetchedMedia[]>;
	markInbound(destination: string, at?: number): void;
	/** Simulates an incoming message. */
	receive(message: InboundMessage): unknown;
	/** Secrets redacted. */
	subscriptions(): WebhookEndpoint[];
	deliveries(): DeliveryRecord[];
	/** Secret redacted. */
	addWebhook(entered: HandEnteredWebhook): WebhookEndpoint;
	/** @throws ZodError if the order isn't valid */
	deliver(order: unknown): Promise<unknown>;
	settings: SandboxSettings;
}

const inboundSchema = z
	.object({
		destination: z.string().regex(/^\+\d+$/, 'must be + and digits'),
		at: z.number().optional(),
	})
	.strict();

const routes: Record<string, (target: ControlTarget, body: unknown) => unknown> = {
	'GET health': () => ({ status: 'ok' }),
	'GET requests': (target) => target.requests(),
	'GET report': (target) => target.report(),
	'GET media': (target) => target.fetchedMedia(),
	'PUT settings': (target, body) => Object.assign(target.settings, settingsChangeSchema.parse(body)),
	'PUT inbound': (target, body) => {
		const { destination, at } = inboundSchema.parse(body);
		target.markInbound(destination, at);
		return {};
	},
	'POST reset': (target) => {
		target.reset();
		return {};
	},
	'POST faults': (target, body) => {
		const faults = [body].flat().map(parseFault);
		for (const fault of faults) target.addFault(fault);
		return { added: faults.length };
	},
	'POST habits': (target, body) => {
		const habits = [body].flat().map(parseHabit);
		for (const habit of habits) target.addHabit(habit);
		return { added: habits.length };
	},
	'POST inbound-message': (target, body) => target.receive(inboundMessageSchema.parse(body)),
	'GET webhooks': (target) => target.subscriptions(),
	'POST webhooks/nativemsg': (target, body) => target.addWebhook(webhookSchema.parse(body)),
	'GET deliveries': (target) => target.deliveries(),
	'POST deliver': (target, body) => target.deliver(body),
};

/**
 * Responds to a request under `/__sandbox/`: 400 for an invalid body, 404 for an unknown route or for a named object that
 * doesn't exist, both as `{error}`.
 *
 * @param path URL path without the query
 */
export async function control(
	target: ControlTarget,
	method: string,
	path: string,
	body: string,
): Promise<WireAnswer> {
	const route = routes[`${method} ${path.slice(CONTROL_PREFIX.length)}`];
	if (!route)
		return jsonAnswer(404, { error: `No such route. There are: ${Object.keys(routes).join(', ')}` });
	try {
		return jsonAnswer(200, await route(target, body === '' ? undefined : JSON.parse(body)));
	} catch (error) {
		if (error instanceof SyntaxError) return jsonAnswer(400, { error: error.message });
		if (error instanceof ZodError) return jsonAnswer(400, { error: describeIssues(error) });
		if (error instanceof ApiError) return jsonAnswer(error.status, { error: error.description });
		throw error;
	}
}

function describeIssues({ issues }: ZodError): string {
	return issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ');
}
