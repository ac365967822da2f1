import { offsetAt } from './localTime';
import { countriesOf } from '../../transport/phone';

/** Zones are the same when their clocks show the same in each of so many months. */
const MONTHS = 12;
const MONTH_MS = 30 * 24 * 3_600_000;

/** What newer and older versions of Node.js know of the zones of a country. */
interface LocaleWithZones {
	getTimeZones?(): string[] | undefined;
	timeZones?: string[];
}

function zonesIn(country: string): string[] {
	const locale = new Intl.Locale(`und-${country}`) as LocaleWithZones;
	return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

/** What the clocks of a zone show over a year, to compare it with others. */
function clocksOf(zone: string, time: number): string {
	return Array.from({ length: MONTHS }, (_, month) => offsetAt(time + month * MONTH_MS, zone)).join();
}

/** By the countries that a number may be of: their one zone, or undefined where they have several. */
const known = new Map<string, string | undefined>();

/**
 * The time zone of a phone number, where all countries that it may be of have one and the same; undefined elsewhere, such
 * as for the United States.
 *
 * @param number in E.164
 * @param time ms since 1970, from which on the clocks of the zones are compared
 */
export function timeZoneOf(number: string, time: number): string | undefined {
	const countries = countriesOf(number);
	const key = countries.join();
	if (!known.has(key)) {
		const zones = countries.map(zonesIn);
		const all = zones.some(({ length }) => length === 0) ? [] : zones.flat();
		known.set(key, new Set(all.map((zone) => clocksOf(zone, time))).size === 1 ? all[0] : undefined);
	}
	return known.get(key);
}
