import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { searchCountries } from '../operations/listSearch';
import { eventsSubtitle, triggerFields } from './fields';
import { activationMessage, eventTriggerDescription, triggerPanel } from './guidance';
import { receive } from './receive';
import { isRegistered, register, unregister } from './registration';

export class NativeMsgTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'NativeMsg Trigger',
		name: 'nativeMsgTrigger',
		icon: { light: 'file:../../icons/nativemsg.svg', dark: 'file:../../icons/nativemsg.dark.svg' },
		group: ['trigger'],
		// Not 1: for webhook nodes of that version, n8n evaluates an additional expression per request (measured: a quarter of
		// the CPU time of a request).
		version: 1.1,
		subtitle: eventsSubtitle,
		// n8n's node list shows NativeMsg with this description, and search matches the words of both.
		description:
			'Send and receive SMS, RCS, and chat messages, with replies and delivery reports, also on WhatsApp, Viber, and Telegram',
		defaults: { name: 'NativeMsg Trigger' },
		builderHint: {
			searchHint:
				'For incoming SMS, RCS, WhatsApp, Viber, Telegram, and chat messages, button taps, and delivery reports. A contact who opts out or back in, or asks for help, has keyword STOP, START, or HELP. Do not add a Webhook node.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-nativemsg.nativeMsg',
					relationHint: 'Reply over SMS, RCS, and chat, and unsubscribe',
				},
				{
					nodeType: 'n8n-nodes-nativemsg.nativeMsgOtt',
					relationHint: 'Reply on WhatsApp, Viber, and Telegram',
				},
			],
		},
		triggerPanel,
		eventTriggerDescription,
		activationMessage,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'nativeMsgApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: 'webhook',
			},
		],
		properties: triggerFields,
	};

	methods = { listSearch: { searchCountries } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await register(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await unregister(this);
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
