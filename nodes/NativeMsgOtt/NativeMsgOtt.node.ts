import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { searchCountries } from '../operations/listSearch';
import { propertiesOf } from '../operations/properties';
import { execute } from '../operations/run/execute';
import { respond } from '../operations/wait/respond';
import { resumeWebhooks, waitingNodeTooltip } from '../operations/wait/webhooks';
import { catalogue } from './catalogue';

export class NativeMsgOtt implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'NativeMsg OTT',
		name: 'nativeMsgOtt',
		icon: { light: 'file:../../icons/nativemsg.svg', dark: 'file:../../icons/nativemsg.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ ($parameter["operation"] + ": " + $parameter["resource"]).replace(/([A-Z])/g, " $1").toLowerCase() }}',
		description: 'Send WhatsApp, Viber, and Telegram templates and session messages through NativeMessage',
		defaults: { name: 'NativeMsg OTT' },
		usableAsTool: true,
		builderHint: {
			searchHint:
				'For WhatsApp, Viber, and Telegram through NativeMessage. Message > Send Template Message: at any time, for broadcasts too. Message > Send Session Message: replies, on WhatsApp within 24 hours. Message > Send and Wait for Response: ask for approval or a reply. For SMS and RCS use NativeMsg.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-nativemsg.nativeMsgTrigger',
					relationHint: 'Starts when a contact writes, or a message is delivered',
				},
				{ nodeType: 'n8n-nodes-nativemsg.nativeMsg', relationHint: 'SMS, RCS, Facebook, and web chat' },
			],
		},
		waitingNodeTooltip,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'nativeMsgApi', required: true }],
		webhooks: resumeWebhooks,
		properties: propertiesOf(catalogue, {
			resource: 'message',
			operations: { channel: 'create', message: 'sendTemplate', template: 'create' },
		}),
	};

	methods = { listSearch: { searchCountries } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, catalogue);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await respond(this);
	}
}
