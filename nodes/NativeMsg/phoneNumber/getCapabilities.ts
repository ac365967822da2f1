import { defineOperation } from '../../operations/defineOperation';
import { phoneNumber } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Get Capabilities',
		value: 'getCapabilities',
		description: 'Look up validity, carrier, country, and line type of a phone number, before you message it',
		action: 'Get phone number capabilities',
	},
	endpoint: 'GET /manage/messaging/capability/{10DLC}',
	fields: [phoneNumber],
	fieldNames: { '10DLC': 'phoneNumber' },
});
