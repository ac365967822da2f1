import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

/** A text to the phone of each item. */
export const toPhones: INodeParameters = {
	resource: 'message',
	operation: 'send',
	targetType: 'phones',
	phones: '={{ $json.phone }}',
	channelId: '601',
	text: 'Hello',
};

/** A text to the humans of each item; the sandbox knows 540 to 545, and refuses a whole request with others. */
export const toHumans: INodeParameters = {
	resource: 'message',
	operation: 'send',
	targetType: 'humans',
	ids: '={{ $json.ids }}',
	text: 'Hello',
};

export const withOptions = (parameters: INodeParameters, options: INodeParameters): INodeParameters => ({
	...parameters,
	options,
});

export const withBroadcast = (parameters: INodeParameters, broadcast: INodeParameters): INodeParameters => ({
	...parameters,
	broadcast,
});

/** Waits for delivery. */
export const waiting = (parameters: INodeParameters, settings: INodeParameters = {}): INodeParameters => ({
	...parameters,
	delivery: { settings },
});

/** The n-th of many phone numbers. */
export const phone = (index: number) => `+1201555${String(index).padStart(4, '0')}`;

/** Items with a phone number each, all different. */
export const phoneItems = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_unused, index) => ({ phone: phone(index) }));

export const jsonOf = (items: INodeExecutionData[]) => items.map(({ json }) => json);

/** The items that output items are paired with, in the order of the output. */
export const pairsOf = (items: INodeExecutionData[]) => items.map(({ pairedItem }) => pairedItem);

/** Pairs for as many items, in order. */
export const inOrder = (count: number) => Array.from({ length: count }, (_unused, item) => ({ item }));

/** The messages in n8n's log from now on. */
export function spyOnLog(): string[] {
	const messages: string[] = [];
	jest.spyOn(Container.get(Logger), 'info').mockImplementation((message) => {
		messages.push(message);
	});
	return messages;
}
