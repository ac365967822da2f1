import {
	ExecutionLifecycleHooks,
	LoadOptionsContext,
	PackageDirectoryLoader,
	WorkflowExecute,
} from 'n8n-core';
import type {
	IExecuteData,
	ExecuteWorkflowOptions,
	IBinaryKeyData,
	IDataObject,
	IExecuteWorkflowInfo,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodeProperties,
	INodeType,
	INodeTypes,
	IRun,
	IRunExecutionData,
	IWorkflowExecuteAdditionalData,
	OnError,
	Workflow as WorkflowType,
} from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import { CredentialStore } from './credentials';
import { loadPackage } from './loader';
import { agentNode, asTool, startNode } from './standInNodes';

/** What one run of the node under test is given. */
export interface NodeRun {
	parameters: INodeParameters;
	/** Default: the action node. */
	node?: NodeName;
	items?: IDataObject[];
	/** The files of each item; default none. */
	files?: IBinaryKeyData[];
	/** Runs as the tool of an AI agent, which uses it with each item; the output is what the agent got. */
	asTool?: boolean;
	/** What further runs of the node in the same execution are given, as in a loop. */
	laterItems?: IDataObject[][];
	/** Default: stop at the first failed item. */
	onError?: OnError;
	/** "Retry On Fail" with this many tries in all. */
	maxTries?: number;
	/** Runs with the same id share the limits of one account. Default: a new one for each run. */
	credentialId?: string;
	/** The ID of the workflow, for which n8n keeps what nodes remember; empty for one that wasn't saved. */
	workflowId?: string;
	/** What the node kept in its context in an execution that this one retries. */
	context?: IDataObject;
	/** Is canceled when this resolves. */
	cancelWhen?: Promise<unknown>;
	/** Where n8n takes replies, and for which execution. */
	execution?: ExecutionPlace;
}

export interface ExecutionPlace {
	id: string;
	/** Without a slash at its end. */
	waitingUrl: string;
}

/** What the editor hands over when a dropdown of the form is opened, searched or scrolled. */
export interface ListQuery {
	/** What was typed. */
	filter?: string;
	/** Where the last page ended. */
	paginationToken?: string;
	/** The form as it is filled in. */
	parameters?: INodeParameters;
	asTool?: boolean;
	/** Default: a new one for each query. */
	credentialId?: string;
}

/** The results of the last run: the success branch, the error branch, and the error that stopped the node, if any. */
export interface NodeOutcome {
	success: INodeExecutionData[];
	failed: INodeExecutionData[];
	/** The success branches of all runs in the execution. */
	runs: INodeExecutionData[][];
	/** The hints for the user. */
	hints: string[];
	/** What the node keeps in its context. */
	context: IDataObject;
	error?: Error & { description?: string | null; httpCode?: string; context?: IDataObject };
	status: string;
	/** What the execution can be filtered by. */
	customData: Record<string, string>;
	/** The execution as n8n stores it. */
	run: IRun;
	workflow: WorkflowType;
}

/** The package's nodes, by the names that workflows hold. */
export type NodeName = 'nativeMsg' | 'nativeMsgOtt';

const PACKAGE = 'n8n-nodes-nativemsg';
const STAND_INS: Record<string, INodeType> = { start: startNode, agent: agentNode };

/** A URL where no one takes replies. */
const PLACE: ExecutionPlace = { id: '1', waitingUrl: 'http://127.0.0.1/webhook-waiting' };

/** Over all engines: two with one base URL would otherwise share the limits of an account by chance. */
let runs = 0;

const standIn = (name: string): INode => ({
	id: name,
	name,
	type: `test.${name.toLowerCase()}`,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
});

const nodeUnderTest = (
	name: NodeName,
	isTool: boolean,
	parameters: INodeParameters,
	credentialId: string,
): INode => ({
	...standIn('NativeMsg'),
	type: `${PACKAGE}.${name}${isTool ? 'Tool' : ''}`,
	parameters,
	credentials: { nativeMsgApi: { id: credentialId, name: 'Sandbox' } },
});

class LoadedNodeTypes implements INodeTypes {
	constructor(private readonly loader: PackageDirectoryLoader) {}

	getByName(type: string): INodeType {
		return this.getByNameAndVersion(type);
	}

	getByNameAndVersion(type: string): INodeType {
		const name = type.split('.').at(-1)!;
		if (name in STAND_INS) return STAND_INS[name];
		const found = this.loader.getNode(name.replace(/Tool$/, '')).type as INodeType;
		return name.endsWith('Tool') ? asTool(found) : found;
	}

	getKnownTypes(): IDataObject {
		return {};
	}
}

/** n8n's own engine with the built package loaded as n8n loads it; only the database is missing. */
export class Engine {
	/** Stands for the workflows that nodes execute: is given the ID of one, and the items. */
	subWorkflow: (id: string, items: IDataObject[]) => Promise<void> = () => Promise.resolve();

	private constructor(
		private readonly nodeTypes: INodeTypes,
		private readonly credentials: CredentialStore,
	) {}

