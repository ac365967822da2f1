import { offsetAt } from './localTime';
import { countriesOf } from '../../transport/phone';

/** Zones count as the same if their offsets agree in each of the next 12 months. */
const MONTHS = 12;
const MONTH_MS = 30 * 24 * 3_600_000;

/** How newer and older versions of Node.js list the zones of a country. */
interface LocaleWithZones {
	getTimeZones?(): string[] | undefined;
	timeZones?: string[];
}

function zonesIn(country: string): string[] {
	const locale = new Intl.Locale(`und-${country}`) as LocaleWithZones;
	return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

/** The offsets of a zone over a year, to compare it with others. */
function clocksOf(zone: string, time: number): string {
	return Array.from({ length: MONTHS }, (_, month) => offsetAt(time + month * MONTH_MS, zone)).join();
}

/** The zone by the possible countries of a number; undefined if they have several zones. */
const known = new Map<string, string | undefined>();

/**
 * The time zone of a phone number, if all its possible countries share a single one; undefined otherwise, as in the
 * United States.
 *
 * @param number in E.164
 * @param time ms since 1970; the zones' offsets are compared for the year after it
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
