import { allForms, choicesOf, everyField } from '../support/allForms';

/** Choices stored under another name, by field; each was compared with the contract by hand. */
const EXCEPTIONS: Record<string, Record<string, unknown>> = {
	// As n8n's own nodes store them.
	approvalType: { 'Approve Only': 'single', 'Approve and Decline': 'double' },
	authentication: { 'Username and Password': 'usernamePassword' },
	channelTypes: {
		Alexa: 'alx',
		Facebook: 'fb',
		'Long Code SMS/MMS': 'dlc',
		'Short Code SMS/MMS': 'dsc',
		'Skype (Coming Soon)': 'sky',
		'Slack (Coming Soon)': 'slk',
		'Telegram (Coming Soon)': 'tlg',
		Twitter: 'twr',
		'Web Chat': 'web',
	},
	check: { 'Shared Secret in a Header': 'sharedSecret' },
	checkForChannels: {
		Alexa: 'alx',
		Facebook: 'fb',
		'Long Code SMS/MMS': 'dlc',
		'Short Code SMS/MMS': 'dsc',
		Twitter: 'twr',
		'Web Chat': 'web',
	},
	defaultCountry: { '(None)': '' },
	events: {
		'Button Tapped': 'postback',
		'Message Delivered or Failed': 'deliveryReport',
		'Message Read': 'read',
		'Message Received': 'inboundMessage',
		'Unknown Event': 'other',
	},
	mediaFrom: { 'Binary Field': 'binary' },
	mediaType: { Automatic: 'auto' },
	operation: {
		'Get Many Revisions': 'getRevisions',
		'Get Subscription Count': 'getSubscription',
		'Get Subscription Status': 'getSubscription',
		'Send Session Message': 'sendSession',
		'Send Template Message': 'sendTemplate',
		'Send and Wait for Response': 'sendAndWait',
	},
	operator: {
		'Does Not Equal': 'notEqual',
		'Does Not Exist': 'absent',
		Equals: 'equal',
		Exists: 'present',
		'Is Greater Than': 'greater',
		'Is Greater Than or Equal': 'greaterOrEqual',
		'Is Less Than': 'less',
		'Is Less Than or Equal': 'lessOrEqual',
	},
	parametersAs: { 'Dragged Fields': 'dragged', 'Named Variables': 'variables', 'Ordered List': 'list' },
	payloadFormat: { 'API Reference': 'reference' },
	phoneType: { 'Hosted by nativeMsg': 2, 'Own Number': 1, 'Text-Enabled 800 Number': 3 },
	restoreTo: { 'Chosen Revision': 'number', 'Latest Revision': 'latest' },
	specifyAttributes: {
		'By Dragging Fields': 'dragged',
		'Using Fields Below': 'fields',
		'Using JSON': 'json',
	},
	specifyHumans: { 'Using Fields Below': 'fields', 'Using JSON': 'json' },
	tagsBy: { ID: 'ids', Name: 'names' },
	targetType: { 'Phone Numbers': 'phones' },
	type: {
		'Open URL': 'weburl',
		'Save Calendar Event': 'calendar',
		'Share Location': 'location',
		'Show Location': 'viewLocation',
	},
};

/** `Is Less Than`, `isLessThan` and `IS_LESS_THAN` are the same words. */
const wordsOf = (text: unknown) =>
	String(text)
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '');

const countries = new Intl.DisplayNames('en', { type: 'region' });

const isTrue = (field: string, label: string, value: unknown) => {
	const said = /country/i.test(field) && value !== '' ? countries.of(String(value)) : value;
	return wordsOf(said) === wordsOf(label);
};

test('on every form, the stored value says the same as the label, except where intended', () => {
	const others: typeof EXCEPTIONS = {};
	for (const [form, fields] of Object.entries(allForms)) {
		for (const [, field] of everyField(form, fields)) {
			for (const { name: label, value } of choicesOf(field)) {
				if (isTrue(field.name, label, value)) continue;
				others[field.name] = { ...others[field.name], [label]: value };
			}
		}
	}
	expect(others).toEqual(EXCEPTIONS);
});

test('no choice is offered twice, and no two choices mean the same', () => {
	const twice = Object.entries(allForms).flatMap(([form, fields]) =>
		everyField(form, fields).filter(([, field]) =>
			(['name', 'value'] as const).some(
				(part) => new Set(choicesOf(field).map((choice) => choice[part])).size < choicesOf(field).length,
			),
		),
	);
	expect(twice.map(([place]) => place)).toEqual([]);
});
