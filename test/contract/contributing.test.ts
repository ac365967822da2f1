import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
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

test('the walk-through for a new operation works as it is written', () => {
	for (const part of [
		'spec',
		'nodes',
		'credentials',
		'scripts',
		'README.md',
		'package.json',
		'tsconfig.json',
		'.prettierrc.json',
	]) {
		cpSync(join(ROOT, part), join(copy, part), { recursive: true });
	}
	symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');

	const contract = join(copy, 'spec/nativemsg.openapi.yaml');
	const entry = blockOf('yaml').replaceAll(/^(?=.)/gm, '  ');
	writeFileSync(contract, readFileSync(contract, 'utf8').replace(/^paths:\n/m, `paths:\n${entry}`));
	writeFileSync(join(copy, 'nodes/NativeMsg/channel/getStatistics.ts'), blockOf('ts'));

	run('tsx/dist/cli.mjs', 'scripts/generate.mjs');
	run('typescript/bin/tsc', '-p', '.');
	run('@redocly/cli/bin/cli.js', 'lint', 'spec/nativemsg.openapi.yaml');

	expect(readFileSync(join(copy, 'README.md'), 'utf8')).toContain('| Get Statistics ');
	const { description } = new (jest.requireActual(
		join(copy, 'dist/nodes/NativeMsg/NativeMsg.node.js'),
	).NativeMsg)();
	const forms = JSON.stringify(description.properties);
	expect(forms).toContain('"value":"getStatistics"');
	expect(forms).toContain('"show":{"resource":["channel"],"operation":["getStatistics"]}');
}, 120_000);
