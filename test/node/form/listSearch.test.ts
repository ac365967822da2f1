import type { INodeListSearchItems, INodeParameters } from 'n8n-workflow';
import { CHANNEL_TYPES } from '../../../nodes/NativeMsg/channel/fields';
import type { Sandbox } from '../../../sandbox/server';
import { startSandbox } from '../../../sandbox/server';
import type { ListQuery } from '../../support/engine';
import { Engine } from '../../support/engine';
import { useFixture } from '../../support/fixture';
import { levelsOf } from '../../support/nodeForm';

const fixture = useFixture();

/** How much later (ms) than it is. */
let later = 0;
const clock = Date.now;
beforeEach(() => {
	later = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => clock() + later);
});
afterEach(() => jest.restoreAllMocks());

const chosen = (botId: unknown) => ({ botId }) as INodeParameters;
const SUPPORT_BOT = chosen({ __rl: true, mode: 'list', value: 451 });

const search = (method: string, query?: ListQuery) => fixture.engine.search(method, query);
const errorOf = async (found: Promise<unknown>) =>
	await found.then(
		() => undefined,
		(error: Error & { description?: string }) => error,
	);
/** All that the editor gets while the user scrolls to the end. */
async function scroll(method: string, query: ListQuery = {}) {
	const entries: INodeListSearchItems[] = [];
	let pages = 0;
	for (let paginationToken: string | undefined; pages === 0 || paginationToken; pages++) {
		const page = await search(method, { ...query, paginationToken });
		entries.push(...page.results);
		paginationToken = page.paginationToken as string | undefined;
	}
	return { entries, pages };
}
const requests = () => fixture.sandbox.requests().map(({ method, path }) => `${method} ${path}`);
const valuesOf = ({ results }: { results: INodeListSearchItems[] }) => results.map(({ value }) => value);

/** The lists of the account. */
const METHODS = ['searchBots', 'searchChannelTypes', 'searchChannels', 'searchHumans', 'searchRevisions'];

describe('a dropdown', () => {
	const LISTS: Array<[method: string, path: string, entries: Record<string, unknown>]> = [
		['searchBots', '/bots', { 'Order Bot': 452, 'Support Bot': 451 }],
		[
			'searchChannels',
			'/channels',
			{
				'Example Store Page (Facebook)': 551,
				'RCS Agent (RCS)': 602,
				'Store Number (Long Code SMS/MMS)': 601,
				'Website Chat (Web Chat)': 603,
			},
		],
		[
			'searchChannelTypes',
			'/channels/types',
			Object.fromEntries(
				CHANNEL_TYPES.filter(({ name }) => !name.includes('Soon')).map(({ name, value }) => [name, value]),
			),
		],
		[
			'searchHumans',
			'/humans',
			{
				'Chris Baker': 542,
				'Łukasz Nowak · +12025550141': 541,
				'Maria Lopez · +12025550140': 540,
				'Opted Out · +12025550143': 544,
				'visitor-545': 545,
				'さくら 小林 · +12025550142': 543,
			},
		],
		['searchRevisions', '/bots/451/revisions', { '2 · v0.2': 2, '1 · v0.1': 1 }],
	];

	test.each(LISTS)('lists the records of the account with %s', async (method, path, entries) => {
		const parameters = SUPPORT_BOT;
		for (const asTool of [false, true]) {
			const found = await search(method, { parameters, asTool });
			expect(found.results.map(({ name, value }) => [name, value])).toEqual(Object.entries(entries));
		}
		expect(requests()).toEqual([`GET /v1${path}`, `GET /v1${path}`]);
	});

	test('exists for each field that names one, and a field names each dropdown', () => {
		const named = levelsOf('', fixture.engine.description().properties).flatMap(([, level]) =>
			level.flatMap(({ modes = [] }) =>
				modes.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []),
			),
		);
		const methods = Object.keys(fixture.engine.nodeType().methods!.listSearch!).sort();
		// Countries are no records of the account.
		expect(methods).toEqual([...METHODS, 'searchCountries'].sort());
		expect([...new Set(named)].sort()).toEqual(methods);
	});

	test.each<[string, string, unknown[]]>([
		['searchHumans', 'LOPEZ maria', [540]],
		['searchHumans', '  łukasz ', [541]],
		['searchHumans', '5550141', [541]],
		['searchHumans', '+1202555 nowak', [541]],
		['searchHumans', '(202) 555-0141', [541]],
		['searchHumans', '1 maria', [540]],
		['searchHumans', ' maria\t  lopez', [540]],
		['searchHumans', 'x5550141', []],
		['searchHumans', '(14)', []],
		['searchHumans', '小林', [543]],
		['searchHumans', '545', [545]],
		['searchHumans', 'lopez nowak', []],
		['searchChannels', 'sms', [601]],
		['searchChannels', 'CHAT web', [603]],
		['searchChannels', '60', [602, 601, 603]],
		['searchBots', 'bot ORDER', [452]],
		['searchChannelTypes', 'DLC', ['dlc']],
		['searchRevisions', 'v0.1', [1]],
	])('finds entries with %s: "%s" finds %j', async (method, filter, values) => {
		expect(valuesOf(await search(method, { filter, parameters: SUPPORT_BOT }))).toEqual(values);
	});

	test.each<[method: string, record: object, name: string]>([
		['searchBots', { name: '' }, 'Bot 7'],
		['searchChannels', { name: '' }, 'Channel 7'],
		['searchChannels', { name: '', channelType: 'fb' }, 'Channel 7 (Facebook)'],
		['searchHumans', { name: null, phoneNumber: null }, 'Human 7'],
		['searchHumans', { name: 'Ann', firstName: 'Anna' }, 'Ann'],
		['searchHumans', { firstName: 'Anna', lastName: 'Bell', phoneNumber: '+1' }, 'Anna Bell · +1'],
		['searchHumans', { lastName: 'Bell' }, 'Bell'],
		['searchHumans', { phoneNumber: '+12025550140' }, '+12025550140'],
		['searchHumans', { name: '12025550140', phoneNumber: '+12025550140' }, '+12025550140'],
		['searchHumans', { name: '+12025550140', phoneNumber: '12025550140' }, '12025550140'],
		['searchHumans', { name: '12025550141', phoneNumber: '+12025550140' }, '12025550141 · +12025550140'],
		['searchRevisions', { revision: 7, revisionName: 'Spring', name: 'Shop' }, '7 · Spring'],
		['searchRevisions', { revision: 7, name: 'Shop' }, '7 · Shop'],
		['searchRevisions', { revision: 7 }, '7'],
	])('%s shows the record %j as "%s"', async (method, record, name) => {
		fixture.sandbox.addFault({ kind: 'status', status: 200, body: [{ id: 7, ...record }] });
		const query = { parameters: SUPPORT_BOT, credentialId: name };
		expect(await search(method, query)).toEqual({ results: [{ name, value: 7 }] });
	});
});

