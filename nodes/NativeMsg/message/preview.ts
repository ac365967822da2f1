import { defineOperation } from '../../operations/defineOperation';
import { channelReport } from './channelLimits';
import { operation as send } from './send';

export const operation = defineOperation({
	...send,
	option: {
		name: 'Preview',
		value: 'preview',
		description: 'See what Send would send, in how many calls, and what does not fit which type of channel',
		action: 'Preview a message without sending it',
	},
	preview: ({ body }, form) => ({ channels: channelReport(body, form) }),
});
