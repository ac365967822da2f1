import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import type { QuietHours } from '../../../nodes/operations/hours/quietHours';
import { nextCommonOpening, nextOpening } from '../../../nodes/operations/hours/nextOpening';

/** 100,000 are the full measurement; fewer keep `npm test` quick. */
const CASES = Number(process.env.QUIET_CASES ?? 1_000);

// The full measurement takes minutes.
jest.setTimeout(30_000 + 20 * CASES);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WEEK_MS = 7 * 24 * HOUR_MS;
const YEARS = { from: Date.parse('2024-01-01T00:00Z'), to: Date.parse('2034-01-01T00:00Z') };
/** More of those whose clocks change, at odd hours, or by half an hour. */
const ZONES = [
	...Intl.supportedValuesOf('timeZone'),
	...Array<string[]>(20)
		.fill([
			'Europe/Berlin',
			'America/New_York',
			'Australia/Lord_Howe',
			'America/Santiago',
			'Africa/Casablanca',
			'Asia/Beirut',
			'Pacific/Chatham',
			'America/St_Johns',
		])
		.flat(),
];

const offsets = new Map<string, number[]>();

/** When the clocks of a zone change. */
function changesOf(name: string): number[] {
	const known = offsets.get(name);
	if (known) return known;
	const zone = IANAZone.create(name);
	const changes: number[] = [];
	for (let week = YEARS.from; week < YEARS.to; week += WEEK_MS) {
		let [before, after] = [week, week + WEEK_MS];
		if (zone.offset(before) === zone.offset(after)) continue;
		while (after - before > MINUTE_MS) {
			const middle = (before + after) / 2;
			if (zone.offset(middle) === zone.offset(before)) before = middle;
			else after = middle;
		}
		changes.push(Math.round(after / MINUTE_MS) * MINUTE_MS);
	}
	offsets.set(name, changes);
	return changes;
}

const minute = fc.oneof(
	fc.nat(1439),
	fc.nat(95).map((quarter) => quarter * 15),
	fc.integer({ min: 0, max: 240 }),
);
const quiet: fc.Arbitrary<QuietHours> = fc
	.record({
		begin: minute,
		end: minute,
		days: fc.oneof(
			fc.constantFrom<number[]>([], [0, 6], [0], [5, 6]),
			fc.subarray([0, 1, 2, 3, 4, 5, 6], { maxLength: 6 }),
		),
	})
	.filter(({ begin, end, days }) => begin !== end || days.length > 0)
	.map(({ days, ...hours }) => ({ ...hours, days: new Set(days), timeZone: 'name' as const }));
const place = fc
	.record({
		zone: fc.constantFrom(...ZONES),
		at: fc.integer({ min: YEARS.from, max: YEARS.to }),
		change: fc.nat(),
		beside: fc.integer({ min: -30 * HOUR_MS, max: 30 * HOUR_MS }),
		isNear: fc.boolean(),
	})
	.map(({ zone, at, change, beside, isNear }) => {
		const changes = isNear ? changesOf(zone) : [];
		return { zone, time: changes.length > 0 ? changes[change % changes.length] + beside : at };
	});

/** Whether it is quiet, as another library reads the clock. */
function isQuietAt({ begin, end, days }: QuietHours, time: number, zone: string): boolean {
	const { weekday, hour, minute: minutes } = DateTime.fromMillis(time, { zone });
	const now = hour * 60 + minutes;
	const hours = begin < end ? begin <= now && now < end : begin > end && !(end <= now && now < begin);
	return hours || days.has(weekday % 7);
}

test(`in ${CASES} generated cases nothing is sent in quiet hours, nor held longer than they last`, () => {
	let held = 0;
	let changed = 0;
	fc.assert(
		fc.property(
			quiet,
			place,
			fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
			(hours, { zone, time }, parts) => {
				const opening = nextOpening(hours, time, zone);
				expect(isQuietAt(hours, opening, zone)).toBe(false);
				expect(opening).toBeGreaterThanOrEqual(time);
				if (opening === time) return;
				held++;
				const { offset } = DateTime.fromMillis(time, { zone });
				if (DateTime.fromMillis(opening, { zone }).offset !== offset) changed++;
				const between = [0, 1, ...parts].map((part) => time + Math.floor((opening - 1 - time) * part));
				for (const moment of between) expect(isQuietAt(hours, moment, zone)).toBe(true);
			},
		),
		{ numRuns: CASES },
	);
	// The cases are of the kind that they are meant to be.
	expect(held).toBeGreaterThan(CASES / 5);
	expect(changed).toBeGreaterThan(CASES / 50);
});

test('the opening that several zones have in common is quiet in none of them', () => {
	fc.assert(
		fc.property(
			quiet,
			fc.array(fc.constantFrom(...ZONES), { minLength: 1, maxLength: 3 }),
			place,
			(hours, zones, { time }) => {
				const opening = nextCommonOpening(hours, time, zones);
				if (opening === undefined) return;
				expect(zones.map((zone) => isQuietAt(hours, opening, zone))).toEqual(zones.map(() => false));
			},
		),
		{ numRuns: Math.ceil(CASES / 10) },
	);
});

const at = (iso: string) => Date.parse(iso);
const NIGHT = { begin: 21 * 60, end: 8 * 60, days: new Set<number>(), timeZone: 'workflow' } as const;

test.each([
	['Europe/Berlin', '2030-01-15T12:00Z', '2030-01-15T12:00Z', NIGHT],
	['Europe/Berlin', '2030-01-15T20:00Z', '2030-01-16T07:00Z', NIGHT],
	// In the night of the change to summer time.
	['Europe/Berlin', '2030-03-30T22:00Z', '2030-03-31T06:00Z', NIGHT],
	['Europe/Berlin', '2030-10-26T21:00Z', '2030-10-27T07:00Z', NIGHT],
	// 02:30 does not exist that night: clocks go from 02:00 to 03:00.
	['Europe/Berlin', '2030-03-31T00:30Z', '2030-03-31T01:00Z', { ...NIGHT, end: 150 }],
	// 02:30 comes twice, and it is quiet again between them.
	['Europe/Berlin', '2030-10-27T00:10Z', '2030-10-27T00:30Z', { ...NIGHT, end: 150 }],
	['Europe/Berlin', '2030-10-27T01:10Z', '2030-10-27T01:30Z', { ...NIGHT, end: 150 }],
	// A Friday evening before a quiet weekend.
	['America/New_York', '2030-01-12T03:00Z', '2030-01-14T13:00Z', { ...NIGHT, days: new Set([0, 6]) }],
])('in %s at %s, messages go out from %s', (zone, time, expected, hours) => {
	expect(new Date(nextOpening(hours, at(time), zone)).toISOString()).toBe(
		new Date(at(expected)).toISOString(),
	);
});
