import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchAnswer } from '../lib/http';

/** How long it takes until something is looked at again, in ms. */
const POLL_INTERVAL = 500;
const EXECUTION_TIMEOUT = 300_000;
/** A webhook exists a moment after its workflow was published; how long that may take, in ms. */
const WEBHOOK_TIMEOUT = 15_000;
/** For all attempts to start the triggers, in ms. */
const PUBLICATION_TIMEOUT = 60_000;
const UNFINISHED = new Set(['new', 'running', 'waiting']);

/**
 * @typedef {object} Owner
 * @property {string} email
 * @property {string} password at least 8 characters, with a digit and a capital letter
 * @property {string} firstName
 * @property {string} lastName
 *
 * @typedef {object} Execution
 * @property {string} id
 * @property {string} status success, error, canceled, crashed
 * @property {any} data n8n's run data (IRunExecutionData), parsed
 *
 * @typedef {ReturnType<typeof createClient>} N8nClient
 */

/**
 * A client of the REST API that n8n's editor uses. It keeps the session cookie.
 *
 * @param {string} url e.g. http://127.0.0.1:5678
 * @param {import('./install').N8nInstallation} installation
 */
export function createClient(url, installation) {
	// n8n binds a session to the browser it was opened in.
	const browserId = randomUUID();
	const { parse } = installation.require('flatted');
	let cookie = '';

	/**
	 * One call.
	 *
	 * @param {string} method
	 * @param {string} path e.g. /rest/workflows
	 * @param {unknown} [body]
	 * @returns {Promise<any>} the answer's `data`
	 * @throws {Error} with n8n's message
	 */
	async function request(method, path, body) {
		const response = await fetchAnswer(url + path, {
			method,
			headers: { 'content-type': 'application/json', 'browser-id': browserId, cookie },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const session = response.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
		if (session) cookie = session.split(';', 1)[0];

		const text = await response.text();
		if (!response.ok) throw new Error(`n8n answered ${method} ${path} with ${response.status}: ${text}`);
		const answer = JSON.parse(text);
		return answer.data ?? answer;
	}

	return {
		request,

		/**
		 * Signs in; in a fresh user folder it creates this owner first.
		 *
		 * @param {Owner} owner
		 */
		async signIn(owner) {
			const { userManagement } = await request('GET', '/rest/settings');
			if (userManagement.showSetupOnFirstLoad) await request('POST', '/rest/owner/setup', owner);
			else {
				const { email, password } = owner;
				await request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
			}
		},

		/**
		 * @param {{ name: string, type: string, data: object }} credential
		 * @returns {Promise<{ id: string, name: string, type: string }>}
		 */
		async createCredential(credential) {
			const { id, name, type } = await request('POST', '/rest/credentials', credential);
			return { id, name, type };
		},

		/**
		 * Tests a credential as the editor's dialog does.
		 *
		 * @param {{ id: string, name: string, type: string, data: object }} credential
		 * @returns {Promise<{ status: 'OK' | 'Error', message: string }>}
		 */
		async testCredential(credential) {
			return await request('POST', '/rest/credentials/test', { credentials: credential });
		},

		/**
		 * Creates a workflow as the editor's "Import from File" does.
		 *
		 * @param {{ name: string, nodes: object[], connections: object, settings?: object }} workflow
		 * @param {{ id: string, name: string, type: string }[]} [credentials] given to every node that asks
		 *   for one of that type and name; nothing else in the workflow is changed
		 * @returns {Promise<any>} the saved workflow
		 */
		async importWorkflow({ name, nodes, connections, settings = {} }, credentials = []) {
			const connected = nodes.map((node) => withCredentials(node, credentials));
			// Where pinned data is missing rather than empty, n8n cannot run a step whose predecessors have run.
			const workflow = { name, nodes: connected, connections, settings, pinData: {} };
			return await request('POST', '/rest/workflows', workflow);
		},

		/**
		 * Starts a saved workflow by hand, as the editor's button does.
		 *
		 * @param {any} workflow from `importWorkflow`
		 * @param {string} trigger name of the trigger node to start from
		 * @returns {Promise<string>} the execution's id
		 */
		async runWorkflow(workflow, trigger) {
			const { executionId } = await request('POST', `/rest/workflows/${workflow.id}/run`, {
				workflowData: workflow,
				triggerToStartFrom: { name: trigger },
			});
			return executionId;
		},

		/**
		 * Listens for one test event, as the editor's button of a trigger does.
		 *
		 * @param {any} workflow from `importWorkflow`
		 * @param {string} trigger name of the trigger node
		 */
		async listenForTestEvent(workflow, trigger) {
			const { waitingForWebhook } = await request('POST', `/rest/workflows/${workflow.id}/run`, {
				workflowData: workflow,
				triggerToStartFrom: { name: trigger },
			});
			if (!waitingForWebhook) throw new Error('n8n does not wait for a test event.');
		},

		/**
		 * Saves a changed workflow; what is published stays as it is.
		 *
		 * @param {any} workflow from `importWorkflow`, with other nodes
		 * @returns {Promise<any>} the saved workflow
		 */
		async updateWorkflow({ id, versionId, nodes, connections }) {
			return await request('PATCH', `/rest/workflows/${id}`, { versionId, nodes, connections });
		},

		/**
		 * Publishes a saved workflow, so that its triggers start it.
		 *
		 * @param {any} workflow from `importWorkflow`
		 */
		async publishWorkflow({ id, versionId }) {
			await request('POST', `/rest/workflows/${id}/activate`, { versionId });
		},

		/**
		 * n8n publishes in the background, and tries again for a while before it gives up.
		 *
		 * @param {any} workflow a published one
		 * @returns {Promise<string[]>} once that is over: why triggers could not be started; empty when all were
		 */
		async publicationProblems({ id }) {
			return await poll('Publishing did not end', PUBLICATION_TIMEOUT, async () => {
				const { status, triggers } = await request('GET', `/rest/workflows/${id}/publication-status`);
				const failed = triggers.filter((trigger) => trigger.status === 'failed');
				return status === 'in_progress' ? undefined : failed.map(({ errorMessage }) => errorMessage);
			});
		},

		/** @param {any} workflow from `importWorkflow` */
		async unpublishWorkflow({ id }) {
			await request('POST', `/rest/workflows/${id}/deactivate`, {});
		},

		/**
		 * Posts JSON to the production URL of a webhook whose workflow was just published.
		 *
		 * @param {string} path as in the Webhook node
		 * @param {object} body
		 * @throws {Error} when the webhook refuses it, or does not exist after a while
		 */
		async postToWebhook(path, body) {
			const options = {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			};
			await poll(`The webhook "${path}" did not appear`, WEBHOOK_TIMEOUT, async () => {
				const { ok, status } = await fetchAnswer(`${url}/webhook/${path}`, options);
				if (!ok && status !== 404) throw new Error(`The webhook "${path}" answered with ${status}.`);
				return ok;
			});
		},

		/**
		 * @param {string} id
		 * @returns {Promise<Execution>}
		 */
		async getExecution(id) {
			const execution = await request('GET', `/rest/executions/${id}`);
			return { id, status: execution.status, data: parse(execution.data) };
		},

		/**
		 * @param {string} id
		 * @param {{ timeout?: number, onPoll?: () => unknown }} [options] timeout in ms; `onPoll` is awaited before each look
		 * @returns {Promise<Execution>} once it has ended, well or not
		 */
		async waitForExecution(id, { timeout = EXECUTION_TIMEOUT, onPoll } = {}) {
			return await poll('The execution did not end', timeout, async () => {
				await onPoll?.();
				const execution = await this.getExecution(id);
				return UNFINISHED.has(execution.status) ? undefined : execution;
			});
		},

		/**
		 * @param {any} workflow from `importWorkflow`
		 * @returns {Promise<{ id: string, status: string, mode: string }[]>} its executions, the latest first, at most 100
		 */
		async listExecutions({ id }) {
			const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
			return (await request('GET', `/rest/executions?limit=100&filter=${filter}`)).results;
		},

		/**
		 * @param {any} workflow from `importWorkflow`
		 * @param {number} count how many executions of it there have to be
		 * @param {string} [mode] looks only at those of this mode, e.g. webhook; default any
		 * @returns {Promise<Execution[]>} all of them, once they have ended, well or not
		 */
		async waitForExecutions(workflow, count, mode) {
			const ended = await poll('The executions did not end', EXECUTION_TIMEOUT, async () => {
				const all = await this.listExecutions(workflow);
				const results = all.filter((execution) => !mode || execution.mode === mode);
				const isOver = results.length >= count && !results.some(({ status }) => UNFINISHED.has(status));
				return isOver ? results : undefined;
			});
			return await Promise.all(ended.map((execution) => this.getExecution(execution.id)));
		},
	};
}

/**
 * The items a node put out during an execution.
 *
 * @param {Execution} execution
 * @param {string} node its name
 * @param {number} [output] 0 is the first
 * @returns {any[]} the items' JSON; empty if the node did not run
 */
export function outputOf(execution, node, output = 0) {
	const runs = execution.data.resultData.runData[node] ?? [];
	return runs.flatMap((run) => run.data?.main?.[output] ?? []).map((item) => item.json);
}

/**
 * Looks again and again until there is something to see.
 *
 * @template T
 * @param {string} complaint what did not happen; for the error
 * @param {number} timeout in ms
 * @param {() => Promise<T | undefined>} look
 * @returns {Promise<T>}
 */
export async function poll(complaint, timeout, look) {
	const deadline = Date.now() + timeout;
	while (Date.now() < deadline) {
		const found = await look();
		if (found) return found;
		await sleep(POLL_INTERVAL);
	}
	throw new Error(`${complaint} within ${timeout / 1000} s.`);
}

function withCredentials(node, credentials) {
	if (!node.credentials) return node;
	const entries = Object.entries(node.credentials).map(([type, placeholder]) => {
		const found = credentials.find(
			(credential) => credential.type === type && credential.name === placeholder.name,
		);
		return [type, found ? { id: found.id, name: found.name } : placeholder];
	});
	return { ...node, credentials: Object.fromEntries(entries) };
}