	/** @param credential the fields of the credential, as its form holds them */
	static async start(credential: IDataObject): Promise<Engine> {
		const loader = await loadPackage();
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

	/** How often the credential was read since the last time. */
	takeCredentialReads(): number {
		return this.credentials.takeReads();
	}

	async run({
		parameters,
		node: name = 'nativeMsg',
		credentialId = String(++runs),
		items = [{}],
		files = [],
		laterItems = [],
		asTool: isTool = false,
		onError,
		maxTries,
		workflowId = 'workflow',
		context = {},
		cancelWhen,
		execution = PLACE,
	}: NodeRun): Promise<NodeOutcome> {
		const node: INode = {
			...nodeUnderTest(name, isTool, parameters, credentialId),
			...(onError && { onError }),
			...(maxTries && { retryOnFail: true, maxTries, waitBetweenTries: 1 }),
		};
		const last = isTool ? 'Agent' : 'NativeMsg';
		const workflow = new Workflow({
			id: workflowId,
			nodes: [standIn('Start'), node, ...(isTool ? [standIn('Agent')] : [])],
			connections: {
				Start: { main: [[{ node: last, type: 'main', index: 0 }]] },
				...(isTool && { NativeMsg: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] } }),
			},
			active: false,
			nodeTypes: this.nodeTypes,
			settings: { timezone: 'America/New_York' },
		});
		const stack = [items, ...laterItems].map((round): IExecuteData => {
			const input = round.map((json, item) => ({ json, binary: files[item], pairedItem: { item } }));
			return { node: workflow.getNode('Start')!, data: { main: [input] }, source: null };
		});
		const data = createRunExecutionData({
			executionData: { nodeExecutionStack: stack, contextData: { 'node:NativeMsg': context } },
		});
		const run = await this.execute(workflow, data, execution, cancelWhen);
		const { runData, error } = run.data.resultData;
		const outputs = (runData[last] ?? []).map(({ data }) => data?.main ?? []);
		return {
			success: outputs.at(-1)?.[0] ?? [],
			failed: outputs.at(-1)?.[1] ?? [],
			runs: outputs.map((main) => main[0] ?? []),
			hints: (runData[last] ?? []).flatMap((one) => (one.hints ?? []).map(({ message }) => message)),
			context: run.data.executionData?.contextData['node:NativeMsg'] ?? {},
			error: error as NodeOutcome['error'],
			status: run.status,
			customData: run.data.resultData.metadata ?? {},
			run,
			workflow,
		};
	}

	/** The entries of a dropdown of the action node, as n8n fetches them for the editor. */
	async search(method: string, query: ListQuery = {}): Promise<INodeListSearchResult> {
		const { filter, paginationToken, parameters = {}, credentialId = String(++runs) } = query;
		const node = nodeUnderTest('nativeMsg', query.asTool === true, parameters, credentialId);
		const workflow = new Workflow({
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes: this.nodeTypes,
		});
		const additionalData = { ...this.additionalData(workflow), currentNodeParameters: parameters };
		const context = new LoadOptionsContext(workflow, node, additionalData, 'parameters');
		const { methods } = this.nodeTypes.getByNameAndVersion(node.type) as INodeType;
		return await methods!.listSearch![method].call(context, filter, paginationToken);
	}

	/** A node as it was loaded. */
	nodeType(name: NodeName = 'nativeMsg'): INodeType {
		return this.nodeTypes.getByNameAndVersion(`${PACKAGE}.${name}`) as INodeType;
	}

	/** The description of a node, as the editor gets it. */
	description(name: NodeName = 'nativeMsg'): INodeType['description'] {
		return this.nodeType(name).description;
	}

	/** Executes a workflow from where its data say. */
	async execute(
		workflow: WorkflowType,
		data: IRunExecutionData,
		place: ExecutionPlace,
		cancelWhen?: Promise<unknown>,
	): Promise<IRun> {
		const execution = new WorkflowExecute(this.additionalData(workflow, place), 'manual', data);
		const running = execution.processRunExecutionData(workflow);
		void cancelWhen?.then(() => running.cancel());
		return await running;
	}

	/** What n8n hands to each part of an execution. */
	additionalData(workflow: WorkflowType, { id, waitingUrl } = PLACE): IWorkflowExecuteAdditionalData {
		const local = 'http://127.0.0.1/';
		return {
			credentialsHelper: this.credentials,
			executionId: id,
			currentNodeExecutionIndex: 0,
			hooks: new ExecutionLifecycleHooks('manual', id, {
				id: '1',
				name: 'Test',
				active: false,
				isArchived: false,
				createdAt: new Date(),
				updatedAt: new Date(),
				nodes: Object.values(workflow.nodes),
				connections: {},
			} as never),
			restApiUrl: `${local}rest`,
			instanceBaseUrl: local,
			formBaseUrl: local,
			formWaitingBaseUrl: local,
			formTestBaseUrl: local,
			webhookBaseUrl: local,
			webhookWaitingBaseUrl: waitingUrl,
			webhookTestBaseUrl: local,
			variables: {},
			executeWorkflow: async (
				{ id: workflowId = '' }: IExecuteWorkflowInfo,
				_additionalData: unknown,
				{ inputData = [] }: ExecuteWorkflowOptions,
			) => {
				await this.subWorkflow(
					workflowId,
					inputData.map(({ json }) => json),
				);
				return { executionId: '2', data: [] };
			},
			setExecutionStatus: () => {},
		} as unknown as IWorkflowExecuteAdditionalData;
	}
}
