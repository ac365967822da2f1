import { check } from '../../lib/check';
import { poll } from '../../n8n/client';
import { publishTrigger, triggerUrl, waitForSubscription } from '../../n8n/trigger-webhook';
import { TRIGGER, withParameters } from '../../n8n/trigger-workflow';

/** Who writes. */
export const CUSTOMER = '+12025550190';
const TIMEOUT = 60_000;

/** A workflow with the trigger, what was done with it so far, and what n8n and the sandbox know of it. */
export class Scene {
	/** The secret of each subscription so far. */
	secrets = [];
	/** How many executions there have to be, tests in the editor not counted. */
	#expected = 0;

	/**
	 * @param {import('../../n8n/playground').Playground} playground
	 * @param {any} workflow a saved one
	 */
	constructor(playground, workflow) {
		this.playground = playground;
		this.sandbox = playground.sandbox;
		this.workflow = workflow;
		this.url = triggerUrl(playground.n8n, workflow);
	}

	/** Another one after a restart. */
	get client() {
		return this.playground.n8n.client;
	}

	/** NativeMessage's subscriptions for a webhook, by default the production one. */
	async subscriptions(url = this.url) {
		return (await this.sandbox.webhooks()).filter((webhook) => webhook.url === url);
	}

	/** Sends one delivery of an event as ordered; returns the status of the answer. */
	async deliver(subscription, event, order) {
		return (await this.sandbox.deliver({ subscriptionId: subscription.id, event, ...order })).status;
	}

	/**
	 * Somebody writes, and that starts exactly one execution, so nothing before it started any.
	 *
	 * @param {string} claim
	 * @param {string} text
	 * @param {number} [count] how many executions there have to be since the last time
	 * @returns {Promise<{ event: any, executions: import('../../n8n/client').Execution[] }>} the event as it was
	 *   delivered, and all executions so far
	 */
	async checkStarted(claim, text, count = 1) {
		const event = await this.#receive(text);
		this.#expected += count;
		const executions = await this.client.waitForExecutions(this.workflow, this.#expected, 'webhook');
		check(claim, executions.length === this.#expected, `executions: ${executions.length}`);
		return { event, executions };
	}

	async #receive(text) {
		const { messageId } = await this.sandbox.receive({ service: 'nativeMessage', from: CUSTOMER, text });
		return await poll('The message was not delivered', TIMEOUT, async () => {
			const attempts = (await this.sandbox.deliveries()).filter(
				({ event }) => event.message_id === messageId,
			);
			return attempts.find(({ status }) => status === 200)?.event;
		});
	}

	/**
	 * Publishes the workflow.
	 *
	 * @param {string[]} [events] saves the trigger with these before
	 * @returns {Promise<any>} the subscription that this made, once n8n keeps its secret
	 */
	async publish(events) {
		const before = (await this.subscriptions()).map(({ id }) => id);
		if (events) this.workflow = await this.client.updateWorkflow(withParameters(this.workflow, { events }));
		await publishTrigger(this.playground.n8n, this.workflow);
		const made = await waitForSubscription(this.sandbox, this.url, ({ id }) => !before.includes(id));
		this.secrets.push(await this.#secretOf(made));
		return made;
	}

	async #secretOf({ id }) {
		return await poll('n8n did not keep the registration', TIMEOUT, async () => {
			const { staticData } = await this.client.request('GET', `/rest/workflows/${this.workflow.id}`);
			const registration = staticData?.[`node:${TRIGGER}`]?.registration;
			return registration?.id === id ? registration.secret : undefined;
		});
	}
}
