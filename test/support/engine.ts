import { configureGlobalAxiosDefaults } from '@n8n/backend-network';
import { Container } from '@n8n/di';
import { Logger } from '@n8n/backend-common';
import { ExecutionLifecycleHooks, InstanceSettings, PackageDirectoryLoader, WorkflowExecute } from 'n8n-core';
import type {
	IExecuteData,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeProperties,
	INodeType,
	INodeTypes,
	IRun,
	IWorkflowExecuteAdditionalData,
	OnError,
	Workflow as WorkflowType,
} from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import { join } from 'node:path';
import { CredentialStore } from './credentials';

/** What one run of the node under test is given. */
export interface NodeRun {
	parameters: INodeParameters;
	/** Default: the action node. */
	node?: NodeName;
	items?: IDataObject[];
	/** Default: stop at the first failed item. */
	onError?: OnError;
	/** "Retry On Fail" with this many tries in all. */
	maxTries?: number;
	/** Runs with the same id share the limits of one account. Default: a new one for each run. */
	credentialId?: string;
	/** Aborted while it runs. */
	cancelAfterMs?: number;
}

/** What came out: the success branch, the error branch, and the error that stopped the node, if one did. */
export interface NodeOutcome {
	success: INodeExecutionData[];
	failed: INodeExecutionData[];
	error?: Error & { description?: string | null; httpCode?: string; context?: IDataObject };
	status: string;
}

/** The package's nodes, by the names that workflows hold. */
export type NodeName = 'nativeMsg' | 'nativeMsgOtt';

const PACKAGE = 'n8n-nodes-nativemsg';
const START_TYPE = 'test.start';
const ROOT = join(__dirname, '../..');

/** Over all engines: two with one base URL would otherwise share the limits of an account by chance. */
let runs = 0;

/** Hands its input on. n8n adds the failed input to an error item only when another node stands before the one that failed. */
const startNode: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['input'],
		version: 1,
		description: 'Hands its input on',
		defaults: { name: 'Start' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

class LoadedNodeTypes implements INodeTypes {
	constructor(private readonly loader: PackageDirectoryLoader) {}

	getByName(type: string): INodeType {
		return this.getByNameAndVersion(type);
	}

	getByNameAndVersion(type: string): INodeType {
		if (type === START_TYPE) return startNode;
		return this.loader.getNode(type.split('.').at(-1)!).type as INodeType;
	}

	getKnownTypes(): IDataObject {
		return {};
	}
}

/** n8n's own engine with the built package loaded as n8n loads it; only the database is missing. */
export class Engine {
	private constructor(
		private readonly nodeTypes: INodeTypes,
		private readonly credentials: CredentialStore,
	) {}

	/** @param credential the fields of the credential, as its form holds them */
	static async start(credential: IDataObject): Promise<Engine> {
		Container.get(Logger);
		Container.get(InstanceSettings);
		configureGlobalAxiosDefaults();
		const loader = new PackageDirectoryLoader(ROOT);
		await loader.loadAll();
		const type = loader.getCredential('nativeMsgApi').type;
		return new Engine(new LoadedNodeTypes(loader), new CredentialStore(type, credential));
	}

	/** What n8n keeps as the credential, a token that it fetched by logging in included. */
	storedCredential(): IDataObject {
		return this.credentials.stored();
	}

	/** The form of the credential. */
	credentialProperties(): INodeProperties[] {
		return this.credentials.getCredentialsProperties();
	}

	/** How often the credential was read since the last call. */
	takeCredentialReads(): number {
		return this.credentials.takeReads();
	}

	async run({
		parameters,
		node: name = 'nativeMsg',
		credentialId = String(++runs),
		items = [{}],
		onError,
		maxTries,
		cancelAfterMs,
	}: NodeRun): Promise<NodeOutcome> {
		const node: INode = {
			id: 'node-under-test',
			name: 'NativeMsg',
			type: `${PACKAGE}.${name}`,
			typeVersion: 1,
			position: [0, 0],
			parameters,
			credentials: { nativeMsgApi: { id: credentialId, name: 'Sandbox' } },
			...(onError && { onError }),
			...(maxTries && { retryOnFail: true, maxTries, waitBetweenTries: 1 }),
		};
		const start: INode = {
			id: 'start',
			name: 'Start',
			type: START_TYPE,
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const workflow = new Workflow({
			nodes: [start, node],
			connections: { Start: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
			active: false,
			nodeTypes: this.nodeTypes,
			settings: { timezone: 'America/New_York' },
		});
		const run = await this.execute(workflow, items, cancelAfterMs);
		const { runData, error } = run.data.resultData;
		const main = runData.NativeMsg?.at(-1)?.data?.main ?? [];
		return {
			success: main[0] ?? [],
			failed: main[1] ?? [],
			error: error as NodeOutcome['error'],
			status: run.status,
		};
	}

	/** The description of a node, as the editor gets it. */
	description(name: NodeName = 'nativeMsg'): INodeType['description'] {
		return this.nodeTypes.getByNameAndVersion(`${PACKAGE}.${name}`).description;
	}

	private async execute(workflow: WorkflowType, items: IDataObject[], cancelAfterMs?: number): Promise<IRun> {
		const input = items.map((json, item) => ({ json, pairedItem: { item } }));
		const stack: IExecuteData[] = [
			{ node: workflow.getNode('Start')!, data: { main: [input] }, source: null },
		];
		const execution = new WorkflowExecute(
			this.additionalData(workflow),
			'manual',
			createRunExecutionData({ executionData: { nodeExecutionStack: stack } }),
		);
		const running = execution.processRunExecutionData(workflow);
		if (cancelAfterMs !== undefined) setTimeout(() => running.cancel(), cancelAfterMs);
		return await running;
	}

	private additionalData(workflow: WorkflowType): IWorkflowExecuteAdditionalData {
		const local = 'http://127.0.0.1/';
		return {
			credentialsHelper: this.credentials,
			executionId: '1',
			currentNodeExecutionIndex: 0,
			hooks: new ExecutionLifecycleHooks('manual', '1', {
				id: '1',
				name: 'Test',
				active: false,
				isArchived: false,
				createdAt: new Date(),
				updatedAt: new Date(),
				nodes: Object.values(workflow.nodes),
				connections: {},
			} as never),
			restApiUrl: local,
			instanceBaseUrl: local,
			formBaseUrl: local,
			formWaitingBaseUrl: local,
			formTestBaseUrl: local,
			webhookBaseUrl: local,
			webhookWaitingBaseUrl: local,
			webhookTestBaseUrl: local,
			variables: {},
			setExecutionStatus: () => {},
		} as unknown as IWorkflowExecuteAdditionalData;
	}
}
