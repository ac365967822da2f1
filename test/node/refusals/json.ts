import { counted, missing, repeated, updateChannel, VALUE, type Refusal } from './refusal';

const notJson = repeated('valid JSON', '{', '[1', 'text', "{'a': 1}");

export const jsonRefusals: Refusal[] = [
	{
		label: 'Interactions (JSON)',
		parameters: {
			resource: 'bot',
			operation: 'create',
			name: 'New',
			specifyInteractions: 'usingJson',
			interactions: VALUE,
		},
		good: '[]',
		bad: [
			...notJson,
			...missing,
			{ value: '5', rule: 'JSON object', given: '5' },
			{ value: '[{}, 1]', rule: 'JSON object', given: '1' },
			{ value: ['text'], rule: 'JSON', given: '"text"' },
			{
				value: '[{}, { "actions": [{ "waitFor": { "data": "text" } }] }]',
				rule: 'is required',
				given: 'interactions[1].actions[0].waitFor.content',
			},
		],
	},
	{
		label: 'Message (JSON)',
		parameters: { resource: 'message', operation: 'send', messageType: 'json', messageJson: VALUE },
		good: '{ "text": "Hello", "targets": [{ "targetType": "humans", "ids": [540] }] }',
		bad: [
			...notJson,
			...missing,
			{ value: '[]', rule: 'JSON object', given: '[]' },
			{ value: { text: 'Hello' }, rule: 'targets is required', given: 'nothing' },
			{ value: { text: 'x'.repeat(1601), targets: [] }, rule: 'at most 1600', given: '1601' },
			{ value: { text: 'Hello', targets: [] }, rule: 'at least 1', given: '0' },
			{
				value: { text: 'Hello', targets: [{ targetType: 'humans', ids: ['x'] }] },
				rule: 'whole number',
				given: '"x"',
			},
		],
	},
	{
		label: 'Humans (JSON)',
		parameters: {
			resource: 'human',
			operation: 'addByPhone',
			channelId: '601',
			specifyHumans: 'json',
			humans: VALUE,
		},
		good: '[{ "phone": "12015550101" }]',
		bad: [
			...notJson,
			...missing,
			...counted('at least 1', []),
			{ value: [{ firstName: 'Ada' }], rule: 'phone is required', given: 'nothing' },
			{ value: [{ phone: '12' }], rule: 'must be a phone number with +', given: '"12"' },
		],
	},
	{
		label: 'Attributes',
		parameters: {
			resource: 'human',
			operation: 'setAttributes',
			humanId: '540',
			specifyAttributes: 'json',
			attributesJson: VALUE,
		},
		good: '{ "a": 1 }',
		bad: [
			...notJson,
			...['', null, undefined, '{}'].map((value) => ({ value, rule: 'at least one', given: 'nothing' })),
			{ value: '[1]', rule: 'JSON object', given: '[1]' },
		],
	},
	{
		label: 'Verified Sender Setup (JSON)',
		parameters: updateChannel({ name: 'New', data: VALUE }),
		good: '{}',
		bad: [...notJson, { value: '[1]', rule: 'JSON object', given: '[1]' }],
	},
];
