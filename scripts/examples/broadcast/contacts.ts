import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { ROOT } from '../../lib/root';

const FILE = join(ROOT, 'examples', 'data', 'crm-contacts.csv');

/** The fields of a contact that are read. */
interface Contact {
	contact_id: string;
	phone: string;
	opt_out: string;
}

/**
 * The recipients who must get a message, computed from the export and not by the workflow: every valid number once,
 * unless one of its rows has an opt-out.
 *
 * @returns digits with country code, such as 12015550123
 */
export function expectedRecipients(): Set<string> {
	const wanted = new Set<string>();
	const unwanted = new Set<string>();
	for (const { phone, opt_out: optOut } of readContacts().map(({ record }) => record)) {
		const digits = digitsOf(phone);
		if (digits) (/^(yes|y|true|1)$/i.test(optOut.trim()) ? unwanted : wanted).add(digits);
	}
	return new Set([...wanted].filter((digits) => !unwanted.has(digits)));
}

/** The export with only these contacts. @param ids of contacts; default all */
export function exportOf(ids?: Set<string>): string {
	const text = readFileSync(FILE, 'utf8');
	if (!ids) return text;
	const [head] = text.split('\n', 1);
	const rows = readContacts().filter(({ record }) => ids.has(record.contact_id));
	// The library includes half of the line ending in the row.
	return [head, ...rows.map(({ raw }) => raw)].map((line) => `${line.trimEnd()}\r\n`).join('');
}

/** The number in a cell by Google's rules, after removing what spreadsheets add to it; digits with country code. */
export function digitsOf(cell: string): string | undefined {
	const text = cell.trim().replace(/^'/, '').replace(/\.0$/, '').replace(/^00/, '+');
	const number = parsePhoneNumberFromString(text, { defaultCountry: 'US', extract: false });
	return number?.isPossible() && !number.ext ? number.number.slice(1) : undefined;
}

function readContacts(): Array<{ record: Contact; raw: string }> {
	// The library's types don't describe this shape.
	return parse(readFileSync(FILE), { bom: true, columns: true, raw: true }) as unknown as Array<{
		record: Contact;
		raw: string;
	}>;
}
