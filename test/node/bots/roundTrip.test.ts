import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { botExamples } from '../../support/botExamples';
import { useFixture } from '../../support/fixture';
import { NodeForm } from '../../support/nodeForm';

const fixture = useFixture();

const say = (text: string, others: INodeParameters = {}): INodeParameters => ({
	type: 'sendMessage',
	text,
	...others,
});
const ask = (content: string, others: INodeParameters = {}): INodeParameters => ({
	type: 'waitForReply',
	content,
	...others,
});
const interaction = (own: INodeParameters, ...actions: INodeParameters[]): INodeParameters => ({
	...own,
	actions: { action: actions },
});
const named = (name: string, ...actions: INodeParameters[]) => interaction({ name }, ...actions);
const on = (intents: string, ...actions: INodeParameters[]) => interaction({ intents }, ...actions);
const json = (value: unknown) => JSON.stringify(value);
const executes = (title: string, execute: string) => ({ type: 'postback', title, execute });
const onChannel = (type: string): INodeParameters => ({
	settings: { conditions: { condition: [{ channelTypes: [type] }] } },
});
const hello = { title: 'Hello, bot!', payload: 'hello' };

const basicQuestions = [
	say('What is your first name?'),
	ask('nm:firstName'),
	say('What is your last name?'),
	ask('nm:lastName'),
	say('What is your phone number?'),
	ask('nm:phone'),
	say('Thank you, {nm:firstName} {nm:lastName}. Your phone number: {nm:phone}.'),
];

const wordQuestion = [say("Type 'first' or 'second' word"), ask('input'), say('You typed: {input}')];
/** Training data of an intent, which has no field. */
const trained = (intent: IDataObject) => ({ moreProperties: json({ intents: [intent] }) });
const trainedBy = (text: string) => trained({ expressions: [{ text }] });

