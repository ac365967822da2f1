import table from './phoneNumbers.json';

/** What the phone numbers of a country look like. */
export interface NumberingPlan {
	/** ISO code of the country; undefined for a service of no country. */
	country?: string;
	/** The name of the country in English. */
	name: string;
	/** The country's calling code, such as 44. */
	code: string;
	/** How many digits a number may have after the calling code. */
	lengths: number[];
	/** What is dialed before a calling code in this country, such as 00; undefined for a service of no country. */
	abroad?: RegExp;
	/** What is dialed before a number inside this country only, such as 0; for some, a carrier or no area code as well. */
	trunk?: RegExp;
	/** What takes the place of `trunk` when its last group is there: it adds an area code, or keeps a part. */
	trunkTransform: string;
	/** How the numbers of this country begin where several share a calling code. */
	leading?: RegExp;
	/** The numbers that have a meaning, after the calling code; they change, so that it proves nothing alone. */
	pattern: RegExp;
}

type Row = keyof typeof table;

const rows = Object.entries(table) as Array<[Row, string]>;

const plans = new Map<string, NumberingPlan>();

const atStart = (source: string) => (source === '' ? undefined : new RegExp(`^(?:${source})`));

/** A row of the generated table; expressions are compiled when the country is met for the first time. */
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

/** The plan of a country by its ISO code in capitals; undefined when there is no such country. */
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

/** The plans that share a calling code, the main one first; none when there is no such code. */
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
