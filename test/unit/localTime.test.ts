import { changeBetween, isZone, localTime, offsetAt } from '../../nodes/operations/hours/localTime';

const HOUR_MS = 3_600_000;

test.each([
	['Europe/Berlin', true],
	['UTC', true],
	['Europe/Nowhere', false],
	['', false],
])('%s is a time zone: %s', (name, isOne) => expect(isZone(name)).toBe(isOne));

test.each([
	['2030-01-15T23:59:58.900Z', 'Asia/Kathmandu', '2030-01-16T05:44:58.000Z', 5.75],
	['2030-07-15T00:00:00.000Z', 'America/New_York', '2030-07-14T20:00:00.000Z', -4],
	['1969-12-31T23:59:59.500Z', 'UTC', '1969-12-31T23:59:59.000Z', 0],
])('at %s it is in %s what %s is in UTC', (time, zone, local, hours) => {
	expect(new Date(localTime(Date.parse(time), zone)).toISOString()).toBe(local);
	expect(offsetAt(Date.parse(time), zone)).toBe(hours * HOUR_MS);
});

test.each([
	['2030-03-31T01:00Z', 'Europe/Berlin', '2030-03-30T20:00:30Z', '2030-03-31T08:00:10Z'],
	['2030-10-27T01:00Z', 'Europe/Berlin', '2030-10-27T00:59:59Z', '2030-10-27T01:00:01Z'],
	['2030-04-06T15:00Z', 'Australia/Lord_Howe', '2030-04-06T00:00Z', '2030-04-07T00:00Z'],
])('the clocks change at %s in %s', (change, zone, from, to) => {
	const found = changeBetween(Date.parse(from), Date.parse(to), zone);
	expect(new Date(found).toISOString()).toBe(new Date(change).toISOString());
});
