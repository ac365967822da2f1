import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const ROOT = join(__dirname, '../..');
/** The results of installing and building, and the history. */
const LEFT_OUT = ['node_modules', 'dist', 'coverage', '.cache', '.git'];
const BLOCK = /^( +)```(yaml|ts|bash)\n(.*?)^ +```/gms;
const copy = mkdtempSync(join(tmpdir(), 'nativemsg-walk-'));

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** The code blocks of "Add an operation" in CONTRIBUTING.md, without the indentation of their list. */
const [contractEntry, operationFile, handler, operationCase, commands] = [
	...readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')
		.split(/^## /m)
		.find((section) => section.startsWith('Add an operation\n'))!
		.matchAll(BLOCK),
].map(([, indentation, , block]) => block.replaceAll(new RegExp(`^${indentation}`, 'gm'), ''));

const readCopy = (path: string) => readFileSync(join(copy, path), 'utf8');
const write = (path: string, text: string) => writeFileSync(join(copy, path), text);

/** Adds text after the first line that ends with another one. */
function addAfter(path: string, line: string, text: string): void {
	const [before, ...after] = readCopy(path).split(`${line}\n`);
	expect(after).not.toEqual([]);
	write(path, `${before}${line}\n${text}${after.join(`${line}\n`)}`);
}

/** Runs a command as typed; a failure shows its output. */
const run = (command: string) => execFileSync(command, { cwd: copy, shell: true, stdio: 'pipe' });

test('the walk-through for a new operation works exactly as written', () => {
	const isSource = (path: string) => !LEFT_OUT.includes(relative(ROOT, path));
	cpSync(ROOT, copy, { recursive: true, filter: isSource });
	symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');

	addAfter('spec/nativemsg.openapi.yaml', '\npaths:', contractEntry.replaceAll(/^(?=.)/gm, '  '));
	write('nodes/NativeMsg/channel/getStatistics.ts', operationFile);
	addAfter('sandbox/nativemsg/channels.ts', '\treturn {', handler);
	addAfter('test/node/cases/channel.ts', 'export const channelCases: OperationCase[] = [', operationCase);
	for (const command of commands.trim().split('\n')) run(command);

	run('npx prettier --check .');
	run('npx tsc --noEmit -p test');
	run('npx redocly lint spec/nativemsg.openapi.yaml');
	run('npx tsx scripts/completeness.ts');
	run('npx jest test/contract test/node/form test/contract/docs/pages');

	expect(readCopy('docs/nativemsg/README.md')).toContain('| [Get Statistics](');
	const page = readCopy('docs/nativemsg/channel.md');
	expect(page).toContain(
		'- [Get Statistics](#get-statistics): Count the messages of a channel, for example for a report.',
	);
	expect(page.match(/^## .*/gm)).toEqual(
		expect.arrayContaining(['## Get Statistics', '## Get Subscription Count']),
	);
	expect(page.indexOf('## Get Statistics')).toBeLessThan(page.indexOf('## Get Subscription Count'));
	run('npx remark docs --frail --quiet --no-stdout');
	const { description } = new (jest.requireActual(
		join(copy, 'dist/nodes/NativeMsg/NativeMsg.node.js'),
	).NativeMsg)();
	const forms = JSON.stringify(description.properties);
	expect(forms).toContain('"value":"getStatistics"');
	expect(forms).toContain('"show":{"resource":["channel"],"operation":["getStatistics"]}');
}, 600_000);

test('an operation in a new folder creates a resource with its own page', () => {
	mkdirSync(join(copy, 'nodes/NativeMsg/dailyReport'));
	write(
		'nodes/NativeMsg/dailyReport/get.ts',
		operationFile.replace('./fields', '../channel/fields').replace(/'getStatistics'/, "'get'"),
	);

	run('npm run generate');

	const page = readCopy('docs/nativemsg/daily-report.md');
	expect(page).toMatch(/^# NativeMsg node: Daily Report operations\n/);
	expect(page.match(/^## .*/gm)).toEqual(['## Get Statistics', '## Common issues']);
	expect(readCopy('docs/README.md')).toContain('(nativemsg/daily-report.md)');
	run('npx remark docs --frail --quiet --no-stdout');
}, 120_000);
