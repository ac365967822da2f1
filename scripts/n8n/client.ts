import { randomUUID } from 'node:crypto';
import type {
	ICredentialDataDecryptedObject,
	IConnections,
	IDataObject,
	INode,
	IRunExecutionData,
	IWorkflowSettings,
} from 'n8n-workflow';
import pRetry from 'p-retry';
import { fetchAnswer } from '../lib/http';
import type { N8nInstallation } from './install';

/** The time between two polls, in ms. */
const POLL_INTERVAL = 500;
const EXECUTION_TIMEOUT = 300_000;
/** A webhook exists a moment after its workflow is published; how long that may take, in ms. */
const WEBHOOK_TIMEOUT = 15_000;
/** For all attempts to start the triggers, in ms. */
const PUBLICATION_TIMEOUT = 60_000;
const UNFINISHED = new Set(['new', 'running', 'waiting']);

export interface Owner {
	email: string;
	/** At least 8 characters, with a digit and a capital letter. */
	password: string;
	firstName: string;
	lastName: string;
}

export interface Credential {
	id: string;
	name: string;
	type: string;
}

/** A workflow as it is exported to a file. */
export interface Workflow {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
}

export interface SavedWorkflow extends Workflow {
	id: string;
	versionId: string;
}

export interface ExecutionSummary {
	id: string;
	/** New, running, waiting, success, error, canceled, or crashed; in lowercase. */
	status: string;
	/** Manual, webhook, or another mode of n8n; in lowercase. */
	mode: string;
}

export interface Execution {
	id: string;
	/** As in `ExecutionSummary`. */
	status: string;
	data: IRunExecutionData;
}

export type N8nClient = ReturnType<typeof createClient>;

