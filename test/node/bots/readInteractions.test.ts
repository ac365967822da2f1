import type { INodeParameters } from 'n8n-workflow';
import { useFixture } from '../../support/fixture';
import { createBot } from './createBot';

const fixture = useFixture();

/** The interactions that are sent for these rows; the error, if there is one. */
async function sentFor(...rows: INodeParameters[]) {
	fixture.sandbox.reset();
	const { message, sent } = await createBot(fixture, rows);
	return message ?? (sent[0] as { interactions: unknown[] }).interactions;
}

const actionsOf = async (...actions: INodeParameters[]) => {
	const sent = await sentFor({ name: 'A', actions: { action: actions } });
	return typeof sent === 'string' ? sent : (sent[0] as { actions?: unknown }).actions;
};

const message = (messageOptions: INodeParameters) => ({ type: 'sendMessage', text: '', messageOptions });
const PNG = 'https://example.com/a.png';
const button = { type: 'postback', title: 'Yes', execute: 'A' };
const reply = { type: 'text', title: 'Yes', payload: 'yes' };

test.each<[what: string, action: INodeParameters, sent: object]>([
	[
		'a message with media only',
		message({ media: PNG }),
		{ send: { message: { media: PNG, mediaType: 'image' } } },
	],
	[
		'media whose type is not known',
		message({ media: 'https://example.com/a' }),
		{ send: { message: { media: 'https://example.com/a' } } },
	],
	[
		'a message with buttons only',
		message({ buttons: { button: [button] } }),
		{ send: { message: { buttons: [button] } } },
	],
	[
		'a message with quick replies only',
		message({ quickReplies: { quickReply: [reply] } }),
		{ send: { message: { quickReplies: [reply] } } },
	],
	['one name to execute', { type: 'execute', execute: 'A' }, { execute: 'A' }],
	['several names to execute', { type: 'execute', execute: 'A, A' }, { execute: ['A', 'A'] }],
	['one tag', { type: 'assignTags', assignTags: 'vip' }, { assignTags: 'vip' }],
	['a pause', { type: 'pause', seconds: 2, milliseconds: 0 }, { pause: { seconds: 2 } }],
	[
		'a pause of milliseconds',
		{ type: 'pause', seconds: 0, milliseconds: 20 },
		{ pause: { milliseconds: 20 } },
	],
	['a subscription', { type: 'subscribe' }, { subscribe: true }],
	['its end', { type: 'unsubscribe' }, { subscribe: false }],
	[
		'one type of data to wait for',
		{ type: 'waitForReply', data: ['text'], content: 'name' },
		{ waitFor: { data: 'text', content: 'name' } },
	],
	[
		'several types of data to wait for',
		{ type: 'waitForReply', data: ['text', 'file'], content: 'name' },
		{ waitFor: { data: ['text', 'file'], content: 'name' } },
	],
])('%s is sent as the reference has it', async (_what, action, sent) => {
	expect(await actionsOf(action)).toEqual([sent]);
});

test.each<[condition: INodeParameters, sent: object]>([
	[{ attribute: 'age', operator: '>', value: '18' }, { comparisons: [['age', '>', '18']] }],
	[{ attribute: 'age', operator: 'is' }, { comparisons: [['age', 'is', '']] }],
	[{ attribute: 'age', operator: 'is present', value: '18' }, { comparisons: [['age', 'is', 'present']] }],
	[{ attribute: 'age', operator: 'is absent' }, { comparisons: [['age', 'is', 'absent']] }],
	[{ channelTypes: ['fb'], operator: 'is' }, { channelTypes: ['fb'] }],
	[
		{ channelTypes: ['fb', 'web'], attribute: 'age', operator: 'is', value: 18 },
		{ channelTypes: ['fb', 'web'], comparisons: [['age', 'is', 18]] },
	],
])('the condition %j is sent as %j', async (condition, sent) => {
	const action = { type: 'goto', goto: 'A', settings: { conditions: { condition: [condition] } } };
	expect(await actionsOf(action)).toEqual([{ goto: 'A', conditions: [sent] }]);
});

test.each<[row: INodeParameters, sent: object]>([
	[{ name: 'A' }, { name: 'A' }],
	[{ name: 'A', actions: {} }, { name: 'A' }],
	[
		{ name: 'A', additionalFields: { include: 'Small Talk' } },
		{ name: 'A', include: 'Small Talk' },
	],
	[
		{ name: 'A', additionalFields: { include: 'Small Talk, FAQ' } },
		{ name: 'A', include: ['Small Talk', 'FAQ'] },
	],
	[
		{
			name: 'A',
			additionalFields: { validation: { rule: { content: 'zip', pattern: '^1', executeOnError: 'A' } } },
		},
		{ name: 'A', validation: { content: 'zip', pattern: '^1', executeOnError: 'A' } },
	],
	[
		{ name: 'A', additionalFields: { moreProperties: '{ "pos": { "x": 1 }, "name": "B" }' } },
		{ name: 'B', pos: { x: 1 } },
	],
])('the interaction %j is sent as %j', async (row, sent) => expect(await sentFor(row)).toEqual([sent]));