/** The form for each example of the reference, and how many actions or interactions hold JSON, for what reason. */
const FORMS: Record<string, { rows: INodeParameters[]; asJson: string[] }> = {
	'Asks for a Valid Name': {
		rows: [
			on(
				'ask for a valid name',
				say('What is your first name?'),
				ask('nm:firstName', {
					replyOptions: { executeOnError: 'first name input error, wait for the first name' },
					settings: { name: 'wait for the first name' },
				}),
				say('Your first name is remembered as {nm:firstName}.'),
			),
			named(
				'first name input error',
				say('Entered text is not a valid first name. Please enter your first name again.'),
			),
		],
		asJson: [],
	},
	'Asks for an Email Address': {
		rows: [
			on(
				'ask for an email address',
				say('What is your email address?'),
				ask('nm:email'),
				say("Thank you for entering your email address. It's remembered as {nm:email}."),
			),
		],
		asJson: [],
	},
	'Asks for Basic Information and Controls the Dialog': {
		rows: [
			on(
				'ask for basic information',
				{
					type: 'startDialog',
					breakOut: 'break out',
					cancel: 'cancel',
					startOver: 'start over',
					settings: {
						moreProperties: json({
							startDialog: { cancel: { rollback: true }, startOver: { rollback: true } },
						}),
					},
				},
				...basicQuestions,
				{ type: 'finishDialog' },
			),
			named('break out', say('You stopped this conversation')),
			named('cancel', say('You cancelled this conversation')),
			named('start over', say('You started over this conversation')),
		],
		asJson: ['rollback of a dialog, which no table of the reference has'],
	},
	'Emails Entered Data to a Recipient': {
		rows: [
			on(
				'send email, send an email',
				say("What is the recipient's email address?"),
				ask('recipient'),
				say('What is the content if the email?'),
				ask('content'),
				{
					type: 'json',
					json: json({
						'send.email': {
							to: ['{recipient}'],
							cc: ['{recipient}'],
							bcc: ['{recipient}'],
							subject: 'This email was sent by the nativeMsg bot',
							text: '{content}',
							isHtml: true,
						},
					}),
				},
				say('Your email was sent.'),
			),
		],
		asJson: ['send.email with a dot, where the tables have email inside of send'],
	},
	'Sends HTTP Request with Entered Data': {
		rows: [
			on(
				'send request, send a request',
				say("What is the recipient's URL?"),
				ask('recipient'),
				say('What is the content?'),
				ask('content'),
				{
					type: 'json',
					json: json({
						'send.request': {
							method: 'POST',
							url: '{recipient}',
							dataFormat: 'json',
							content: '{"data": "{content}"}',
							retries: 2,
							fallback: 'send email',
						},
					}),
				},
				say('Your request was sent.'),
			),
			named('send email', say('Your can send fallback email here.')),
		],
		asJson: ['send.request with a dot, where the tables have request inside of send'],
	},
	'Sends HTTP Request and Saves Response to Human Attributes': {
		rows: [
			on(
				'send request',
				say('What is the request URL?'),
				ask('url'),
				{
					type: 'httpRequest',
					method: 'GET',
					url: '{url}',
					requestOptions: {
						async: false,
						response: '{"field": "{value}"}',
						fallback: 'send fallback message',
					},
				},
				say('Field value is {value}'),
			),
			named('send fallback message', say('Failed to send request to {url}.')),
		],
		asJson: [],
	},
	'Custom Validation for Entered Data': {
		rows: [
			on(
				'validate uppercase word',
				say('Please enter any word in uppercase'),
				ask('word', {
					settings: {
						name: 'wait for word',
						validation: {
							rule: { content: 'word', pattern: '^[A-Z]+$', executeOnError: 'validation error' },
						},
					},
				}),
			),
			named('validation error', say('Your entered word in not in uppercase.')),
		],
		asJson: [],
	},
	'Different Welcome Messages for Facebook and Twitter channels': {
		rows: [
			interaction(
				{ name: 'welcome', intents: 'nm:start' },
				say('Hello, Facebook user!', {
					messageOptions: { buttons: { button: [{ type: 'postback', ...hello }] } },
					...onChannel('fb'),
				}),
				say('Hello, Twitter user!', {
					messageOptions: { quickReplies: { quickReply: [{ type: 'text', ...hello }] } },
					...onChannel('twr'),
				}),
			),
		],
		asJson: [],
	},
	'Channel Subscription for a Human': {
		rows: [
			on(
				'trigger subscribe',
				say('Subscribe menu', {
					messageOptions: {
						buttons: {
							button: [executes('Subscribe', 'subscribe'), executes('Unsubscribe', 'unsubscribe')],
						},
					},
					settings: { moreProperties: json({ description: 'Channel subscription for a human' }) },
				}),
			),
			named('subscribe', { type: 'subscribe' }, say('You were subscribed to a channel.')),
			named('unsubscribe', { type: 'unsubscribe' }, say('You were unsubscribed from a channel.')),
		],
		asJson: ['description of an action, which no table of the reference has'],
	},
	'Assigns Tags to a Human': {
		rows: [
			on(
				'trigger assignTags',
				say('Assign tags', {
					messageOptions: {
						buttons: { button: [executes('tag1', 'tag1'), executes('tag2 and tag3', 'tag23')] },
					},
					settings: { moreProperties: json({ description: 'Assign tags to a human' }) },
				}),
			),
			named('tag1', { type: 'assignTags', assignTags: 'tag1' }, say('You were assigned to the tag `tag1`.')),
			named(
				'tag23',
				{ type: 'assignTags', assignTags: 'tag2, tag3' },
				say('You were assigned to tags `tag2` and `tag3`.'),
			),
		],
		asJson: ['description of an action, which no table of the reference has'],
	},
	'Conversation based on context': {
		rows: [
			interaction({ additionalFields: trainedBy('input without context') }, ...wordQuestion),
			interaction(
				{
					additionalFields: {
						context: 'awaiting text instead of intent',
						...trainedBy('input with context'),
					},
				},
				...wordQuestion,
			),
			interaction({ additionalFields: trainedBy('first') }, say('message #1')),
			interaction(
				{
					additionalFields: trained({
						excludeContext: 'awaiting text instead of intent',
						expressions: [{ text: 'second' }],
					}),
				},
				say('message #2'),
			),
		],
		asJson: ['intents as objects with training data (four times)'],
	},
};

const headings = Object.keys(botExamples);

test("all eleven of the reference's example bots are entered in fields", () => {
	expect(Object.keys(FORMS)).toEqual(headings);
	expect(headings).toHaveLength(11);
});

test.each(headings)('%s: entered in fields, it arrives as in the reference', async (heading) => {
	const parameters = {
		resource: 'bot',
		operation: 'create',
		name: 'example bot',
		specifyInteractions: 'usingFields',
		interactionRows: { interaction: FORMS[heading].rows },
	};
	const form = new NodeForm('nativeMsg', fixture.engine.description());
	expect(form.issues(form.stored(parameters))).toEqual({});
	for (const filledIn of [parameters, form.stored(parameters)]) {
		const { error, success } = await fixture.engine.run({ parameters: filledIn });
		expect(error).toBeUndefined();
		expect(fixture.sandbox.requests().at(-1)!.body).toEqual({
			name: 'example bot',
			interactions: botExamples[heading],
		});
		expect(success.map(({ json: bot }) => bot.interactions)).toEqual([botExamples[heading]]);
	}
});

test('the form takes only the listed parts of the examples as JSON', () => {
	const jsonIn = (value: unknown): number => {
		if (typeof value !== 'object' || value === null) return 0;
		return Object.entries(value).reduce(
			(sum, [name, part]) => sum + (/^(json|moreProperties)$/.test(name) ? 1 : jsonIn(part)),
			0,
		);
	};
	const counts = headings.map((heading) => jsonIn(FORMS[heading].rows));
	expect(counts).toEqual([0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 4]);
	expect(headings.map((heading) => FORMS[heading].asJson.length > 0)).toEqual(
		counts.map((count) => count > 0),
	);
});
