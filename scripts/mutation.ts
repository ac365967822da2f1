// `npm run test:mutation`: changes the package's core in many small ways and looks whether the tests notice.
// With `--changed` only what is not as recorded; with names of groups only these.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './lib/command';
import { formatted } from './lib/formatted';
import { ROOT } from './lib/root';
import { withProgress } from './lib/progress';
import { GROUPS } from './mutation/groups';
import * as records from './mutation/record';

const inRoot = (path) => join(ROOT, path);
const read = (path) => readFileSync(inRoot(path), 'utf8');
const write = async (path, text) => writeFileSync(inRoot(path), await formatted(inRoot(path), text));

const args = process.argv.slice(2);
const onlyChanged = args.includes('--changed');
const named = Object.keys(GROUPS).filter((name) => args.includes(name));
const recorded = existsSync(inRoot(records.RECORD)) ? JSON.parse(read(records.RECORD)) : {};
const testsHash = (group) => records.sha256(...GROUPS[group].tests.map(read));

/** The sources of a group that this run is about. */
function sourcesOf(group) {
	const { sources } = GROUPS[group];
	const before = recorded[group];
	if (!onlyChanged || before?.tests !== testsHash(group)) return sources;
	return sources.filter((path) => before.files[path]?.sha256 !== records.sha256(read(path)));
}

const plan = (named.length > 0 ? named : Object.keys(GROUPS))
	.map((group) => ({ group, sources: sourcesOf(group) }))
	.filter(({ sources }) => sources.length > 0);
if (plan.length === 0) {
	console.log('Sources and tests are as recorded.');
	process.exit(0);
}

await withProgress('Building', () => runCommand('npm', ['run', 'build'], { cwd: ROOT }));
const { mutate } = await import('./mutation/stryker');
const found = {};
for (const { group, sources } of plan) {
	console.log(`\n${group}: ${sources.length} files`);
	const mutants = await mutate(sources, GROUPS[group].tests);
	const files = sources.map((path) => [
		path,
		records.fileRecord(
			read(path),
			mutants.filter(({ file }) => file === path),
		),
	]);
	found[group] = { tests: testsHash(group), files: Object.fromEntries(files) };
}
console.log(`\n${records.resultTable(found)}\n`);

let failed = false;
for (const [group, one] of Object.entries(found)) {
	const score = records.scoreOf(records.countsOf(one));
	if (score >= records.LEAST_SCORE) continue;
	console.error(`${group}: ${score} % of the mutants are killed, ${records.LEAST_SCORE} % have to be.`);
	failed = true;
}
if (!onlyChanged) {
	const all = { ...recorded, ...found };
	await write(records.RECORD, JSON.stringify(all));
	await write(records.PAGE, records.withResults(read(records.PAGE), all));
	const gaps = records.explanationGaps(read(records.PAGE), all);
	if (gaps.length > 0) {
		console.error(`${records.PAGE} has to explain what survives, and nothing else:\n${gaps.join('\n')}`);
		failed = true;
	}
}
process.exit(failed ? 1 : 0);
