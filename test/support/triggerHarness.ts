import { Container } from '@n8n/di';
import { Logger } from '@n8n/backend-common';
import type { PackageDirectoryLoader } from 'n8n-core';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { setTimeout as delay } from 'node:timers/promises';
import { CredentialStore } from './credentials';
import { loadPackage } from './loader';
import {
	additionalData,
	loadInNewProcess,
	NODE_NAME,
	triggerWorkflow,
	WEBHOOK_ID,
	webhookData,
	webhookPath,
} from './triggerWorkflow';
import type { WebhookRequest, WebhookResponse } from './triggerServer';
import { parseBody, UnparsableBodyError, TriggerServer } from './triggerServer';

/** An execution that a delivery started. */
export interface StartedExecution {
	mode: 'webhook' | 'manual';
	items: INodeExecutionData[];
	/** Set when the node failed: n8n then starts an execution that only shows the error. */
	error?: Error;
}

export interface TriggerOptions {
	/** The fields of the credential, as its form holds them. */
	credential: IDataObject;
	parameters?: INodeParameters;
	/** n8n processes that deliveries are spread over in turn; they share the stored static data and nothing else. */
	processes?: number;
}

/** How long n8n's database takes to read or write a workflow; makes deliveries overlap as they do there. */
const DATABASE_MS = 1;
const LOG_LEVELS = ['error', 'warn', 'info'] as const;

let workflows = 0;

/**
 * The trigger in its own workflow, in n8n-core's real contexts, with what n8n's ActiveWorkflowManager, LiveWebhooks
 * and TestWebhooks do around it: the workflow is built anew for each delivery with the static data as stored, which is
 * saved whole when it was changed.
 */
export class TriggerHarness {
	readonly executions: StartedExecution[] = [];
	/** What was logged, from level info up, with its metadata. */
	readonly logs: string[] = [];
	/** Takes effect at once, as when a credential is edited. */
	readonly credential: IDataObject;
	/** Takes effect with the next delivery or activation. */
	parameters: INodeParameters;
	/** As set by N8N_WEBHOOK_URL; takes effect with the next activation. */
	publicUrl = '';
	/** ID of the n8n that publishes and unpublishes it. */
	instanceId = 'instance';
	workflowId = `workflow${++workflows}`;
	/** Of the node; n8n gives it another one when it is pasted. */
	webhookId = `${WEBHOOK_ID}-${workflows}`;
	/** If false, n8n responds that it knows no such webhook, as during its start. */
	isOnline = true;

	private readonly credentials: CredentialStore;
	private readonly spies: jest.SpyInstance[];
	private server!: TriggerServer;
	private readonly processCount: number;
	private processes: INodeType[];
	private turn = 0;
	private readonly running = new Set<Promise<void>>();
	private isActive = false;
	/** What n8n keeps with the workflow, and exports with it: JSON, as in the column of its database. */
	stored = '{}';
	/** The static data of a test that is listening. It is never stored with the workflow. */
	private testStaticData?: string;

	private constructor(
		private readonly loader: PackageDirectoryLoader,
		{ credential, parameters = {}, processes = 1 }: TriggerOptions,
	) {
		this.credential = { ...credential };
		this.parameters = parameters;
		this.processCount = processes;
		this.credentials = new CredentialStore(loader.getCredential('nativeMsgApi').type, this.credential);
		const logger = Container.get(Logger);
		this.spies = LOG_LEVELS.map((level) =>
			jest.spyOn(logger, level).mockImplementation((message: string, metadata?: object) => {
				this.logs.push(`${level}: ${message}${metadata ? ` ${JSON.stringify(metadata)}` : ''}`);
			}),
		);
		const { type } = loader.getNode('nativeMsgTrigger');
		this.processes = [type as INodeType, ...this.newProcesses(this.processCount - 1)];
	}

	static async start(options: TriggerOptions): Promise<TriggerHarness> {
		const harness = new TriggerHarness(await loadPackage(), options);
		harness.server = await TriggerServer.start((...delivery) => harness.track(harness.receive(...delivery)));
		harness.publicUrl = harness.server.url;
		return harness;
	}

	/** Where production deliveries arrive. */
	get url(): string {
		return `${this.server.url}/webhook/${webhookPath(this.webhookId)}`;
	}

	/** Where deliveries arrive while a test is listening. */
	get testUrl(): string {
		return `${this.server.url}/webhook-test/${webhookPath(this.webhookId)}`;
	}

	/** What n8n has stored for the node. */
	staticData(): IDataObject {
		return (JSON.parse(this.stored) as Record<string, IDataObject>)[`node:${NODE_NAME}`] ?? {};
	}

	/** The items of all executions. */
	items(): IDataObject[] {
		return this.executions.flatMap(({ items }) => items.map(({ json }) => json));
	}

	/** Publishes the workflow. @throws what the node throws; n8n shows it to the user and leaves it unpublished */
	async activate(activation: WorkflowActivateMode = 'activate'): Promise<void> {
		const workflow = await this.loadWorkflow();
		this.isActive = true;
		try {
			await this.createIfNotExists(workflow, 'trigger', activation, false);
		} catch (error) {
			await this.deactivate();
			throw error;
		}
		await this.save(workflow);
	}

	/** Unpublishes it. When a published workflow is changed, n8n does this first and then activates. */
	async deactivate(): Promise<void> {
		const workflow = await this.loadWorkflow();
		await this.runHook('delete', workflow, 'internal', 'update', false);
		await this.save(workflow);
		this.isActive = false;
	}

