import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { useFixture } from '../../support/fixture';
import { time } from '../../support/handSleep';
import { useKeptByN8n } from '../../support/keptByN8n';
import {
	jsonOf,
	pairsOf,
	phone,
	phoneItems,
	toHumans,
	toPhones,
	withBroadcast,
	withOptions,
} from './messages';

const fixture = useFixture();
useKeptByN8n();

const posts = () => fixture.sandbox.requests().filter(({ method }) => method === 'POST');
const onError = 'continueErrorOutput';

const quiet = (hours: INodeParameters, others: INodeParameters = {}, parameters = toPhones) =>
	withBroadcast(parameters, { quietHours: { hours }, ...others });
const byField = (others: INodeParameters = {}): INodeParameters =>
	quiet({ timeZone: 'name', zoneName: '={{ $json.zone }}', ...others });

const EVERY_DAY = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The next time at which it is so late (UTC); the clock of the tests only goes forward. */
function waitUntil(hour: number): string {
	const day = 24 * 3_600_000;
	const today = Math.floor(time.now() / day) * day + hour * 3_600_000;
	time.advanceTo(today < time.now() ? today + day : today);
	return new Date(time.now()).toISOString().slice(0, 10);
}

describe('Quiet Hours', () => {
	test('let items through where it is day, and return the others unchanged, with the time from which they can be sent', async () => {
		const date = waitUntil(12);
		const items = [
			{ phone: phone(0), zone: 'Europe/London', name: 'Ada' },
			{ phone: phone(1), zone: 'Asia/Tokyo', name: 'Bo' },
			{ phone: phone(2), zone: 'America/Phoenix', name: 'Cem' },
		];
		const { success, error } = await fixture.engine.run({ parameters: byField(), items });
		expect(error).toBeUndefined();
		expect(pairsOf(success)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		const [day, japan, arizona] = jsonOf(success);
		expect(day).toHaveProperty('requestId');
		// It is 21:00 in Tokyo, and 05:00 in Phoenix.
		expect(japan).toEqual({
			...items[1],
			to: phone(1),
			requestId: null,
			status: 'held',
			recipientCount: 0,
			duplicateCount: 0,
			requestItemCount: 0,
			held: true,
			sendAt: `${date}T23:00:00.000Z`,
			heldReason: expect.stringMatching(/^Quiet hours until .*08:00 \(Asia\/Tokyo\)$/),
		});
		expect(arizona).toMatchObject({ ...items[2], held: true, sendAt: `${date}T15:00:00.000Z` });
		expect(Object.keys(fixture.sandbox.report().recipients)).toEqual([phone(0).slice(1)]);
	});

	test.each<[string, INodeParameters, number, boolean]>([
		['the time zone of the workflow, where it is 17:00', quiet({}), 22, false],
		['the time zone of the workflow, where it is 21:00', quiet({}), 2, true],
		['hours of the same day', byField({ begin: '12:00', end: '13:30' }), 13, true],
		['the end of hours of the same day', byField({ begin: '12:00', end: '13:00' }), 13, false],
		[
			'days on which all hours are quiet',
			byField({ begin: '', end: '', days: EVERY_DAY.slice(1) }),
			12,
			true,
		],
		['days on which no hour is quiet', byField({ begin: '', end: '', days: ['sunday'] }), 12, false],
	])('know %s', async (_what, parameters, hour, isHeld) => {
		waitUntil(hour);
		while (new Date(time.now()).getUTCDay() !== 3) time.advance(24 * 3_600_000);
		const items = [{ phone: phone(0), zone: 'UTC' }];
		const { success } = await fixture.engine.run({ parameters, items });
		expect(success[0].json.held === true).toBe(isHeld);
		expect(posts()).toHaveLength(isHeld ? 0 : 1);
	});

	describe('by phone number', () => {
		const byNumber = (others: INodeParameters = {}) => quiet({ timeZone: 'phoneNumber', ...others });

		test('know countries with one time zone by their country code', async () => {
			const date = waitUntil(12);
			const items = ['+442079460958', '+81312345678', '+18765550123', '+33123456789', '+4930123456'].map(
				(number) => ({ phone: number }),
			);
			const { success, error } = await fixture.engine.run({ parameters: byNumber(), items });
			expect(error).toBeUndefined();
			expect(jsonOf(success).map(({ held, sendAt }) => (held ? sendAt : 'sent'))).toEqual([
				'sent',
				`${date}T23:00:00.000Z`,
				// 07:00 in Jamaica.
				`${date}T13:00:00.000Z`,
				'sent',
				'sent',
			]);
		});

		test('refuse numbers of countries with several, unless the zone is given', async () => {
			waitUntil(12);
			const items: IDataObject[] = [{ phone: phone(0) }, { phone: phone(1), zone: 'America/New_York' }];
			const parameters = byNumber({ zoneName: '={{ $json.zone }}' });
			const { success, failed } = await fixture.engine.run({ parameters, items, onError });
			expect(pairsOf(success)).toEqual([{ item: 1 }]);
			// 07:00 in New York in winter.
			expect(success[0].json).toMatchObject({ held: true });
			expect(failed[0].json.error).toBe(
				`The time zone of ${phone(0)} is not known: its country has several, or none that is known [item 0]`,
			);
		});

		test('require a zone for people without a number', async () => {
			waitUntil(12);
			const parameters = quiet({ timeZone: 'phoneNumber' }, {}, toHumans);
			const { error } = await fixture.engine.run({ parameters, items: [{ ids: 540 }] });
			expect(error?.message).toBe('The time zone of human 540 is not known: it is no phone number [item 0]');
		});

		test('hold an item until all its recipients may be messaged', async () => {
			const date = waitUntil(12);
			const items = [{ phone: ['+442079460958', '+81312345678'] }];
			const { success } = await fixture.engine.run({ parameters: byNumber(), items });
			// 08:00 in London is 17:00 in Tokyo.
			const next = new Date(Date.parse(date) + 24 * 3_600_000).toISOString().slice(0, 10);
			expect(success[0].json).toMatchObject({ held: true, sendAt: `${next}T08:00:00.000Z` });
			const never = byNumber({ begin: '12:00', end: '11:00' });
			const { error } = await fixture.engine.run({ parameters: never, items });
			expect(error?.message).toMatch(/^There is no time at which all recipients/);
		});
	});

	test('that begin during a run hold the rest of it', async () => {
		waitUntil(20);
		time.advance(59 * 60_000);
		const hours = { timeZone: 'name', zoneName: 'UTC' };
		const parameters = quiet(hours, { messagesPerMinute: 10 });
		const { success, error } = await fixture.engine.run({
			parameters: withOptions(parameters, { combineItems: false, concurrency: 1 }),
			items: phoneItems(15),
		});
		expect(error).toBeUndefined();
		expect(jsonOf(success).map(({ held }) => held === true)).toEqual(
			Array.from({ length: 15 }, (_unused, index) => index >= 10),
		);
		expect(success[14].json).toMatchObject({ phone: phone(14), held: true });
		expect(posts().map(({ at }) => new Date(at).getUTCHours())).toEqual(Array(10).fill(20));
	});

	test('that begin while the service asks for a pause hold what it refused', async () => {
		waitUntil(20);
		time.advance(59 * 60_000 + 30_000);
		fixture.sandbox.addFault({ kind: 'status', status: 429, headers: { 'retry-after': '60' }, times: 1 });
		const parameters = quiet({ timeZone: 'name', zoneName: '={{ $json.zone }}' });
		const items = [
			{ phone: phone(0), zone: 'UTC' },
			{ phone: phone(1), zone: 'America/New_York' },
		];
		const { success } = await fixture.engine.run({ parameters, items });
		expect(jsonOf(success).map(({ held }) => held === true)).toEqual([true, false]);
		expect(fixture.sandbox.report().recipients).toEqual({ [phone(1).slice(1)]: 1 });
	});

	test('that begin between two tries leave what was sent as it is', async () => {
		waitUntil(20);
		time.advance(59 * 60_000 + 30_000);
		const second = { kind: 'status' as const, after: 1, match: { method: 'POST' } };
		fixture.sandbox.addFault({ ...second, status: 429, headers: { 'retry-after': '60' } });
		fixture.sandbox.addFault({ ...second, status: 404 });
		const parameters = withOptions(byField(), { combineItems: false });
		const items = [
			{ phone: phone(0), zone: 'UTC' },
			{ phone: phone(1), zone: 'America/New_York' },
		];
		const { success } = await fixture.engine.run({ parameters, items, maxTries: 2 });
		expect(posts().map(({ status }) => status)).toEqual([200, 429, 404, 200]);
		expect(jsonOf(success).map(({ held, requestId }) => [held, typeof requestId])).toEqual([
			[undefined, 'string'],
			[undefined, 'string'],
		]);
	});

	test('keep an item that is held for the next run of a broadcast with a name', async () => {
		waitUntil(22);
		const parameters = quiet({ timeZone: 'name', zoneName: 'UTC' }, { broadcastName: 'sale' });
		const run = { parameters, items: phoneItems(2), workflowId: 'held' };
		const night = await fixture.engine.run(run);
		expect(jsonOf(night.success).map(({ held }) => held)).toEqual([true, true]);
		expect(night.hints[0]).toMatch(/^This run: 0 sent, 2 held until their quiet hours end/);
		waitUntil(9);
		const day = await fixture.engine.run({ ...run, items: jsonOf(night.success) });
		expect(jsonOf(day.success).map(({ held, requestId }) => [held, typeof requestId])).toEqual([
			[undefined, 'string'],
			[undefined, 'string'],
		]);
		expect(fixture.sandbox.report()).toMatchObject({ accepted: 2, maxPerRecipient: 1 });
	});

	test('are shown by a preview', async () => {
		waitUntil(22);
		const parameters = { ...quiet({ timeZone: 'name', zoneName: 'UTC' }), operation: 'preview' };
		const { success } = await fixture.engine.run({ parameters, items: phoneItems(1) });
		expect(success[0].json).toMatchObject({ ok: true, to: phone(0), held: true, requestNumber: null });
	});

	test.each<[INodeParameters, string]>([
		[{ begin: '9 pm' }, 'Quiet Hours, Begin must be a time such as 21:00, but "9 pm" was given'],
		[{ end: '24:30' }, 'Quiet Hours, End must be a time such as 21:00, but "24:30" was given'],
		[{ begin: '08:00' }, 'Quiet Hours, Begin and End must differ'],
		[{ begin: '' }, 'Quiet Hours need both Begin and End'],
		[{ begin: '', end: '' }, 'Quiet Hours need Begin and End, or Quiet Days'],
		[{ days: EVERY_DAY }, 'Quiet Hours leave no day on which to send'],
		[{ timeZone: 'name' }, 'Quiet Hours, Zone Name is required, but nothing was given'],
		[
			{ timeZone: 'name', zoneName: 'Berlin' },
			'Quiet Hours, Zone Name must be a time zone such as Europe/Berlin, but "Berlin" was given',
		],
		[{ timeZone: '={{ "mine" }}' }, 'Quiet Hours, Time Zone'],
	])('with the settings %j send nothing', async (hours, sentence) => {
		const { error } = await fixture.engine.run({ parameters: quiet(hours), items: phoneItems(1) });
		expect(error?.message).toContain(sentence);
		expect(posts()).toEqual([]);
	});
});

describe('a summary', () => {
	const text = '={{ $json.text }}';
	const rows = [
		{ phone: phone(0), text: 'A' },
		{ phone: phone(1), text: 'B' },
		{ phone: 'nobody', text: 'C' },
		{ phone: phone(2), text: 'a'.repeat(161) },
	];

	test('is on the last item if it is turned on, and in a hint', async () => {
		const parameters = withBroadcast({ ...toPhones, text }, { summary: true });
		const { success, hints } = await fixture.engine.run({ parameters, items: rows, onError });
		expect(jsonOf(success).map(({ summary }) => summary !== undefined)).toEqual([false, false, true]);
		const reason =
			'Phone Numbers must be a phone number with + and country code such as +12015550123, but "nobody" was given';
		expect(jsonOf(success)[2].summary).toEqual({
			sent: 3,
			skipped: 0,
			held: 0,
			unknown: 0,
			failed: 1,
			failedByReason: { [reason]: 1 },
			messages: 3,
			smsParts: 4,
			minutes: 0,
		});
		expect(hints).toEqual([`This run: 3 sent, 0 unknown, 1 failed (1: ${reason}). 4 SMS parts.`]);
	});

	test('includes how long a run with a pace took', async () => {
		const parameters = withBroadcast({ ...toPhones, text }, { messagesPerMinute: 1, summary: true });
		const { success, hints } = await fixture.engine.run({ parameters, items: rows.slice(0, 2) });
		expect(success[1].json.summary).toMatchObject({ sent: 2, minutes: 1 });
		expect(hints[0]).toMatch(/It took 60 seconds\.$/);
	});

	test('is missing unless it is turned on', async () => {
		const { success, hints } = await fixture.engine.run({ parameters: toPhones, items: phoneItems(2) });
		expect(jsonOf(success).filter(({ summary }) => summary)).toEqual([]);
		expect(hints).toEqual([]);
	});
});
