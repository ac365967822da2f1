import { byDisplayName } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import type { Form } from '../../operations/form/form';
import { questionFields, questionOptions } from '../../operations/wait/fields';
import { readQuestion } from '../../operations/wait/question';
import { namedSchema } from '../../transport/contract';
import type { RequestOf } from '../../transport/endpoint';
import { arrivalOptions, askingContent, lookUpTypes } from './askingContent';
import { combineTargets, targetName } from './combineTargets';
import { receipt } from './records';
import { askedFields } from './targetFields';

const ENDPOINT = 'POST /messages';
type Target = RequestOf<typeof ENDPOINT>['body']['targets'][number];

export const operation = defineOperation({
	option: {
		name: 'Send and Wait for Response',
		value: 'sendAndWait',
		description:
			'Ask a person for approval, a choice, or a text, and wait for the reply before the workflow goes on',
		action: 'Send and wait for response',
	},
	endpoint: ENDPOINT,
	fields: [
		...askedFields,
		...questionFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [...arrivalOptions, ...questionOptions].sort(byDisplayName),
		},
	],
	fieldNames: { text: 'message' },
	lookUp: lookUpTypes,
	ask: (form) => readQuestion(form as Form),
	request(form) {
		const target = form.readObject<Target>(namedSchema('Target'));
		const content = askingContent(form as Form, readQuestion(form as Form));
		return { body: form.readBody({ targets: [target], ...content }) };
	},
	output: receipt,
	combine: combineTargets,
	addressee: targetName,
});
