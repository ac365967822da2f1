import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const ROOT = join(__dirname, '../..');
/** What comes from installing and building, and the history. */
const LEFT_OUT = ['node_modules', 'dist', 'coverage', '.cache', '.git'];
const copy = mkdtempSync(join(tmpdir(), 'nativemsg-walk-'));

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** A code block of CONTRIBUTING.md, without the indentation of the list that it stands in. */
function blockOf(language: string): string {
	const text = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
	const [, indentation, block] = new RegExp(`^( +)\`\`\`${language}\n(.*?)^ +\`\`\``, 'ms').exec(text)!;
	return block.replaceAll(new RegExp(`^${indentation}`, 'gm'), '');
}

const run = (script: string, ...args: string[]) =>
	execFileSync(process.execPath, [join('node_modules', script), ...args], { cwd: copy, stdio: 'pipe' });

test('the walk-through for a new operation works exactly as written', () => {
	const isSource = (path: string) => !LEFT_OUT.includes(relative(ROOT, path));
	cpSync(ROOT, copy, { recursive: true, filter: isSource });
	symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');

	const contract = join(copy, 'spec/nativemsg.openapi.yaml');
	const entry = blockOf('yaml').replaceAll(/^(?=.)/gm, '  ');
	writeFileSync(contract, readFileSync(contract, 'utf8').replace(/^paths:\n/m, `paths:\n${entry}`));
	writeFileSync(join(copy, 'nodes/NativeMsg/channel/getStatistics.ts'), blockOf('ts'));

	run('tsx/dist/cli.mjs', 'scripts/generate.ts');
	run('typescript/bin/tsc', '-p', '.');
	run('@redocly/cli/bin/cli.js', 'lint', 'spec/nativemsg.openapi.yaml');

	expect(readFileSync(join(copy, 'README.md'), 'utf8')).toContain('| Get Statistics ');
	const page = readFileSync(join(copy, 'docs/nativemsg/channel.md'), 'utf8');
	expect(page).toContain('- [Get Statistics](#get-statistics): Count the messages of a channel.');
	expect(page.match(/^## .*/gm)).toEqual(
		expect.arrayContaining(['## Get Statistics', '## Get Subscription Status']),
	);
	expect(page.indexOf('## Get Statistics')).toBeLessThan(page.indexOf('## Get Subscription Status'));
	run('remark-cli/cli.js', 'docs', '--frail', '--quiet', '--no-stdout');
	const { description } = new (jest.requireActual(
		join(copy, 'dist/nodes/NativeMsg/NativeMsg.node.js'),
	).NativeMsg)();
	const forms = JSON.stringify(description.properties);
	expect(forms).toContain('"value":"getStatistics"');
	expect(forms).toContain('"show":{"resource":["channel"],"operation":["getStatistics"]}');
}, 120_000);

test('an operation in a new folder creates a resource with a page of its own', () => {
	const folder = join(copy, 'nodes/NativeMsg/dailyReport');
	mkdirSync(folder);
	writeFileSync(
		join(folder, 'get.ts'),
		blockOf('ts')
			.replace('./fields', '../channel/fields')
			.replace(/'getStatistics'/, "'get'"),
	);

	run('tsx/dist/cli.mjs', 'scripts/generate.ts');

	const page = readFileSync(join(copy, 'docs/nativemsg/daily-report.md'), 'utf8');
	expect(page).toMatch(/^# NativeMsg node: Daily Report operations\n/);
	expect(page.match(/^## .*/gm)).toEqual(['## Get Statistics', '## Common issues']);
	expect(readFileSync(join(copy, 'docs/README.md'), 'utf8')).toContain('(nativemsg/daily-report.md)');
	run('remark-cli/cli.js', 'docs', '--frail', '--quiet', '--no-stdout');
}, 120_000);
