import { simplify } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import { channelId } from './fields';
import { simpleChannel } from './records';

export const operation = defineOperation({
	option: {
		name: 'Get',
		value: 'get',
		description: 'Get one channel by its ID, to see its type, bot, and settings',
		action: 'Get a channel',
	},
	endpoint: 'GET /channels/{channel_id}',
	fields: [channelId, simplify],
	simplify: simpleChannel,
});
