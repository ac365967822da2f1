import { createHash } from 'node:crypto';
import { table } from '../lib/markdown/markdown';
import { withMarked } from '../lib/markdown/marked';

/** Where the results are recorded, from the root. */
export const RECORD = 'docs/mutation-tests.json';
/** Where it is explained. */
export const PAGE = 'docs/mutation-tests.md';
/** The share of mutants (%) that each group has to kill. */
export const LEAST_SCORE = 85;

/** @typedef {{ killed: number, timeout: number, survived: number, noCoverage: number }} Counts */
/** @typedef {{ sha256: string, mutants: Counts, score: number, survivors: Array<[code: string, change: string]> }} FileRecord */
/** @typedef {{ tests: string, files: Record<string, FileRecord> }} GroupRecord `tests`: the sha-256 of the test files */

const NAMES = { Killed: 'killed', Timeout: 'timeout', Survived: 'survived', NoCoverage: 'noCoverage' };
/** How much of a long piece of code is shown, at its start and at its end. */
const SHOWN = [60, 20];

export const sha256 = (...texts) => createHash('sha256').update(texts.join('\0')).digest('hex');

/** A piece of code in one line. */
function inLine(code) {
	const line = code.replace(/\s+/g, ' ').trim();
	const [start, end] = SHOWN;
	return line.length > start + end ? `${line.slice(0, start)} … ${line.slice(-end)}` : line;
}

function sum(all) {
	const total = { killed: 0, timeout: 0, survived: 0, noCoverage: 0 };
	for (const counts of all) for (const name of Object.keys(total)) total[name] += counts[name];
	return total;
}

/** The share of mutants (%) that are killed; one that makes the tests wait too long counts as such. */
export function scoreOf({ killed, timeout, survived, noCoverage }) {
	const all = killed + timeout + survived + noCoverage;
	return all === 0 ? 100 : Math.round(((killed + timeout) / all) * 1000) / 10;
}

/** What a run found out about one file. @returns {FileRecord} */
export function fileRecord(source, mutants) {
	const counts = sum([]);
	for (const { status } of mutants) if (status in NAMES) counts[NAMES[status]]++;
	const survivors = mutants
		.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
		.map(({ code, change }) => [inLine(code), inLine(change)]);
	return { sha256: sha256(source), mutants: counts, score: scoreOf(counts), survivors };
}

/** All mutants of a group. */
export const countsOf = ({ files }) => sum(Object.values(files).map(({ mutants }) => mutants));

/** @param {Record<string, GroupRecord>} record */
export function resultTable(record) {
	const cells = (counts) => [counts.killed, counts.timeout, counts.survived, counts.noCoverage];
	const row = (group, file, counts) => {
		const numbers = cells(counts);
		const all = numbers.reduce((total, one) => total + one, 0);
		return [group, file, ...[all, ...numbers].map(String), `${scoreOf(counts)} %`];
	};
	return table(
		['Group', 'File', 'Mutants', 'Killed', 'Timeout', 'Survived', 'No coverage', 'Score'],
		Object.entries(record).flatMap(([group, one]) => [
			...Object.entries(one.files).map(([file, { mutants }]) => row(group, file, mutants)),
			row(`**${group}**`, '', countsOf(one)),
		]),
	);
}

/** The page with the table written anew. */
export const withResults = (page, record) => withMarked(page, 'results', resultTable(record));

/** Text as Markdown code, whatever it holds. */
function asCode(text) {
	const fence = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
	return /^`|`$/.test(text) ? `${fence} ${text} ${fence}` : fence + text + fence;
}

/** How the page begins to explain a survivor. */
const headOf = ([code, change]) => `- ${asCode(code)} → ${asCode(change || 'nothing')}: `;

/**
 * What the page fails to explain, and what it explains although no such mutant survives.
 *
 * @returns {string[]} as lines of the page, each after the file that it belongs to
 */
export function explanationGaps(page, record) {
	const survivors = Object.values(record).flatMap(({ files }) =>
		Object.entries(files).flatMap(([file, one]) => one.survivors.map((pair) => `${file} ${headOf(pair)}`)),
	);
	const explained = page.split(/^### /m).flatMap((section) => {
		const [file, ...lines] = section.split('\n');
		return lines.filter((line) => line.startsWith('- `')).map((line) => `${file} ${line}`);
	});
	return [
		...new Set(survivors.filter((head) => !explained.some((line) => line.startsWith(head)))),
		...explained.filter((line) => !survivors.some((head) => line.startsWith(head))),
	];
}
