import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** A script that ends at once, on a Node.js that says it is another version. */
const runOn = (version: string) => {
	const another = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`;
	const args = ['--import', `data:text/javascript,${another}`, 'scripts/run.mjs', 'check-release'];
	return spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }).stderr;
};

test.each(['18.20.8', '20.15.1', '20.18.3'])(
	'scripts say that Node.js %s is too old for development',
	(old) => {
		expect(runOn(old)).toBe(`Development needs Node.js 20.19 or newer, but this is ${old}.\n`);
	},
);

test.each(['20.19.0', '22.0.0', '24.1.0'])('scripts run on Node.js %s', (version) => {
	expect(runOn(version)).toContain('Usage: npm run check-release');
});
