import { defineOperation } from '../../operations/defineOperation';
import { phoneNumber } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Get Capabilities',
		value: 'getCapabilities',
		description: 'Look up validity, carrier, country and line type of a phone number',
		action: 'Look up the carrier and line type of a phone number',
	},
	endpoint: 'GET /manage/messaging/capability/{10DLC}',
	fields: [phoneNumber],
	fieldNames: { '10DLC': 'phoneNumber' },
});
