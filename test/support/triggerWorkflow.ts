import type { PackageDirectoryLoader } from 'n8n-core';
import type {
	ICredentialsHelper,
	IDataObject,
	INode,
	INodeParameters,
	INodeType,
	INodeTypes,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import * as n8nWorkflow from 'n8n-workflow';
import { join } from 'node:path';
import { outsideTests } from '../mutation/outsideTests';

export const NODE_NAME = 'NativeMsg Trigger';
export const WEBHOOK_ID = '7c1e0f52-trigger-under-test';
/** Of the webhook's URL, after `/webhook/` or `/webhook-test/`. */
export const webhookPath = (webhookId: string) => `${webhookId}/webhook`;

/** Loads the node as another process would: with its own memory, but with n8n's classes. */
export function loadInNewProcess({ known, directory }: PackageDirectoryLoader): INodeType {
	const { sourcePath, className } = known.nodes.nativeMsgTrigger;
	let nodeType: INodeType | undefined;
	outsideTests(() =>
		jest.isolateModules(() => {
			jest.doMock('n8n-workflow', () => n8nWorkflow);
			const module = jest.requireActual<Record<string, new () => INodeType>>(join(directory, sourcePath));
			nodeType = new module[className]();
		}),
	);
	return nodeType!;
}

/** The workflow as n8n builds it for each hook and delivery: with the trigger as its only node. */
export function triggerWorkflow(
	id: string,
	nodeType: INodeType,
	parameters: INodeParameters,
	staticData: string,
	webhookId: string,
): n8nWorkflow.Workflow {
	const node: INode = {
		id: 'trigger-under-test',
		webhookId,
		name: NODE_NAME,
		type: 'n8n-nodes-nativemsg.nativeMsgTrigger',
		typeVersion: 1.1,
		position: [0, 0],
		parameters: structuredClone(parameters),
		credentials: { nativeMsgApi: { id, name: 'Sandbox' } },
	};
	return new n8nWorkflow.Workflow({
		id,
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes: { getByNameAndVersion: () => nodeType } as unknown as INodeTypes,
		staticData: JSON.parse(staticData) as IDataObject,
		settings: { timezone: 'America/New_York' },
	});
}

/** What n8n's WebhookService finds out about the webhook of a node. */
export function webhookData(
	{ workflowId, webhookId }: { workflowId: string; webhookId: string },
	nodeType: INodeType,
	isTest: boolean,
	workflowExecuteAdditionalData: IWorkflowExecuteAdditionalData,
): IWebhookData {
	return {
		httpMethod: 'POST',
		node: NODE_NAME,
		path: webhookPath(webhookId),
		webhookDescription: nodeType.description.webhooks![0],
		workflowId,
		workflowExecuteAdditionalData,
		isTest,
	};
}

/** @param publicUrl the base of n8n's webhook URLs */
export function additionalData(
	publicUrl: string,
	credentialsHelper: ICredentialsHelper,
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper,
		currentNodeExecutionIndex: 0,
		restApiUrl: publicUrl,
		instanceBaseUrl: publicUrl,
		formBaseUrl: publicUrl,
		formWaitingBaseUrl: publicUrl,
		formTestBaseUrl: publicUrl,
		webhookBaseUrl: `${publicUrl}/webhook`,
		webhookWaitingBaseUrl: `${publicUrl}/webhook-waiting`,
		webhookTestBaseUrl: `${publicUrl}/webhook-test`,
		variables: {},
		setExecutionStatus: () => {},
	} as unknown as IWorkflowExecuteAdditionalData;
}
