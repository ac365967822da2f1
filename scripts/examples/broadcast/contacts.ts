import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { ROOT } from '../../lib/root';

const FILE = join(ROOT, 'examples', 'data', 'crm-contacts.csv');

/** What is read of a contact. */
interface Contact {
	contact_id: string;
	phone: string;
	opt_out: string;
}

/**
 * Who has to get a message, worked out from the export itself and not by the workflow: every usable number once,
 * unless one of its rows says opt-out.
 *
 * @returns digits with country code, e.g. 12015550123
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

/** The export with those contacts only, and without one all of it. @param ids of contacts */
export function exportOf(ids?: Set<string>): string {
	const text = readFileSync(FILE, 'utf8');
	if (!ids) return text;
	const [head] = text.split('\n', 1);
	const rows = readContacts().filter(({ record }) => ids.has(record.contact_id));
	// The library takes half of a line's end for a part of the row.
	return [head, ...rows.map(({ raw }) => raw)].map((line) => `${line.trimEnd()}\r\n`).join('');
}

/** The number of a cell by Google's rules, once what a spreadsheet adds to it is taken off; digits with country code. */
export function digitsOf(cell: string): string | undefined {
	const text = cell.trim().replace(/^'/, '').replace(/\.0$/, '').replace(/^00/, '+');
	const number = parsePhoneNumberFromString(text, { defaultCountry: 'US', extract: false });
	return number?.isPossible() && !number.ext ? number.number.slice(1) : undefined;
}

function readContacts(): Array<{ record: Contact; raw: string }> {
	// The types of the library know nothing of this shape.
	return parse(readFileSync(FILE), { bom: true, columns: true, raw: true }) as unknown as Array<{
		record: Contact;
		raw: string;
	}>;
}
