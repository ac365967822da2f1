import type { OperationCase } from '../../../support/cases';
import { channelRecord, nameValueRows } from './records';

const request = 'POST /api/v1/ott/channels';
const whatsApp = {
	resource: 'channel',
	operation: 'create',
	channelType: 'whatsapp',
	providerId: '={{ $json.provider }}',
	phoneNumberId: '={{ $json.number }}',
	businessAccountId: '987654321',
};
const numbers = [
	{ provider: 'prov_1', number: '123456789' },
	{ provider: 'prov_2', number: 123456780 },
];
const configOf = (number: string | number) => ({
	phone_number_id: String(number),
	business_account_id: '987654321',
});

export const channelCases: OperationCase[] = [
	{
		title: 'WhatsApp, as in the guide, which has no name',
		format: 'guide',
		parameters: { ...whatsApp, additionalFields: { name: 'Orders' } },
		items: numbers.map(({ provider, number }, index) => ({
			json: { provider, number },
			request,
			body: { provider_id: provider, channel_type: 'whatsapp', config: configOf(number) },
			output: [
				channelRecord({
					id: `chan_${index + 1}`,
					channel: 'whatsapp',
					provider_id: provider,
					config: configOf(number),
				}),
			],
		})),
	},
	{
		title: 'WhatsApp, as in the reference',
		format: 'reference',
		parameters: { ...whatsApp, additionalFields: { name: '={{ $json.provider }} on WhatsApp' } },
		items: numbers.map(({ provider, number }, index) => ({
			json: { provider, number },
			request,
			body: {
				name: `${provider} on WhatsApp`,
				channel: 'whatsapp',
				provider_id: provider,
				config: configOf(number),
			},
			output: [
				channelRecord({
					id: `chan_${index + 1}`,
					name: `${provider} on WhatsApp`,
					channel: 'whatsapp',
					provider_id: provider,
					config: configOf(number),
				}),
			],
		})),
	},
	{
		title: 'Viber with settings by name, as in the guide',
		format: 'guide',
		parameters: {
			resource: 'channel',
			operation: 'create',
			channelType: 'viber',
			providerId: 'prov_viber',
			config: nameValueRows({ sender: '={{ $json.sender }}', region: 'EU' }),
			additionalFields: {},
		},
		items: ['Shop', 'Support'].map((sender, index) => ({
			json: { sender },
			request,
			body: { provider_id: 'prov_viber', channel_type: 'viber', config: { sender, region: 'EU' } },
			output: [
				channelRecord({
					id: `chan_${index + 1}`,
					channel: 'viber',
					provider_id: 'prov_viber',
					config: { sender, region: 'EU' },
				}),
			],
		})),
	},
	{
		title: 'Telegram without settings, as in the reference',
		format: 'reference',
		parameters: {
			resource: 'channel',
			operation: 'create',
			channelType: 'telegram',
			providerId: '5b1f2c0e-7a44-4d0c-9a35-0d3e7f1b6c21',
			config: {},
			additionalFields: { name: '={{ $json.title }}' },
		},
		items: ['Shop Bot', 'Support Bot'].map((title, index) => ({
			json: { title },
			request,
			body: { name: title, channel: 'telegram', provider_id: '5b1f2c0e-7a44-4d0c-9a35-0d3e7f1b6c21' },
			output: [
				channelRecord({
					id: `chan_${index + 1}`,
					name: title,
					channel: 'telegram',
					provider_id: '5b1f2c0e-7a44-4d0c-9a35-0d3e7f1b6c21',
				}),
			],
		})),
	},
];
