import type { INodeParameters } from 'n8n-workflow';
import type { PayloadFormat } from '../../../../nodes/transport/credential';
import { parameterRows } from '../cases/records';

/** A form whose field is `{{ $json.value }}`, with a value that can be sent and values that cannot. */
export interface Refusal {
	what: string;
	/** In which payload formats it is tried; default both. */
	formats?: PayloadFormat[];
	parameters: INodeParameters;
	good: unknown;
	bad: unknown[];
	/** The message without the item; `VALUE` in it is replaced with the value. */
	sentence: string;
	/** Text that the description must contain. */
	remedy: RegExp;
	/** The status when it is the API that refuses; absent when nothing is sent. */
	status?: number;
}

export const VALUE = '={{ $json.value }}';

export const template = (others: INodeParameters): INodeParameters => ({
	resource: 'message',
	operation: 'sendTemplate',
	channelId: 'chan_whatsapp',
	to: '+12025550140',
	templateId: 'tmpl_order',
	parametersAs: 'list',
	parameters: parameterRows('ORD-1', '5'),
	options: {},
	...others,
});

export const session = (others: INodeParameters): INodeParameters => ({
	resource: 'message',
	operation: 'sendSession',
	channelId: 'chan_viber',
	to: '+12025550140',
	text: 'Hello',
	...others,
});

/** With a name, which the reference wants and the guide does not know. */
export const channel = (others: INodeParameters): INodeParameters => ({
	resource: 'channel',
	operation: 'create',
	channelType: 'viber',
	providerId: 'prov_viber',
	config: {},
	additionalFields: { name: 'Shop' },
	...others,
});

export const whatsAppChannel = (others: INodeParameters): INodeParameters =>
	channel({
		channelType: 'whatsapp',
		phoneNumberId: '123456789',
		businessAccountId: '987654321',
		...others,
	});

export const newTemplate = (others: INodeParameters): INodeParameters => ({
	resource: 'template',
	operation: 'create',
	channelId: 'chan_viber',
	name: 'greeting',
	body: 'Hello',
	additionalFields: {},
	...others,
});

export const changedTemplate = (others: INodeParameters): INodeParameters => ({
	resource: 'template',
	operation: 'update',
	templateId: 'tmpl_order',
	updateFields: { name: 'renamed' },
	...others,
});
