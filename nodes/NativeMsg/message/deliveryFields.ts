import type { INodeProperties } from 'n8n-workflow';

export const DEFAULT_SECONDS = 120;
export const MAX_SECONDS = 3_600;

/** Whether the settings say to wait for delivery. */
export const isWaiting = ({ afterSending }: Record<string, unknown>) =>
	afterSending === 'wait' || afterSending === 'failIfNotDelivered';

/** The setting of Send for waiting until a message is delivered. */
export const deliveryGroup: INodeProperties = {
	displayName: 'Delivery',
	name: 'delivery',
	type: 'fixedCollection',
	placeholder: 'Wait for Delivery',
	default: {},
	description: 'Whether to wait until each message is delivered or has failed. Turns off Combine Items.',
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
							description: "Wait, and fail an item if one of its recipients didn't get the message",
						},
						{ name: 'Wait', value: 'wait', description: 'Wait, and return the status for each recipient' },
					],
					default: 'wait',
				},
				{
					displayName: 'Max Wait (Seconds)',
					name: 'waitSeconds',
					type: 'number',
					displayOptions: { show: { afterSending: ['failIfNotDelivered', 'wait'] } },
					typeOptions: { minValue: 1, maxValue: MAX_SECONDS },
					default: DEFAULT_SECONDS,
					description: 'Maximum time to wait. Messages still in transit are returned as pending.',
				},
			],
		},
	],
};
