import type { IDataObject } from 'n8n-workflow';
import type { QuietHours } from '../../nodes/operations/hours/quietHours';
import { PartlyServedError } from '../../nodes/operations/outcome';
import { startQuiet } from '../../nodes/operations/run/quiet';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const NOON = Date.parse('2030-01-15T12:00:00Z');
/** Quiet from 21:00 to 8:00. */
const NIGHT: QuietHours = { begin: 1_260, end: 480, days: new Set(), timeZone: 'workflow' };

/** Quiet hours of a workflow in Berlin, whose items name these zones, at a time that can be moved. */
function quietWith(hours: Partial<QuietHours>, zoneNames: unknown[] = []) {
	const clock = { now: NOON };
	let reads = 0;
	const reader = {
		timezone: 'Europe/Berlin',
		get: (_name: string, itemIndex: number) => {
			reads++;
			return { quietHours: { hours: { zoneName: zoneNames[itemIndex] } } };
		},
	};
	const row = (itemIndex: number): IDataObject => ({ row: itemIndex });
	const quiet = startQuiet({ ...NIGHT, ...hours }, reader, row, () => clock.now);
	return { quiet, clock, reads: () => reads };
}

/** An item to these people. */
const itemTo = (people: string[], itemIndex = 0) =>
	({
		itemIndex,
		operation: { subjects: () => people, addressee: (name: string) => name },
		request: {},
	}) as never;

describe('the time zone of an item', () => {
	test('is that of the workflow', () => {
		const { quiet, reads } = quietWith({});
		expect(quiet.zonesOf(itemTo(['+12015550101']))).toEqual(['Europe/Berlin']);
		expect(reads()).toBe(0);
	});

	test('is that of its phone numbers, or the one it names where they have several', () => {
		const { quiet } = quietWith({ timeZone: 'phoneNumber' }, ['', 'America/Chicago']);
		expect(quiet.zonesOf(itemTo(['+4930123456', '+4930123457', '+48601234567']))).toEqual([
			'Europe/Berlin',
			'Europe/Warsaw',
		]);
		expect(quiet.zonesOf(itemTo(['+12015550101', '+4930123456', 'human 540'], 1))).toEqual([
			'America/Chicago',
			'Europe/Berlin',
		]);
	});

	test.each<[person: string, message: string]>([
		[
			'+12015550101',
			'The time zone of +12015550101 is not known: its country has several, or none that is known',
		],
		['human 540', 'The time zone of human 540 is not known: it is no phone number'],
	])('is refused if it is not known for %s', (person, message) => {
		const { quiet } = quietWith({ timeZone: 'phoneNumber' }, ['']);
		expect(() => quiet.zonesOf(itemTo([person]))).toThrow(
			expect.objectContaining({
				message,
				description:
					'Nothing was sent for this item. Enter Broadcast > Quiet Hours > Zone Name, for example from a field of the item.',
			}),
		);
	});

	test('is the one it names', () => {
		const { quiet } = quietWith({ timeZone: 'name' }, [' Asia/Tokyo ', 'Nowhere/Else', ' ', 7]);
		expect(quiet.zonesOf(itemTo([]))).toEqual(['Asia/Tokyo']);
		expect(() => quiet.zonesOf(itemTo([], 1))).toThrow(
			'Quiet Hours, Zone Name must be a time zone such as Europe/Berlin, but "Nowhere/Else" was given',
		);
		expect(() => quiet.zonesOf(itemTo([], 2))).toThrow(
			'Quiet Hours, Zone Name is required, but nothing was given',
		);
		expect(() => quiet.zonesOf(itemTo([], 3))).toThrow('Zone Name must be a time zone');
	});
});

describe('whether an item is held', () => {
	const berlin = { zones: ['Europe/Berlin'] };

	test('is decided anew each minute', () => {
		const { quiet, clock } = quietWith({});
		expect(quiet.check(berlin)).toBeUndefined();
		// 21:00 in Berlin.
		clock.now = NOON + 8 * HOUR_MS - 1;
		expect(quiet.check(berlin)).toBeUndefined();
		clock.now++;
		expect(quiet.check(berlin)).toEqual({
			held: true,
			sendAt: '2030-01-16T07:00:00.000Z',
			heldReason: 'Quiet hours until Wed 08:00 (Europe/Berlin)',
		});
		clock.now += 11 * HOUR_MS - MINUTE_MS;
		expect(quiet.check(berlin)?.held).toBe(true);
		clock.now += MINUTE_MS;
		expect(quiet.check(berlin)).toBeUndefined();
	});

	test('depends on all of its zones, each group of them by itself', () => {
		const { quiet } = quietWith({});
		const tokyo = { zones: ['Asia/Tokyo'] };
		const both = { zones: ['Asia/Tokyo', 'Europe/Berlin'] };
		expect(quiet.check(berlin)).toBeUndefined();
		expect(quiet.check(tokyo)?.sendAt).toBe('2030-01-15T23:00:00.000Z');
		expect(quiet.check(both)?.sendAt).toBe('2030-01-16T07:00:00.000Z');
		expect(quiet.check(both)?.heldReason).toBe('Quiet hours until Wed 16:00 (Asia/Tokyo)');
		expect(quiet.check(berlin)).toBeUndefined();
	});

	test('is refused if no time suits all', () => {
		const { quiet } = quietWith({ begin: 720, end: 660 });
		const far = { zones: ['Europe/Berlin', 'America/New_York'] };
		expect(() => quiet.check(far)).toThrow(
			expect.objectContaining({
				message: 'There is no time at which all recipients of this item are outside their quiet hours',
				description:
					'Nothing was sent for this item. Put recipients in distant time zones into separate items.',
			}),
		);
	});
});

describe('a held item', () => {
	const held = { held: true, sendAt: '2030-01-16T07:00:00.000Z', heldReason: 'Quiet hours' } as const;
	const operation = { output: () => ({ requestId: null }), combine: {} };

	test('keeps its input, so that it can be sent later as it is', () => {
		const { quiet } = quietWith({});
		expect(quiet.outcomeOf({ itemIndex: 4, operation } as never, held)).toEqual({
			output: [
				{
					row: 4,
					requestId: null,
					status: 'held',
					...held,
					requestItemCount: 0,
					recipientCount: 0,
					duplicateCount: 0,
				},
			],
		});
		const asking = { ...operation, ask: () => ({}) };
		expect(quiet.outcomeOf({ itemIndex: 4, operation: asking } as never, held)).toEqual({
			output: [{ row: 4, requestId: null, status: 'held', ...held }],
		});
	});

	test('of which some recipients were served is no item to send again', () => {
		const { quiet } = quietWith({});
		const earlier = { served: ['to Ann'], duplicates: 0 };
		const outcome = quiet.outcomeOf({ itemIndex: 4, operation, earlier } as never, held);
		expect(outcome).toEqual({
			error: new PartlyServedError('Only some recipients of this item were sent the message: Quiet hours'),
		});
	});
});
