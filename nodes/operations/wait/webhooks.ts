import type { IWebhookDescription } from 'n8n-workflow';

const link = {
	name: 'default' as const,
	responseMode: 'onReceived' as const,
	responseData: '',
	path: '={{ $nodeId }}',
	restartWebhook: true,
	isFullPath: true,
};

/** The webhooks that receive the reply to a question. */
export const resumeWebhooks: IWebhookDescription[] = [
	{ ...link, httpMethod: 'GET' },
	{ ...link, httpMethod: 'POST' },
];

/** Shown on the canvas while the node waits. */
export const waitingNodeTooltip = 'Waiting for the reply. The execution continues when someone replies.';
