import { ids, useSandbox } from './client';

const { call, get } = useSandbox();

function search(...filters: unknown[]) {
	return get(`/humans?filters=${encodeURIComponent(JSON.stringify(filters))}`);
}

describe('the sandbox with channels', () => {
	it('lists what is created, changes only the given fields, and forgets what is deleted', async () => {
		const secret = 'channel-secret';
		const created = await call('POST', '/channels', {
			channelType: 'fb',
			botId: 452,
			name: 'Page',
			token: secret,
		});
		expect(created.body).toMatchObject({ id: 701, channelType: 'fb', botId: 452, name: 'Page' });
		expect(JSON.stringify(created.body)).not.toContain(secret);
		expect(created.body.dateCreated).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);

		await call('PUT', '/channels/701', { description: 'Changed' });
		expect(await get('/channels/701')).toMatchObject({ name: 'Page', description: 'Changed' });
		expect(ids(await get('/channels?bot_id=452'))).toEqual([602, 603, 701]);

		expect((await call('DELETE', '/channels/701')).body).toEqual({});
		expect((await call('GET', '/channels/701')).status).toBe(404);
	});

	it('refuses types and bots that do not exist', async () => {
		const refusals = [
			await call('POST', '/channels', { channelType: 'fax', botId: 451, name: 'x' }),
			await call('PUT', '/channels/551', { botId: 999 }),
		];
		expect(refusals.map(({ status }) => status)).toEqual([422, 422]);
		expect(refusals[1].body.description).toContain('#999');
	});

	it('counts the humans that a bulk subscription changed', async () => {
		const changed = await call('POST', '/channels/601/subscribe', { humanIds: [541, 544, 544] });
		expect(changed.body).toEqual({ channelId: 601, subscribedHumansCount: 1 });
		expect((await get('/channels/601/subscription')).subscribedHumansCount).toBe(3);
		const back = await call('POST', '/channels/601/unsubscribe', { humanIds: [541, 544] });
		expect(back.body).toEqual({ channelId: 601, unsubscribedHumansCount: 2 });
		expect((await call('POST', '/channels/601/subscribe', { humanIds: [999] })).status).toBe(422);
	});
});

describe('the sandbox with bots', () => {
	it('keeps a revision for each update and restores them', async () => {
		const first = [{ name: 'first' }];
		const created = await call('POST', '/bots', { name: 'Bot', interactions: first });
		expect(created.body).toMatchObject({ id: 501, currentRevision: 1, latestRevision: 1 });

		const updated = await call('PUT', '/bots/501', { interactions: [] });
		expect(Object.keys(updated.body).sort()).toEqual(['dateCreated', 'id', 'interactions', 'name']);
		const revisions = await get('/bots/501/revisions');
		expect(revisions.map(({ data }: { data: string }) => JSON.parse(data))).toEqual([first, []]);

		expect((await call('PUT', '/bots/501/revisions', { restore: 1 })).body).toEqual({ restored: true });
		expect(await get('/bots/501')).toMatchObject({
			interactions: first,
			currentRevision: 1,
			latestRevision: 2,
		});
		await call('PUT', '/bots/501/revisions', { restore: 'latest' });
		expect(await get('/bots/501')).toMatchObject({ interactions: [], currentRevision: 2 });

		expect((await call('PUT', '/bots/501/revisions', { restore: 9 })).status).toBe(422);
		expect((await call('GET', '/bots/501/revisions/9')).status).toBe(404);
		expect((await call('DELETE', '/bots/501')).body).toEqual({});
		expect((await call('GET', '/bots/501/revisions')).status).toBe(404);
	});
});

