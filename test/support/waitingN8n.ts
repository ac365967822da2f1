import { Container } from '@n8n/di';
import { generateUrlSignature, InstanceSettings, prepareUrlForSigning, WebhookContext } from 'n8n-core';
import type { IDataObject, INodeExecutionData, IRun, IRunExecutionData, Workflow } from 'n8n-workflow';
import type { Engine, NodeOutcome, NodeRun } from './engine';
import type { WebhookRequest, WebhookResponse } from './triggerServer';
import { parseBody, TriggerServer } from './triggerServer';

const PATH = '/webhook-waiting';
const NODE = 'NativeMsg';

/** An execution that asked a question. */
export interface Waiting extends NodeOutcome {
	id: string;
	/** The link in the message, signed by n8n. */
	link: string;
	/** When n8n resumes it without a reply. */
	waitTill?: Date;
}

interface Stored {
	engine: Engine;
	workflow: Workflow;
	/** JSON, as in n8n's database. */
	data: string;
	status: 'waiting' | 'running' | 'finished';
	outputs: IDataObject[][];
}

/** The links in requests, in their order. */
export const linksIn = (requests: unknown) =>
	[...JSON.stringify(requests).matchAll(/http:[^"\\\s]+\/webhook-waiting\/[^"\\\s]+/g)].map(([link]) => link);

/**
 * What n8n does with executions that wait: keeps them as JSON, checks the signature of a link, asks the node, and resumes the
 * execution once. Nodes and contexts are n8n-core's own, the requests real HTTP.
 */
export class WaitingN8n {
	/** The method and path of every request, in their order. */
	readonly received: string[] = [];
	private readonly executions = new Map<string, Stored>();
	private server!: TriggerServer;
	private last = 0;

	static async start(): Promise<WaitingN8n> {
		const n8n = new WaitingN8n();
		n8n.server = await TriggerServer.start((...request) => n8n.receive(...request));
		return n8n;
	}

	get url(): string {
		return this.server.url;
	}

	get waitingUrl(): string {
		return `${this.url}${PATH}`;
	}

	/** Runs a node that asks, and stores the execution if it waits. @param requests what the service has got so far */
	async ask(engine: Engine, run: NodeRun, requests: () => unknown): Promise<Waiting> {
		const id = String(++this.last);
		const outcome = await engine.run({ ...run, execution: { id, waitingUrl: this.waitingUrl } });
		if (outcome.status === 'waiting') this.store(id, engine, outcome.workflow, outcome.run);
		const pages = linksIn(requests()).filter((one) => !new URL(one).searchParams.has('choice'));
		const link = pages.at(-1) ?? '';
		return { ...outcome, id, link, waitTill: outcome.run.waitTill ?? undefined };
	}

	/** The node's outputs, one for each time it was resumed. */
	outputs(id: string): IDataObject[][] {
		return this.executions.get(id)?.outputs ?? [];
	}

	/** The time that an execution waits is over. */
	async timeOver(id: string): Promise<void> {
		const stored = this.executions.get(id)!;
		await this.resume(id, JSON.parse(stored.data) as IRunExecutionData);
	}

	async close(): Promise<void> {
		await this.server.close();
	}

	private store(id: string, engine: Engine, workflow: Workflow, { data }: IRun): void {
		const outputs = this.executions.get(id)?.outputs ?? [];
		const json = JSON.stringify(data);
		this.executions.set(id, { engine, workflow, data: json, status: 'waiting', outputs });
	}

	private async resume(id: string, data: IRunExecutionData): Promise<void> {
		const stored = this.executions.get(id)!;
		if (stored.status !== 'waiting') throw new Error('The execution is being resumed already');
		stored.status = 'running';
		const run = await stored.engine.execute(stored.workflow, data, { id, waitingUrl: this.waitingUrl });
		// In a loop it may wait once more.
		const resumed = run.status === 'waiting' ? -2 : -1;
		const main = run.data.resultData.runData[NODE].at(resumed)?.data?.main[0] ?? [];
		stored.outputs.push(main.map(({ json }: INodeExecutionData) => json));
		stored.status = 'finished';
		if (run.status === 'waiting') this.store(id, stored.engine, stored.workflow, run);
	}

	private async receive(request: WebhookRequest, response: WebhookResponse): Promise<void> {
		this.received.push(`${request.method} ${request.url}`);
		const url = new URL(request.url!, this.server.url);
		const [, , id, nodeId] = url.pathname.split('/');
		const secret = Container.get(InstanceSettings).hmacSignatureSecret;
		const signature = url.searchParams.get('signature');
		url.searchParams.delete('signature');
		if (signature !== generateUrlSignature(prepareUrlForSigning(url), secret)) {
			response.status(401).json({ error: 'Invalid token' });
			return;
		}
		const stored = this.executions.get(id);
		if (stored?.status !== 'waiting' || nodeId !== NODE) {
			response.send('No action required');
			return;
		}
		await parseBody(request);
		const { engine, workflow } = stored;
		const data = JSON.parse(stored.data) as IRunExecutionData;
		data.waitTill = undefined;
		const [entry] = data.executionData!.nodeExecutionStack;
		entry.node.disabled = true;
		data.resultData.runData[NODE].pop();
		const place = { id, waitingUrl: this.waitingUrl };
		const http = { httpRequest: request, httpResponse: response } as never;
		const additionalData = Object.assign(engine.additionalData(workflow, place), http);
		const node = workflow.getNode(NODE)!;
		const context = new WebhookContext(workflow, node, additionalData, 'manual', {} as never, [], data);
		const { webhook } = workflow.nodeTypes.getByNameAndVersion(node.type);
		const result = await webhook!.call(context);
		if (!result.workflowData) return;
		entry.data.main = result.workflowData;
		entry.metadata = { ...entry.metadata, forwardAllOutputs: true } as never;
		await this.resume(id, data);
		response.send(String(result.webhookResponse));
	}
}

/** Starts it before the tests of a file, and ends it after. */
export function useWaitingN8n(): { readonly n8n: WaitingN8n } {
	const held = {} as { n8n: WaitingN8n };
	beforeAll(async () => {
		held.n8n = await WaitingN8n.start();
	});
	afterAll(() => held.n8n.close());
	return held;
}
