import { combineList } from '../../operations/combine';
import { defineOperation } from '../../operations/defineOperation';
import { channelId, humanIds } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Unsubscribe Humans',
		value: 'unsubscribeHumans',
		description: 'Unsubscribe many humans from their channel in one request, when they want no more messages',
		action: 'Unsubscribe many humans',
	},
	endpoint: 'POST /channels/{channel_id}/unsubscribe',
	fields: [channelId, humanIds],
	// The response counts the people in the whole request. Compared with the number requested, it shows if some were
	// skipped.
	combine: combineList('humanIds', { byDefault: true, share: (output) => output }),
});
