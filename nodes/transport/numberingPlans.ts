import table from './phoneNumbers.json';

/** The phone number format of a country. */
export interface NumberingPlan {
	/** ISO code of the country; undefined for services without a country. */
	country?: string;
	/** The name of the country in English. */
	name: string;
	/** The country's calling code, such as 44. */
	code: string;
	/** Possible numbers of digits after the calling code. */
	lengths: number[];
	/** What is dialed before a calling code in this country, such as 00; undefined for services without a country. */
	abroad?: RegExp;
	/**
	 * What is dialed before a number only within this country, such as 0; in some countries, also a carrier code or a local
	 * area code.
	 */
	trunk?: RegExp;
	/** The replacement for `trunk` if its last group matches: it adds an area code, or keeps a part. */
	trunkTransform: string;
	/** How the numbers of this country begin, if several countries share a calling code. */
	leading?: RegExp;
	/** Assigned number ranges, without the calling code. They change, so a mismatch alone proves nothing. */
	pattern: RegExp;
}

type Row = keyof typeof table;

const rows = Object.entries(table) as Array<[Row, string]>;

const plans = new Map<string, NumberingPlan>();

const atStart = (source: string) => (source === '' ? undefined : new RegExp(`^(?:${source})`));

/** Reads a row of the generated table. Its expressions are compiled the first time the country is needed. */
function read(key: Row): NumberingPlan {
	const [name, code, lengths, abroad, trunk, trunkTransform, leading, pattern] = table[key].split(';');
	return {
		country: key.startsWith('+') ? undefined : key,
		name,
		code,
		lengths: lengths.split(',').map(Number),
		abroad: atStart(abroad),
		trunk: atStart(trunk),
		trunkTransform,
		leading: atStart(leading),
		pattern: new RegExp(`^(?:${pattern})$`),
	};
}

/** The plan of a country by its uppercase ISO code; undefined if there is no such country. */
export function planOf(country: string): NumberingPlan | undefined {
	if (!Object.hasOwn(table, country)) return undefined;
	const plan = plans.get(country) ?? read(country as Row);
	plans.set(country, plan);
	return plan;
}

const keysByCode = new Map<string, string[]>();
for (const [key, row] of rows) {
	const [, code] = row.split(';', 2);
	keysByCode.set(code, [...(keysByCode.get(code) ?? []), key]);
}

const plansByCode = new Map<string, NumberingPlan[]>();

/** The plans that share a calling code, main one first; empty if there is no such code. */
export function plansOf(code: string): NumberingPlan[] {
	const known = plansByCode.get(code);
	if (known) return known;
	const found = (keysByCode.get(code) ?? []).map((key) => planOf(key)!);
	plansByCode.set(code, found);
	return found;
}

/** Every country with its ISO code, in the order of the table. */
export const countries: Array<{ code: string; name: string }> = rows
	.filter(([key]) => !key.startsWith('+'))
	.map(([code, row]) => ({ code, name: row.split(';', 1)[0] }));