/** A client for the REST API of n8n's editor, at a URL such as http://127.0.0.1:5678. It keeps the session cookie. */
export function createClient(url: string, installation: N8nInstallation) {
	// n8n binds a session to the browser it was opened in.
	const browserId = randomUUID();
	const { parse } = installation.require('flatted') as { parse(text: string): IRunExecutionData };
	let cookie = '';

	/**
	 * Sends a request.
	 *
	 * @param path such as /rest/workflows
	 * @returns the response's `data`
	 * @throws {Error} with n8n's message
	 */
	async function request<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetchAnswer(url + path, {
			method,
			headers: { 'content-type': 'application/json', 'browser-id': browserId, cookie },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const session = response.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
		if (session) [cookie] = session.split(';', 1);

		const text = await response.text();
		if (!response.ok) throw new Error(`n8n responded to ${method} ${path} with ${response.status}: ${text}`);
		const answer = JSON.parse(text) as { data?: T };
		return answer.data ?? (answer as T);
	}

	async function start(
		workflow: SavedWorkflow,
		trigger: string,
	): Promise<{ executionId: string; waitingForWebhook?: boolean }> {
		const run = { workflowData: workflow, triggerToStartFrom: { name: trigger } };
		return await request('POST', `/rest/workflows/${workflow.id}/run`, run);
	}

	return {
		request,

		/** Signs in; in a fresh user folder, it creates this owner first. */
		async signIn(owner: Owner): Promise<void> {
			const { userManagement } = await request<{ userManagement: { showSetupOnFirstLoad: boolean } }>(
				'GET',
				'/rest/settings',
			);
			if (userManagement.showSetupOnFirstLoad) await request('POST', '/rest/owner/setup', owner);
			else {
				const { email, password } = owner;
				await request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
			}
		},

		async createCredential(credential: {
			name: string;
			type: string;
			data: ICredentialDataDecryptedObject;
		}): Promise<Credential> {
			const { id, name, type } = await request<Credential>('POST', '/rest/credentials', credential);
			return { id, name, type };
		},

		/** Tests a credential as the editor's dialog does. */
		async testCredential(
			credential: Credential & { data: ICredentialDataDecryptedObject },
		): Promise<{ status: 'OK' | 'Error'; message: string }> {
			return await request('POST', '/rest/credentials/test', { credentials: credential });
		},

		/**
		 * Creates a workflow as the editor's "Import from File" does.
		 *
		 * @param credentials assigned to every node that needs one of that type and name; nothing else in the workflow is
		 *   changed
		 */
		async importWorkflow(
			{ name, nodes, connections, settings = {} }: Workflow,
			credentials: Credential[] = [],
		): Promise<SavedWorkflow> {
			const connected = nodes.map((node) => withCredentials(node, credentials));
			// If pinned data is missing rather than empty, n8n can't run a step whose predecessors have run.
			const workflow = { name, nodes: connected, connections, settings, pinData: {} };
			return await request('POST', '/rest/workflows', workflow);
		},

		/**
		 * Starts a saved workflow by hand, as the editor's button does.
		 *
		 * @param trigger name of the trigger node to start from
		 * @returns the execution's ID
		 */
		async runWorkflow(workflow: SavedWorkflow, trigger: string): Promise<string> {
			const { executionId } = await start(workflow, trigger);
			return executionId;
		},

		/**
		 * Listens for one test event, as the editor's button of a trigger does.
		 *
		 * @param trigger name of the trigger node
		 */
		async listenForTestEvent(workflow: SavedWorkflow, trigger: string): Promise<void> {
			const { waitingForWebhook } = await start(workflow, trigger);
			if (!waitingForWebhook) throw new Error('n8n does not wait for a test event.');
		},

		/** Saves a changed workflow; the published version stays as it is. */
		async updateWorkflow({ id, versionId, nodes, connections }: SavedWorkflow): Promise<SavedWorkflow> {
			return await request('PATCH', `/rest/workflows/${id}`, { versionId, nodes, connections });
		},

		/** Publishes a saved workflow, so its triggers start it. */
		async publishWorkflow({ id, versionId }: SavedWorkflow): Promise<void> {
			await request('POST', `/rest/workflows/${id}/activate`, { versionId });
		},

		/**
		 * n8n publishes in the background, and retries for a while before it gives up.
		 *
		 * @returns after that, why triggers couldn't be started; empty if all were
		 */
		async publicationProblems({ id }: SavedWorkflow): Promise<string[]> {
			return await poll('Publishing did not end', PUBLICATION_TIMEOUT, async () => {
				const { status, triggers } = await request<{
					status: string;
					triggers: Array<{ status: string; errorMessage: string }>;
				}>('GET', `/rest/workflows/${id}/publication-status`);
				const failed = triggers.filter((trigger) => trigger.status === 'failed');
				return status === 'in_progress' ? undefined : failed.map(({ errorMessage }) => errorMessage);
			});
		},

		async unpublishWorkflow({ id }: SavedWorkflow): Promise<void> {
			await request('POST', `/rest/workflows/${id}/deactivate`, {});
		},

		/**
		 * Posts JSON to the production URL of a webhook whose workflow was just published.
		 *
		 * @param path as in the Webhook node
		 * @throws {Error} if the webhook refuses it, or doesn't exist after a while
		 */
		async postToWebhook(path: string, body: object): Promise<void> {
			const options = {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			};
			await poll(`The webhook "${path}" did not appear`, WEBHOOK_TIMEOUT, async () => {
				const { ok, status } = await fetchAnswer(`${url}/webhook/${path}`, options);
				if (!ok && status !== 404) throw new Error(`The webhook "${path}" responded with ${status}.`);
				return ok;
			});
		},

		async getExecution(id: string): Promise<Execution> {
			const execution = await request<{ status: string; data: string }>('GET', `/rest/executions/${id}`);
			return { id, status: execution.status, data: parse(execution.data) };
		},

		/**
		 * @param options timeout in ms; `onPoll` is awaited before each poll
		 * @returns the execution, once it has ended, successfully or not
		 */
		async waitForExecution(
			id: string,
			{ timeout = EXECUTION_TIMEOUT, onPoll }: { timeout?: number; onPoll?: () => unknown } = {},
		): Promise<Execution> {
			return await poll('The execution did not end', timeout, async () => {
				await onPoll?.();
				const execution = await this.getExecution(id);
				return UNFINISHED.has(execution.status) ? undefined : execution;
			});
		},

		/** @returns a workflow's executions, the latest first, at most 100 */
		async listExecutions({ id }: SavedWorkflow): Promise<ExecutionSummary[]> {
			const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
			const path = `/rest/executions?limit=100&filter=${filter}`;
			return (await request<{ results: ExecutionSummary[] }>('GET', path)).results;
		},

		/**
		 * @param count how many executions of the workflow to wait for
		 * @param mode counts only executions of this mode, such as webhook; default any
		 * @returns all of them, once they have ended, successfully or not
		 */
		async waitForExecutions(workflow: SavedWorkflow, count: number, mode?: string): Promise<Execution[]> {
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
 * The items a node returned during an execution.
 *
 * @param node its name
 * @param output 0 is the first
 * @returns the items' JSON; empty if the node didn't run
 */
export function outputOf<T = IDataObject>(execution: Execution, node: string, output = 0): T[] {
	const runs = execution.data.resultData.runData[node] ?? [];
	return runs.flatMap((run) => run.data?.main?.[output] ?? []).map((item) => item.json as T);
}

/**
 * Polls until there is a result.
 *
 * @param complaint what didn't happen, for the error
 * @param timeout in ms
 * @param look its errors are thrown immediately
 * @param interval in ms
 */
export async function poll<T>(
	complaint: string,
	timeout: number,
	look: () => Promise<T | undefined | false>,
	interval = POLL_INTERVAL,
): Promise<T> {
	const nothing = new Error(`${complaint} within ${timeout / 1000} s.`);
	const attempt = async () => {
		const found = await look();
		if (!found) throw nothing;
		return found;
	};
	return await pRetry(attempt, {
		retries: Infinity,
		factor: 1,
		minTimeout: interval,
		maxRetryTime: timeout,
		shouldRetry: ({ error }) => error === nothing,
	});
}

function withCredentials(node: INode, credentials: Credential[]): INode {
	if (!node.credentials) return node;
	const entries = Object.entries(node.credentials).map(([type, placeholder]) => {
		const found = credentials.find(
			(credential) => credential.type === type && credential.name === placeholder.name,
		);
		return [type, found ? { id: found.id, name: found.name } : placeholder];
	});
	return { ...node, credentials: Object.fromEntries(entries) };
}
