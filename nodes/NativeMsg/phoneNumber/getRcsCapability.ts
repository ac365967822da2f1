import { defineOperation } from '../../operations/defineOperation';
import { phoneNumber } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Get RCS Capability',
		value: 'getRcsCapability',
		description: 'Check whether a phone number can receive RCS, and which features it supports',
		action: 'Get the RCS capability',
	},
	endpoint: 'GET /manage/rcs/capability/{10DLC}',
	fields: [phoneNumber],
	fieldNames: { '10DLC': 'phoneNumber' },
});
