import { defineOperation } from '../../operations/defineOperation';
import { channelId } from '../channel/fields';
import { phoneNumber } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Get RCS Capability for Channel',
		value: 'getRcsCapabilityForChannel',
		description: 'Check whether a phone number can receive RCS from one of your RCS channels',
		action: 'Get RCS capability for channel',
	},
	endpoint: 'GET /manage/rcs/capability/{channel_id}/{10DLC}',
	fields: [
		phoneNumber,
		{ ...channelId, description: 'The RCS channel. Choose from the list, or enter an ID.' },
	],
	fieldNames: { '10DLC': 'phoneNumber' },
});
