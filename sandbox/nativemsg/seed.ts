import type { Account, Human } from './state';

const CREATED = '2024-02-24T18:00:44';
const SUBSCRIBED = '2024-03-01T09:15:00';
const TALKED = '2024-05-12T12:08:02';

const CUSTOMER = 4;
const VIP = 5;

const subscribed = (channelId: number) => ({
	channelId,
	subscribed: true,
	lastCommunication: TALKED,
	lastSubscription: SUBSCRIBED,
});
const unsubscribed = (channelId: number) => ({ ...subscribed(channelId), subscribed: false });

const humans: Array<Partial<Human> & { id: number }> = [
	{
		id: 540,
		phone: '12025550140',
		firstName: 'Maria',
		lastName: 'Lopez',
		company: 'Lopez Travel',
		customFields: { plan: 'gold', visits: '12' },
		tagIds: new Set([CUSTOMER, VIP]),
		memberships: [subscribed(551), subscribed(601)],
	},
	{
		id: 541,
		phone: '12025550141',
		firstName: 'Łukasz',
		lastName: 'Nowak',
		customFields: { plan: 'silver', visits: '3' },
		tagIds: new Set([CUSTOMER]),
		memberships: [subscribed(601)],
	},
	{
		id: 542,
		firstName: 'Chris',
		lastName: 'Baker',
		company: 'SkyLine',
		customFields: { visits: 'many' },
		memberships: [subscribed(551), unsubscribed(603)],
	},
	{
		id: 543,
		phone: '12025550142',
		firstName: 'さくら',
		lastName: '小林',
		customFields: { plan: 'gold', visits: '102' },
		tagIds: new Set([CUSTOMER]),
		memberships: [subscribed(602)],
	},
	{
		id: 544,
		phone: '12025550143',
		firstName: 'Opted',
		lastName: 'Out',
		memberships: [unsubscribed(601)],
	},
	{ id: 545, userName: 'visitor-545', memberships: [unsubscribed(603)] },
];

/** Fills an empty account: two bots, four channels, three tags, six humans. */
export function seed(account: Account): void {
	const seedBot = (id: number, name: string, greetings: string[]) => {
		const revisions = greetings.map((text, index) =>
			account.revisions.add({
				id: id * 10 + index,
				botId: id,
				revision: index + 1,
				name,
				interactions: [
					{ name: 'Greeting', intents: ['nm:start'], actions: [{ send: { message: { text } } }] },
				],
			}),
		);
		const { revision: currentRevision, interactions } = revisions[revisions.length - 1];
		account.bots.add({ id, name, interactions, currentRevision, dateCreated: CREATED });
	};
	seedBot(451, 'Support Bot', ['Hello', 'Hello, how can I help you?']);
	seedBot(452, 'Order Bot', ['Which order is it about?']);

	const channel = { description: null, phoneType: 0, countryCode: null, dateCreated: CREATED };
	account.channels.add({
		...channel,
		id: 551,
		channelType: 'fb',
		botId: 451,
		name: 'Example Store Page',
		description: 'Facebook page of the store',
		user: '234234234123',
	});
	account.channels.add({
		...channel,
		id: 601,
		channelType: 'dlc',
		botId: 451,
		name: 'Store Number',
		description: 'SMS number of the store',
		phoneType: 2,
		countryCode: 'US',
	});
	account.channels.add({ ...channel, id: 602, channelType: 'rcs', botId: 452, name: 'RCS Agent' });
	account.channels.add({ ...channel, id: 603, channelType: 'web', botId: 452, name: 'Website Chat' });

	const tag = { dateCreated: CREATED, dateUpdated: CREATED };
	account.tags.add({ ...tag, id: CUSTOMER, name: 'customer', description: 'Has bought something' });
	account.tags.add({ ...tag, id: VIP, name: 'vip', description: 'Orders every month' });
	account.tags.add({ ...tag, id: 6, name: 'beta', description: 'Tries new things' });

	for (const human of humans) account.addHuman({ ...structuredClone(human), dateCreated: CREATED });
}

/** Adds humans with different numbers and names, who are on no channel. */
export function seedHumans(account: Account, count: number): void {
	for (let index = 0; index < count; index++) {
		account.addHuman({ phone: String(13_030_000_000 + index), firstName: 'Person', lastName: String(index) });
	}
}
