import type { WebhookEndpoint } from '../../../sandbox/server';
import { check } from '../../lib/check';
import { poll, type Execution, type N8nClient, type SavedWorkflow } from '../../n8n/client';
import type { Playground } from '../../n8n/playground';
import type { DeliveryOrder, SandboxProcess } from '../../n8n/sandbox';
import { publishTrigger, triggerUrl, waitForSubscription } from '../../n8n/trigger-webhook';
import { withParameters } from '../../n8n/trigger-workflow';
import { registrationsOf } from './kept-registrations';

/** Who writes. */
export const CUSTOMER = '+12025550190';
const TIMEOUT = 60_000;

/** What NativeMessage sends for an incoming message; only the fields that these tests read. */
export interface InboundEvent {
	message_id: string;
	destination: string;
	received_at: string;
}

/** A workflow with the trigger, its history, and what n8n and the sandbox know about it. */
export class Scene {
	/** The secret of each subscription so far. */
	readonly secrets: string[] = [];
	readonly sandbox: SandboxProcess;
	/** The production URL of its webhook. */
	readonly url: string;
	/** How many executions there must be, not counting tests in the editor. */
	#expected = 0;

	constructor(
		readonly playground: Playground,
		public workflow: SavedWorkflow,
	) {
		this.sandbox = playground.sandbox;
		this.url = triggerUrl(playground.n8n, workflow);
	}

	/** Another one after a restart. */
	get client(): N8nClient {
		return this.playground.n8n.client;
	}

	/** NativeMessage's subscriptions for a webhook, by default the production one. */
	async subscriptions(url = this.url): Promise<WebhookEndpoint[]> {
		return (await this.sandbox.webhooks()).filter((webhook) => webhook.url === url);
	}

	/** Sends one event as specified; returns the status of the response. */
	async deliver(
		subscription: WebhookEndpoint,
		event: InboundEvent,
		order?: Pick<DeliveryOrder, 'forge'>,
	): Promise<number | null> {
		return (await this.sandbox.deliver({ subscriptionId: subscription.id, event, ...order })).status;
	}

	/**
	 * Simulates an incoming message, and checks that it starts exactly one execution, so nothing before it started any.
	 *
	 * @param count how many executions there must be since the last time
	 * @returns the event as it was sent, and all executions so far
	 */
	async checkStarted(
		claim: string,
		text: string,
		count = 1,
	): Promise<{ event: InboundEvent; executions: Execution[] }> {
		const event = await this.#receive(text);
		this.#expected += count;
		const executions = await this.client.waitForExecutions(this.workflow, this.#expected, 'webhook');
		check(claim, executions.length === this.#expected, `executions: ${executions.length}`);
		return { event, executions };
	}

	async #receive(text: string): Promise<InboundEvent> {
		const { messageId } = await this.sandbox.receive({ service: 'nativeMessage', from: CUSTOMER, text });
		return await poll('The message was not delivered', TIMEOUT, async () => {
			const arrived = (await this.sandbox.deliveries()).filter(({ status }) => status === 200);
			const events = arrived.map(({ event }) => event as InboundEvent);
			return events.find(({ message_id }) => message_id === messageId);
		});
	}

	/**
	 * Publishes the workflow.
	 *
	 * @param events saves the trigger with these before
	 * @returns the subscription that this made, once n8n keeps its secret
	 */
	async publish(events?: string[]): Promise<WebhookEndpoint> {
		const before = (await this.subscriptions()).map(({ id }) => id);
		if (events) this.workflow = await this.client.updateWorkflow(withParameters(this.workflow, { events }));
		await publishTrigger(this.playground.n8n, this.workflow);
		const made = await waitForSubscription(this.sandbox, this.url, ({ id }) => !before.includes(id));
		this.secrets.push(await this.#secretOf(made));
		return made;
	}

	async #secretOf({ id }: WebhookEndpoint): Promise<string> {
		return await poll('n8n did not keep the registration', TIMEOUT, async () => {
			const registrations = await registrationsOf(this.playground, this.workflow.id);
			return registrations.find((registration) => registration.id === id)?.secret;
		});
	}
}