describe('a long list', () => {
	test('is returned in pages that hold every entry once', async () => {
		fixture.sandbox.seedHumans(333);
		const { entries, pages } = await scroll('searchHumans', { credentialId: 'many' });
		expect(pages).toBe(4);
		expect(new Set(entries.map(({ value }) => value)).size).toBe(339);
		expect(entries).toHaveLength(339);
		const found = await scroll('searchHumans', { credentialId: 'many', filter: 'person 1' });
		expect(found.entries).toHaveLength(
			entries.filter(({ name, value }) => name.startsWith('Person') && `${name}${value}`.includes('1'))
				.length,
		);
		expect(requests()).toHaveLength(1);
	});

	test.each([
		[99, 1],
		[100, 1],
		[101, 2],
		[200, 2],
	])('of %i entries is returned in %i page(s)', async (count, expected) => {
		const own = (await search('searchHumans', { credentialId: `own ${count}` })).results.length;
		fixture.sandbox.seedHumans(count - own);
		const { entries, pages } = await scroll('searchHumans', { credentialId: `exactly ${count}` });
		expect([new Set(entries.map(({ value }) => value)).size, pages]).toEqual([count, expected]);
	});

	test('of 20,000 humans is fetched once for ten searches and all pages', async () => {
		fixture.sandbox.seedHumans(20_000);
		const credentialId = 'huge';
		const opened = search('searchHumans', { credentialId });
		const typed = await Promise.all(
			['Person 4', '13030019999', ...'abcdefgh'].map((filter) =>
				search('searchHumans', { filter, credentialId }),
			),
		);
		expect(valuesOf(typed[1])).toEqual([21_000]);
		expect((await opened).paginationToken).toBe('100');
		const { entries } = await scroll('searchHumans', { credentialId });
		expect(new Set(entries.map(({ value }) => value)).size).toBe(20_006);
		expect(requests()).toHaveLength(1);
	});
});

