import { defineOperation } from '../../operations/defineOperation';
import type { Form } from '../../operations/form/form';
import { channelProblems, channelReport, chosenTypes, lookUpTypes } from './channelChecks';
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
	// The checks need the types of the message's channels.
	lookUp: lookUpTypes,
	preview({ body }, form) {
		const channels = channelReport(body, form as Form);
		return {
			problems: channelProblems(body, form as Form, chosenTypes(body, form as Form)),
			first: { text: body.text ?? null },
			details: channels && { channels },
		};
	},
});
