import { simplify } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import { channelId } from './fields';
import { simpleChannel } from './records';

export const operation = defineOperation({
	option: {
		name: 'Get',
		value: 'get',
		description: 'Retrieve one channel',
		action: 'Get a channel',
	},
	endpoint: 'GET /channels/{channel_id}',
	fields: [channelId, simplify],
	simplify: simpleChannel,
});