describe('a fetched list', () => {
	const open = (query: ListQuery = {}) => search('searchBots', { credentialId: 'kept', ...query });
	const type = (filter: string) => open({ filter });

	test('counts as fresh for a moment when it is opened again, and longer while the user searches', async () => {
		await open();
		later = 3_000;
		await open();
		await type('support');
		expect(requests()).toHaveLength(1);
		await fixture.engine.run({
			parameters: {
				resource: 'bot',
				operation: 'create',
				name: 'New Bot',
				specifyInteractions: 'usingJson',
				interactions: '[]',
			},
		});
		later = 120_000;
		expect(valuesOf(await type('new'))).toEqual([]);
		expect(valuesOf(await open())).toEqual([501, 452, 451]);
		expect(valuesOf(await type('new'))).toEqual([501]);
		expect(requests()).toEqual(['GET /v1/bots', 'POST /v1/bots', 'GET /v1/bots']);
		later = 3_600_000;
		await type('new');
		expect(requests()).toHaveLength(4);
	});

	test('is not requested again while its request is in flight', async () => {
		const credentialId = 'slow';
		fixture.sandbox.addFault({ kind: 'slow', delayMs: 300 });
		const first = open({ credentialId });
		later = 60_000;
		expect(await open({ credentialId })).toEqual(await first);
		await open({ credentialId });
		expect(requests()).toHaveLength(1);
	});

	test('is not kept if the request failed', async () => {
		const credentialId = 'failing';
		fixture.sandbox.addFault({ kind: 'status', status: 404, body: { description: 'Gone fishing.' } });
		const both = [open({ credentialId }), open({ credentialId, filter: 'o' })];
		for (const found of both) expect((await errorOf(found))?.message).toBe('Gone fishing');
		expect(valuesOf(await open({ credentialId, filter: 'order' }))).toEqual([452]);
		expect(requests()).toHaveLength(2);
	});

	test('belongs to one bot', async () => {
		const of = async (bot: unknown) =>
			valuesOf(await search('searchRevisions', { credentialId: 'bots', parameters: chosen(bot) }));
		expect(await of('452')).toEqual([1]);
		expect(await of({ __rl: true, mode: 'id', value: '451' })).toEqual([2, 1]);
		expect(await of(452)).toEqual([1]);
		expect(requests()).toEqual(['GET /v1/bots/452/revisions', 'GET /v1/bots/451/revisions']);
	});

	describe('with two credentials', () => {
		let other: Sandbox;
		beforeAll(async () => (other = await startSandbox({ token: 'other-token' })));
		afterAll(() => other.close());

		test.each(METHODS)('belongs to one account: %s', async (method) => {
			const theirs = await Engine.start({ accessToken: other.token, baseUrl: other.baseUrl });
			const query = { parameters: SUPPORT_BOT };
			await fixture.engine.search(method, { ...query, credentialId: 'ours' });
			await theirs.search(method, { ...query, credentialId: 'theirs', filter: 'x' });
			expect(other.requests()).toHaveLength(1);
			// Both engines share the memory of the one node, as in one n8n process.
			await theirs.search(method, { ...query, credentialId: 'ours' });
			expect(other.requests()).toHaveLength(1);
			other.reset();
		});
	});
});

describe('a dropdown that cannot be filled', () => {
	test.each(METHODS)('says with %s that the token is wrong, but does not show the token', async (method) => {
		const accessToken = 'a-secret-that-nobody-may-see';
		const engine = await Engine.start({ accessToken, baseUrl: fixture.sandbox.baseUrl });
		for (const status of [401, 403]) {
			if (status === 403) {
				const body = { description: `No rights for ${accessToken}.` };
				fixture.sandbox.addFault({ kind: 'status', status, body });
			}
			const error = await errorOf(engine.search(method, { parameters: SUPPORT_BOT }));
			expect(error).toMatchObject({
				message: status === 401 ? 'The API token is missing or not valid' : 'No rights for ***',
				description: expect.stringMatching(/credential|token/),
			});
			expect(JSON.stringify(error)).not.toContain(accessToken);
		}
	});

	test.each(METHODS)('says with %s that the credential is for the other service', async (method) => {
		const error = await errorOf(fixture.ott.guide.search(method, { parameters: SUPPORT_BOT }));
		expect(error).toMatchObject({
			message: 'This operation needs credentials for nativeMsg, but the credential is for NativeMessage',
			description: expect.stringContaining('Choose a credential'),
		});
	});

	test.each(['', null, undefined, '={{ $json.bot }}', 'all', '45 and more', 'bot 45'])(
		'asks the user to choose a bot first if the bot is %j',
		async (bot) => {
			for (const botId of [bot, { __rl: true, mode: 'list', value: bot }]) {
				const error = await errorOf(search('searchRevisions', { parameters: chosen(botId) }));
				expect(error).toMatchObject({
					message: 'Select a bot first',
					description: expect.stringContaining('expression'),
				});
			}
			expect(requests()).toEqual([]);
		},
	);

	test.each<[string, Parameters<Sandbox['addFault']>[0]]>([
		['with an error', { kind: 'status', status: 500, times: 4 }],
		['that there is no such call', { kind: 'status', status: 404 }],
		['with a web page', { kind: 'html' }],
		['with cut JSON', { kind: 'broken-json' }],
		['with an object', { kind: 'status', status: 200, body: { types: [] } }],
		['with a list of something else', { kind: 'status', status: 200, body: [null] }],
	])('offers the documented channel types when the API responds %s', async (_how, fault) => {
		fixture.sandbox.addFault(fault);
		expect(await search('searchChannelTypes')).toEqual({ results: CHANNEL_TYPES });
	});
});
