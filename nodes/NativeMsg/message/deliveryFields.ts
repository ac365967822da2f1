import type { INodeProperties } from 'n8n-workflow';

export const DEFAULT_SECONDS = 120;
export const MAX_SECONDS = 3_600;

/** Whether the settings ask to wait. */
export const isWaiting = ({ afterSending }: Record<string, unknown>) =>
	afterSending === 'wait' || afterSending === 'failIfNotDelivered';

/** The setting of Send that is about what becomes of the message. */
export const deliveryGroup: INodeProperties = {
	displayName: 'Delivery',
	name: 'delivery',
	type: 'fixedCollection',
	placeholder: 'Wait for Delivery',
	default: {},
	description:
		'Whether to wait until everybody has the message or cannot be reached. Items are then not combined, so that each gets its own status.',
	options: [
		{
			displayName: 'Delivery',
			name: 'settings',
			values: [
				{
					displayName: 'After Sending',
					name: 'afterSending',
					type: 'options',
					options: [
						{ name: "Don't Wait", value: 'dontWait' },
						{
							name: 'Fail If Not Delivered',
							value: 'failIfNotDelivered',
							description: 'Wait, and let an item fail when one of its recipients did not get the message',
						},
						{ name: 'Wait', value: 'wait', description: 'Put out who got the message' },
					],
					default: 'wait',
				},
				{
					displayName: 'Wait at Most (Seconds)',
					name: 'waitSeconds',
					type: 'number',
					displayOptions: { show: { afterSending: ['failIfNotDelivered', 'wait'] } },
					typeOptions: { minValue: 1, maxValue: MAX_SECONDS },
					default: DEFAULT_SECONDS,
					description: 'When to stop waiting. What is on its way then comes out as pending.',
				},
			],
		},
	],
};