	/** What n8n does when a published workflow is published in another version. */
	async update(parameters: INodeParameters): Promise<void> {
		await this.deactivate();
		this.parameters = parameters;
		await this.activate('update');
	}

	/** Restarts all processes: the node's memory is gone, stored data isn't. */
	restart(): void {
		this.processes = this.newProcesses(this.processCount);
	}

	/** "Listen for test event" in the editor. */
	async listen(): Promise<void> {
		const workflow = this.workflow('{}');
		await this.createIfNotExists(workflow, 'manual', 'manual', true);
		this.testStaticData = JSON.stringify(workflow.staticData);
	}

	/** Ends it: the user stops, the time is up, or an event has arrived. */
	async stopListening(): Promise<void> {
		const workflow = this.workflow('{}');
		workflow.staticData = JSON.parse(this.testStaticData!) as IDataObject;
		this.testStaticData = undefined;
		await this.runHook('delete', workflow, 'internal', 'update', true);
	}

	/** Resolves when n8n has finished processing the requests so far; their responses are sent earlier. */
	async idle(): Promise<void> {
		await Promise.allSettled(this.running);
	}

	/** The credential is deleted in n8n. */
	loseCredential(): void {
		const error = new Error('The credential does not exist');
		jest.spyOn(this.credentials, 'getDecrypted').mockRejectedValue(error);
	}

	async close(): Promise<void> {
		this.spies.forEach((spy) => spy.mockRestore());
		await this.server.close();
	}

	private newProcesses(count: number): INodeType[] {
		return Array.from({ length: count }, () => loadInNewProcess(this.loader));
	}

	private async track(delivery: Promise<void>): Promise<void> {
		this.running.add(delivery);
		try {
			await delivery;
		} finally {
			this.running.delete(delivery);
		}
	}

	private async receive(request: WebhookRequest, response: WebhookResponse): Promise<void> {
		const [path] = request.url!.split('?');
		const ownPath = webhookPath(this.webhookId);
		if (this.isActive && this.isOnline && request.method === 'POST' && path === `/webhook/${ownPath}`) {
			const workflow = await this.loadWorkflow();
			return await this.runWebhook(workflow, 'webhook', request, response);
		}
		if (this.testStaticData && request.method === 'POST' && path === `/webhook-test/${ownPath}`) {
			const workflow = this.workflow('{}');
			workflow.setTestStaticData(JSON.parse(this.testStaticData) as IDataObject);
			const before = this.executions.length;
			await this.runWebhook(workflow, 'manual', request, response);
			if (this.executions.length > before) await this.stopListening();
			return;
		}
		response.status(404).json({ code: 404, message: 'The requested webhook is not registered.' });
	}

	private async runWebhook(
		workflow: Workflow,
		mode: StartedExecution['mode'],
		request: WebhookRequest,
		response: WebhookResponse,
	): Promise<void> {
		const nodeType = this.processes[this.turn++ % this.processes.length];
		const data = {
			...this.additionalData(),
			httpRequest: request,
			httpResponse: response,
		} as unknown as IWorkflowExecuteAdditionalData;
		const node = workflow.getNode(NODE_NAME)!;
		const webhook = webhookData(this, nodeType, mode === 'manual', data);
		try {
			await parseBody(request);
		} catch (error) {
			if (!(error instanceof UnparsableBodyError)) throw error;
			const message = 'Failed to parse request body';
			const [path] = request.url!.split('?');
			Container.get(Logger).error(`Error in handling webhook request POST ${path}: ${message}`);
			response.status(422).json({ code: 422, message, hint: error.message });
			return;
		}
		try {
			const context = new WebhookContext(workflow, node, data, mode, webhook, [], null);
			const { workflowData, noWebhookResponse } = await nodeType.webhook!.call(context);
			if (!noWebhookResponse) throw new Error('n8n would answer once more');
			if (workflowData) this.executions.push({ mode, items: workflowData[0] });
		} catch (error) {
			this.executions.push({ mode, items: [{ json: {} }], error: error as Error });
			throw new Error('Workflow Webhook Error: Workflow could not be started!');
		} finally {
			if (mode === 'webhook') await this.save(workflow);
		}
	}

	private async createIfNotExists(
		workflow: Workflow,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
		isTest: boolean,
	): Promise<void> {
		const exists = await this.runHook('checkExists', workflow, mode, activation, isTest);
		if (!exists) await this.runHook('create', workflow, mode, activation, isTest);
	}

	private async runHook(
		method: 'checkExists' | 'create' | 'delete',
		workflow: Workflow,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
		isTest: boolean,
	): Promise<boolean> {
		const [nodeType] = this.processes;
		const data = this.additionalData();
		const webhook = webhookData(this, nodeType, isTest, data);
		const node = workflow.getNode(NODE_NAME)!;
		const context = new HookContext(workflow, node, data, mode, activation, webhook);
		context.getInstanceId = () => this.instanceId;
		return await nodeType.webhookMethods!.default![method].call(context);
	}

	private async loadWorkflow(): Promise<Workflow> {
		await delay(DATABASE_MS);
		return this.workflow(this.stored);
	}

	private async save({ staticData }: Workflow): Promise<void> {
		if (staticData.__dataChanged !== true) return;
		const changed = JSON.stringify(staticData);
		await delay(DATABASE_MS);
		this.stored = changed;
	}

	private workflow(staticData: string): Workflow {
		return triggerWorkflow(this.workflowId, this.processes[0], this.parameters, staticData, this.webhookId);
	}

	private additionalData(): IWorkflowExecuteAdditionalData {
		return additionalData(this.publicUrl, this.credentials);
	}
}
