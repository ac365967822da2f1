// What the sandbox holds when it starts, as the reference documents these records.

const talked = { lastCommunication: '2024-05-12T12:08:02', lastSubscription: '2024-03-01T09:15:00' };

const greeting = (text: string) => ({
	name: 'Greeting',
	intents: ['nm:start'],
	actions: [{ send: { message: { text } } }],
});

export const dateTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);

export const firstGreeting = greeting('Hello');
export const secondGreeting = greeting('Hello, how can I help you?');

export const supportBot = {
	id: 451,
	name: 'Support Bot',
	interactions: [secondGreeting],
	currentRevision: 2,
	latestRevision: 2,
	dateCreated: '2024-02-24T18:00:44',
};

export const orderBot = {
	id: 452,
	name: 'Order Bot',
	interactions: [greeting('Which order is it about?')],
	currentRevision: 1,
	latestRevision: 1,
	dateCreated: '2024-02-24T18:00:44',
};

export const facebookChannel = {
	id: 551,
	channelType: 'fb',
	botId: 451,
	name: 'Example Store Page',
	description: 'Facebook page of the store',
	user: '234234234123',
	phoneType: 0,
	countryCode: null,
	dateCreated: '2024-02-24T18:00:44',
};

export const longCodeChannel = {
	id: 601,
	channelType: 'dlc',
	botId: 451,
	name: 'Store Number',
	description: 'SMS number of the store',
	phoneType: 2,
	countryCode: 'US',
	dateCreated: '2024-02-24T18:00:44',
};

export const rcsChannel = {
	id: 602,
	channelType: 'rcs',
	botId: 452,
	name: 'RCS Agent',
	description: null,
	phoneType: 0,
	countryCode: null,
	dateCreated: '2024-02-24T18:00:44',
};

export const webChannel = { ...rcsChannel, id: 603, channelType: 'web', name: 'Website Chat' };

export const rcsFeatures = [
	'RICHCARD_STANDALONE',
	'RICHCARD_CAROUSEL',
	'ACTION_CREATE_CALENDAR_EVENT',
	'ACTION_DIAL',
	'ACTION_OPEN_URL',
	'ACTION_SHARE_LOCATION',
	'ACTION_VIEW_LOCATION',
];

const unknownAboutHumans = {
	handles: null,
	gender: null,
	email: null,
	mobileCarrier: null,
	timezone: null,
	profilePic: null,
	fbSettings: null,
	locale: 'en_US',
	dateCreated: '2024-02-24T18:00:44',
	botEnabled: true,
};

export const maria = {
	...unknownAboutHumans,
	id: 540,
	botId: 451,
	botName: 'Support Bot',
	name: 'Maria Lopez',
	firstName: 'Maria',
	lastName: 'Lopez',
	company: 'Lopez Travel',
	phoneNumber: '+12025550140',
	channels: [
		{ id: 551, type: 'fb', ...talked },
		{ id: 601, type: 'dlc', ...talked },
	],
	subscribedChannels: [
		{ id: 551, type: 'fb', ...talked },
		{ id: 601, type: 'dlc', ...talked },
	],
	customFields: { plan: 'gold', visits: '12' },
	rcsEnabled: true,
	rcsFeatures,
};

export const lukasz = {
	...unknownAboutHumans,
	id: 541,
	botId: 451,
	botName: 'Support Bot',
	name: 'Łukasz Nowak',
	firstName: 'Łukasz',
	lastName: 'Nowak',
	company: null,
	phoneNumber: '+12025550141',
	channels: [{ id: 601, type: 'dlc', ...talked }],
	subscribedChannels: [{ id: 601, type: 'dlc', ...talked }],
	customFields: { plan: 'silver', visits: '3' },
	rcsEnabled: false,
	rcsFeatures: [],
};

/** What "Simplify" leaves of a record. */
const only =
	(...names: string[]) =>
	(record: object) =>
		Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));

export const simpleHuman = only(
	'id',
	'name',
	'firstName',
	'lastName',
	'phoneNumber',
	'email',
	'company',
	'botEnabled',
	'subscribedChannels',
	'customFields',
);

export const simpleChannel = only('id', 'name', 'channelType', 'description', 'botId', 'dateCreated');

export const customerTag = {
	id: 4,
	name: 'customer',
	description: 'Has bought something',
	dateCreated: '2024-02-24T18:00:44',
	dateUpdated: '2024-02-24T18:00:44',
};

export const vipTag = { ...customerTag, id: 5, name: 'vip', description: 'Orders every month' };
