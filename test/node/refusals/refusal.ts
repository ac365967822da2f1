import type { INodeParameters } from 'n8n-workflow';

/** A value with what its refusal must say: what the field may be, and what was given. */
export interface BadValue {
	value: unknown;
	rule: string;
	given: string;
}

/** A field whose value is `{{ $json.value }}`, with a value that can be sent and values that cannot. */
export interface Refusal {
	/** The field, as the form or the JSON names it. */
	label: string;
	parameters: INodeParameters;
	/** Where the field has a limit, a value that just keeps it. */
	good: unknown;
	bad: BadValue[];
}

export const VALUE = '={{ $json.value }}';

/** What an emptied field and expressions without a result yield. */
export const missing: BadValue[] = ['', null, undefined].map((value) => ({
	value,
	rule: 'required',
	given: 'nothing',
}));

/** Values that a refusal repeats, texts in quotation marks. */
export const repeated = (rule: string, ...values: unknown[]): BadValue[] =>
	values.map((value) => ({ value, rule, given: JSON.stringify(value) }));

/** Lists that a refusal counts. */
export const counted = (rule: string, ...values: unknown[][]): BadValue[] =>
	values.map((value) => ({ value, rule, given: String(value.length) }));

/** "Send a message" to one human: of that type, with these fields. */
export const send = (messageType: string, fields: INodeParameters): INodeParameters => ({
	resource: 'message',
	operation: 'send',
	messageType,
	targetType: 'humans',
	ids: '540',
	text: 'Hello',
	...fields,
});

export const sendText = (fields: INodeParameters) => send('text', fields);
export const button = (values: INodeParameters) => send('buttons', { buttons: { button: [values] } });
export const quickReply = (values: INodeParameters) =>
	send('quickReplies', { quickReplies: { quickReply: [values] } });
export const card = (values: INodeParameters) => send('carousel', { carousel: { card: [values] } });
export const listEntry = (values: INodeParameters) =>
	send('list', { list: { entry: [{ title: 'First' }, values] } });

export const createChannel = (values: INodeParameters): INodeParameters => ({
	resource: 'channel',
	operation: 'create',
	channelType: 'dlc',
	name: 'New',
	botId: '451',
	...values,
});

export const updateChannel = (updateFields: INodeParameters): INodeParameters => ({
	resource: 'channel',
	operation: 'update',
	channelId: '601',
	updateFields,
});
