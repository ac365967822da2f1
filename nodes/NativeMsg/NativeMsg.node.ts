import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { propertiesOf } from '../operations/properties';
import { execute } from '../operations/run/execute';
import { respond } from '../operations/wait/respond';
import { resumeWebhooks, waitingNodeTooltip } from '../operations/wait/webhooks';
import { catalogue } from './catalogue';
import { hints } from './hints';
import { listSearchMethods } from './listSearch';

// Programmatic on purpose: n8n's declarative engine starts all requests at once and in any order, doesn't pair items, and
// doesn't retry. For messages, that means lost, duplicated, or reordered ones.
export class NativeMsg implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'NativeMsg',
		name: 'nativeMsg',
		icon: { light: 'file:../../icons/nativemsg.svg', dark: 'file:../../icons/nativemsg.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ ($parameter["operation"] + ": " + $parameter["resource"]).replace(/([A-Z])/g, " $1").toLowerCase() }}',
		description:
			'Send and receive SMS, RCS, Facebook, and web chat messages, and manage contacts, bots, and channels',
		defaults: { name: 'NativeMsg' },
		usableAsTool: true,
		builderHint: {
			searchHint:
				'For SMS, MMS, RCS, Facebook, and web chat. Message > Send: one text message or a broadcast to many contacts, one input item each. Message > Send and Wait for Response: ask for approval or a reply. Channel > Unsubscribe Humans: opt-out. For WhatsApp, Viber, and Telegram use NativeMsg OTT.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-nativemsg.nativeMsgTrigger',
					relationHint: 'Starts when a contact replies, taps a button, or opts out',
				},
				{ nodeType: 'n8n-nodes-nativemsg.nativeMsgOtt', relationHint: 'WhatsApp, Viber, and Telegram' },
			],
		},
		waitingNodeTooltip,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'nativeMsgApi', required: true }],
		webhooks: resumeWebhooks,
		hints,
		properties: propertiesOf(catalogue, {
			resource: 'message',
			operations: {
				bot: 'getMany',
				channel: 'getMany',
				human: 'addByPhone',
				message: 'send',
				phoneNumber: 'getCapabilities',
			},
		}),
	};

	methods = { listSearch: listSearchMethods };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, catalogue);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await respond(this);
	}
}
