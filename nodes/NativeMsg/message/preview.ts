import { defineOperation } from '../../operations/defineOperation';
import type { Form } from '../../operations/form/form';
import type { RequestOf } from '../../transport/endpoint';
import { channelProblems, channelReport, chosenTypes, lookUpTypes } from './channelLimits';
import { combineTargets, targetName } from './combineTargets';
import { operation as send } from './send';

/** Everybody whom a message names, as they are sent. */
function namesOf(body: RequestOf<'POST /messages'>['body']): string {
	const subjects = combineTargets.recipients({ body }).map(({ subject }) => subject);
	return [...new Set(subjects)].map(targetName).join(', ');
}

export const operation = defineOperation({
	...send,
	option: {
		name: 'Preview',
		value: 'preview',
		description: 'See what Send would send, in how many calls, and what does not fit its channel',
		action: 'Preview a message without sending it',
	},
	// Without a channel's type, nothing can be said about it.
	lookUp: lookUpTypes,
	preview({ body }, form) {
		const channels = channelReport(body, form as Form);
		return {
			problems: channelProblems(body, form as Form, chosenTypes(body, form as Form)),
			first: { to: namesOf(body), text: body.text ?? null },
			details: channels ? { channels } : {},
		};
	},
});
