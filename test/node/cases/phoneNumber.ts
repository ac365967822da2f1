import type { OperationCase } from '../../support/cases';
import { rcsFeatures } from './records';

const canRcs = { rbmEnabled: true, features: rcsFeatures, name: null };
const cannotRcs = { rbmEnabled: false, features: [], name: null };

export const phoneNumberCases: OperationCase[] = [
	{
		title: 'a number with and one without country code',
		parameters: {
			resource: 'phoneNumber',
			operation: 'getCapabilities',
			phoneNumber: '={{ $json.phone }}',
			options: { defaultCountry: 'US' },
		},
		items: [
			{
				json: { phone: '+12011234567' },
				request: 'GET /v1/manage/messaging/capability/%2B12011234567',
				output: [
					{
						callingCountryCode: '1',
						countryCode: 'US',
						carrierName: 'Example Wireless',
						mobileCountryCode: '310',
						lineType: 'mobile',
						format: '(201) 123-4567',
						phoneNumber: '+12011234567',
						valid: true,
						validationErrors: [],
					},
				],
			},
			{
				json: { phone: '888 555-0100' },
				request: 'GET /v1/manage/messaging/capability/%2B18885550100',
				output: [
					{
						callingCountryCode: '1',
						countryCode: 'US',
						carrierName: null,
						mobileCountryCode: null,
						lineType: 'tollFree',
						format: '(888) 555-0100',
						phoneNumber: '+18885550100',
						valid: true,
						validationErrors: [],
					},
				],
			},
		],
	},
	{
		title: 'one number each',
		parameters: {
			resource: 'phoneNumber',
			operation: 'getRcsCapability',
			phoneNumber: '={{ $json.phone }}',
		},
		items: [
			{
				json: { phone: '+12015550100' },
				request: 'GET /v1/manage/rcs/capability/%2B12015550100',
				output: [canRcs],
			},
			{
				json: { phone: '+1 (201) 555-0101' },
				request: 'GET /v1/manage/rcs/capability/%2B12015550101',
				output: [cannotRcs],
			},
		],
	},
	{
		title: 'one number each',
		parameters: {
			resource: 'phoneNumber',
			operation: 'getRcsCapabilityForChannel',
			phoneNumber: '={{ $json.phone }}',
			channelId: '={{ $json.id }}',
		},
		items: [
			{
				json: { phone: '+12015550100', id: 602 },
				request: 'GET /v1/manage/rcs/capability/602/%2B12015550100',
				output: [canRcs],
			},
			{
				json: { phone: 12015550101, id: '602' },
				request: 'GET /v1/manage/rcs/capability/602/%2B12015550101',
				output: [cannotRcs],
			},
		],
		unknownId: { json: { id: 999 }, error: 'Channel #999 does not exist' },
	},
];
