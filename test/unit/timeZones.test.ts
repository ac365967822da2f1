import { timeZoneOf } from '../../nodes/operations/hours/timeZones';

const NOW = Date.parse('2026-11-26T12:00Z');

/** The hour in a zone, which is the same for all names of the zone. */
const hourIn = (timeZone: string | undefined, time: number) =>
	new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', minute: 'numeric' }).format(time);

test.each([
	['+4930123456', 'Europe/Berlin'],
	['+48601234567', 'Europe/Warsaw'],
	['+919876543210', 'Asia/Kolkata'],
	['+3906698123456', 'Europe/Vatican'],
	// Of Great Britain, Guernsey, or Jersey.
	['+441534123456', 'Europe/London'],
])('the number %s has the time of %s', (number, zone) => {
	const found = timeZoneOf(number, NOW);
	expect(found).toBeDefined();
	for (const time of [NOW, Date.parse('2027-07-01T00:00Z')])
		expect(hourIn(found, time)).toBe(hourIn(zone, time));
	expect(timeZoneOf(number, NOW)).toBe(found);
});

test.each([
	['its possible countries have several', '+12015550101'],
	['its possible countries, Réunion and Mayotte, have one each', '+262999999999'],
	['it belongs to no country', '+88213000000'],
])('the time zone of a number is not known if %s', (_why, number) => {
	expect(timeZoneOf(number, NOW)).toBeUndefined();
	expect(timeZoneOf(number, NOW)).toBeUndefined();
});
