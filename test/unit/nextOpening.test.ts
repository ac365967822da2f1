import { nextCommonOpening, nextOpening } from '../../nodes/operations/hours/nextOpening';
import type { QuietHours } from '../../nodes/operations/hours/quietHours';

const quiet = (begin: number, end: number, ...days: number[]): QuietHours => ({
	begin: begin * 60,
	end: end * 60,
	days: new Set(days),
	timeZone: 'name',
});
const NIGHT = quiet(21, 8);
const [SUNDAY, MONDAY, SATURDAY] = [0, 1, 6];
const iso = (time: number | undefined) => time && new Date(time).toISOString();

test.each<[what: string, hours: QuietHours, zone: string, from: string, to: string]>([
	['right then', NIGHT, 'UTC', '2026-12-01T12:00:00.500Z', '2026-12-01T12:00:00.500Z'],
	['when the hours end', NIGHT, 'UTC', '2026-12-01T08:00Z', '2026-12-01T08:00Z'],
	['in the morning', NIGHT, 'UTC', '2026-12-01T21:00Z', '2026-12-02T08:00Z'],
	['in the same morning', NIGHT, 'UTC', '2026-12-01T02:10:20.500Z', '2026-12-01T08:00Z'],
	['in the local morning', NIGHT, 'Asia/Kolkata', '2026-12-01T16:00Z', '2026-12-02T02:30Z'],
	['at the end of the hours of a day', quiet(12, 13), 'UTC', '2026-12-01T12:59:59Z', '2026-12-01T13:00Z'],
	['after a quiet day', quiet(0, 0, SUNDAY), 'UTC', '2026-12-06T10:00Z', '2026-12-07T00:00Z'],
	['after two', quiet(0, 0, SATURDAY, SUNDAY), 'UTC', '2026-12-05T00:00Z', '2026-12-07T00:00Z'],
	['after a day and its night', quiet(21, 8, SUNDAY), 'UTC', '2026-12-06T08:00Z', '2026-12-07T08:00Z'],
	['after a night and its day', quiet(21, 8, MONDAY), 'UTC', '2026-12-06T22:00Z', '2026-12-08T08:00Z'],
	['when the skipped hour ends', quiet(1, 2.5), 'Europe/Berlin', '2027-03-28T00:10Z', '2027-03-28T01:00Z'],
	['after a night that is shorter', NIGHT, 'Europe/Berlin', '2027-03-27T20:30Z', '2027-03-28T06:00Z'],
	['after a night that is longer', NIGHT, 'Europe/Berlin', '2027-10-30T20:30Z', '2027-10-31T07:00Z'],
	['between repeated hours', quiet(1, 2.5), 'Europe/Berlin', '2027-10-31T00:00Z', '2027-10-31T00:30Z'],
	['after the second of them', quiet(1, 2.5), 'Europe/Berlin', '2027-10-31T01:10Z', '2027-10-31T01:30Z'],
])('messages may be sent %s', (_what, hours, zone, from, to) => {
	expect(iso(nextOpening(hours, Date.parse(from), zone))).toBe(iso(Date.parse(to)));
});

test.each<[hours: QuietHours, zones: string[], to: string | undefined]>([
	[NIGHT, ['UTC'], '2026-12-02T08:00:00.000Z'],
	// It is 08:00 in New York, and 14:00 in Berlin.
	[NIGHT, ['Europe/Berlin', 'America/New_York'], '2026-12-02T13:00:00.000Z'],
	[quiet(12, 11), ['UTC', 'Asia/Kolkata'], undefined],
	[quiet(0, 0, 2, 3, 4, 5, 6, 0), ['UTC'], '2026-12-07T00:00:00.000Z'],
])('with %j, messages may be sent in all of %j at %s', (hours, zones, to) => {
	expect(iso(nextCommonOpening(hours, Date.parse('2026-12-01T23:00Z'), zones))).toBe(to);
});
