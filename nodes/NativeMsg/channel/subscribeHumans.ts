import { combineList } from '../../operations/combine';
import { defineOperation } from '../../operations/defineOperation';
import { channelId, humanIds } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Subscribe Humans',
		value: 'subscribeHumans',
		description: 'Subscribe many humans to their channel in one request, when they agree to get messages',
		action: 'Subscribe many humans',
	},
	endpoint: 'POST /channels/{channel_id}/subscribe',
	fields: [channelId, humanIds],
	// The response counts the people in the whole request. Compared with the number requested, it shows if some were
	// skipped.
	combine: combineList('humanIds', { byDefault: true, share: (output) => output }),
});
