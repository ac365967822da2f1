import type { IWebhookDescription } from 'n8n-workflow';

const link = {
	name: 'default' as const,
	responseMode: 'onReceived' as const,
	responseData: '',
	path: '={{ $nodeId }}',
	restartWebhook: true,
	isFullPath: true,
};

/** Where the reply to a question arrives, at a node that asks. */
export const resumeWebhooks: IWebhookDescription[] = [
	{ ...link, httpMethod: 'GET' },
	{ ...link, httpMethod: 'POST' },
];

/** On the canvas while the node waits. */
export const waitingNodeTooltip = 'Waiting for the reply. The execution continues when someone replies.';