describe('the sandbox with humans', () => {
	const add = (body: unknown) => call('POST', '/channels/601/add_humans', body);

	it('adds humans with tags and subscriptions, and reports it', async () => {
		const { body } = await add({
			humans: [
				{ phone: '+12015550101', firstName: 'José', customFields: { city: 'Porto' } },
				{ phone: '12015550102' },
			],
			assignTags: ['newsletter', 4],
			subscribe: true,
		});
		expect(body).toEqual({
			code: 200,
			message:
				'Humans [1001, 1002] were successfully added and subscribed to channel 601 and assigned to tags [51, 4].',
		});
		expect(await get('/humans/1001')).toMatchObject({
			firstName: 'José',
			phoneNumber: '+12015550101',
			customFields: { city: 'Porto' },
			subscribedChannels: [{ id: 601, type: 'dlc' }],
		});
		expect(await get('/humans/1002/tags')).toMatchObject([{ id: 51, name: 'newsletter' }, { id: 4 }]);
	});

	it('never adds a phone number twice, and updates it only on request', async () => {
		const ann = { phone: '12015550101', firstName: 'Ann', company: 'Acme' };
		expect((await add({ humans: [ann, ann] })).body.message).toMatch('Humans [1001] were');
		await add({ humans: [{ phone: '+12015550101', firstName: 'Eve' }] });
		expect(await get('/humans/1001')).toMatchObject({ firstName: 'Ann' });
		await add({ humans: [{ phone: '+12015550101', firstName: 'Eve' }], updateExisting: true });
		expect(await get('/humans/1001')).toMatchObject({ firstName: 'Eve', company: 'Acme' });
		expect((await call('GET', '/humans/1002')).status).toBe(404);
	});

	it('adds no one if a tag ID is unknown', async () => {
		const answer = await add({ humans: [{ phone: '12015550101' }], assignTags: ['newsletter', 999] });
		expect(answer).toMatchObject({ status: 422, body: { description: 'Tag #999 does not exist.' } });
		expect(await get('/humans')).toHaveLength(6);
	});

	it.each([
		['present', undefined, [540, 541, 542, 543]],
		['absent', undefined, [544, 545]],
		['equal', '12.0', [540]],
		['equal', 'many', [542]],
		['notEqual', '12', [541, 542, 543]],
		['greater', '12', [543]],
		['greaterOrEqual', '12', [540, 543]],
		['less', '12', [541]],
		['lessOrEqual', '12', [540, 541]],
		['greater', 'text', []],
	])('finds humans by "visits" %s %s', async (operator, value, expected) => {
		const found = await search({ type: 'ATTRIBUTE', value: [{ attributeName: 'visits', operator, value }] });
		expect(ids(found)).toEqual(expected);
	});

	it('combines conditions of one filter with OR and several filters with AND', async () => {
		const gold = { attributeName: 'plan', operator: 'equal', value: 'gold' };
		const few = { attributeName: 'visits', operator: 'less', value: '50' };
		expect(ids(await search({ type: 'ATTRIBUTE', value: [gold, few] }))).toEqual([540, 541, 543]);
		const both = await search({ type: 'ATTRIBUTE', value: [gold] }, { type: 'ATTRIBUTE', value: [few] });
		expect(ids(both)).toEqual([540]);
		expect(both[0].status).toBe('enabled');
	});

	it('updates the bot switch and the attributes, and returns all attributes', async () => {
		expect((await call('PUT', '/humans/540', { botEnabled: false })).body.botEnabled).toBe(false);
		const { body } = await call('PUT', '/humans/540/attributes', { plan: 'none', city: 'Lisbon' });
		expect(body).toEqual({ plan: 'none', visits: '12', city: 'Lisbon' });
		expect(await get('/humans/540')).toMatchObject({ botEnabled: false, customFields: body });
	});

	it('assigns and unassigns tags by name and by ID', async () => {
		await call('POST', '/humans/541/tags/assign', { tags: ['vip', 'new'] });
		await call('POST', '/humans/541/tags/assign', { tagIds: [6] });
		expect(ids(await get('/humans/541/tags'))).toEqual([4, 5, 51, 6]);
		const { body } = await call('POST', '/humans/541/tags/unassign', { tags: ['customer', 'unknown'] });
		expect(body).toEqual({ code: 200, message: 'Tags were successfully unassigned from human #541.' });
		await call('POST', '/humans/541/tags/unassign', { tagIds: [5] });
		expect(ids(await get('/humans/541/tags'))).toEqual([51, 6]);
		expect((await call('POST', '/humans/541/tags/assign', { tagIds: [999] })).status).toBe(422);
	});

	it('subscribes one human to their main channel', async () => {
		const state = { channelId: 601, humanId: 544 };
		expect(await get('/humans/544/subscription')).toEqual({ ...state, subscription: false });
		expect((await call('POST', '/humans/544/subscription')).body).toEqual({ ...state, subscription: true });
		expect((await call('DELETE', '/humans/544/subscription')).body).toEqual({
			...state,
			subscription: false,
		});
	});
});

describe('the sandbox with phone numbers', () => {
	it.each([
		[
			'%2B12011234567',
			{ valid: true, lineType: 'mobile', format: '(201) 123-4567', phoneNumber: '+12011234567' },
		],
		['2011234567', { valid: true, phoneNumber: '+12011234567' }],
		['12015550198', { valid: true, lineType: 'landline' }],
		['18885550100', { valid: true, lineType: 'tollFree', carrierName: null }],
		['1201555', { valid: false, validationErrors: ['TOO_SHORT'] }],
		['120155501001', { valid: false, validationErrors: ['TOO_LONG'] }],
		['351912345678', { valid: false, validationErrors: ['INVALID_COUNTRY_CODE'] }],
	])('looks up %s', async (phone, expected) => {
		expect(await get(`/manage/messaging/capability/${phone}`)).toMatchObject(expected);
	});

	it('knows the RCS capability, on RCS channels only', async () => {
		expect((await get('/manage/rcs/capability/+12015550100')).features).toContain('RICHCARD_CAROUSEL');
		expect(await get('/manage/rcs/capability/602/+12015550101')).toMatchObject({
			rbmEnabled: false,
			features: [],
		});
		expect((await get('/manage/rcs/capability/+12015550198')).rbmEnabled).toBe(false);
		const answer = await call('GET', '/manage/rcs/capability/601/+12015550100');
		expect(answer).toMatchObject({
			status: 422,
			body: { description: 'Channel #601 is not an RCS channel.' },
		});
	});
});
