import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a running execution is asked for, in ms. */
const POLL_INTERVAL = 500;
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
 * @param {import('./n8n-install.mjs').N8nInstallation} installation
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
		const response = await fetch(url + path, {
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
		 * Creates a workflow as the editor's "Import from File" does.
		 *
		 * @param {{ name: string, nodes: object[], connections: object, settings?: object }} workflow
		 * @param {{ id: string, name: string, type: string }[]} [credentials] given to every node that asks
		 *   for one of that type; nothing else in the workflow is changed
		 * @returns {Promise<any>} the saved workflow
		 */
		async importWorkflow({ name, nodes, connections, settings = {} }, credentials = []) {
			const connected = nodes.map((node) => withCredentials(node, credentials));
			return await request('POST', '/rest/workflows', { name, nodes: connected, connections, settings });
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
		async waitForExecution(id, { timeout = 300_000, onPoll } = {}) {
			const deadline = Date.now() + timeout;
			while (Date.now() < deadline) {
				await onPoll?.();
				const execution = await this.getExecution(id);
				if (!UNFINISHED.has(execution.status)) return execution;
				await sleep(POLL_INTERVAL);
			}
			throw new Error(`The execution had not ended after ${timeout / 1000} s.`);
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

function withCredentials(node, credentials) {
	if (!node.credentials) return node;
	const entries = Object.entries(node.credentials).map(([type, placeholder]) => {
		const found = credentials.find((credential) => credential.type === type);
		return [type, found ? { id: found.id, name: found.name } : placeholder];
	});
	return { ...node, credentials: Object.fromEntries(entries) };
}
