import { defineOperation } from '../../operations/defineOperation';
import { channelReport } from './channelLimits';
import { operation as send } from './send';

export const operation = defineOperation({
	...send,
	option: {
		name: 'Preview',
		value: 'preview',
		description:
			"See the requests that Send would make, and what doesn't fit the type of channel. Sends nothing.",
		action: 'Preview a message',
	},
	preview: ({ body }, form) => ({ channels: channelReport(body, form) }),
});
