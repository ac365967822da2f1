/**
 * `npm run test:e2e`: the packed tarball in the real n8n. `npm run test:e2e -- trigger queue` runs only these parts. Each
 * part prints its output when it ends; the exit code says whether all passed.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execaNode } from 'execa';
import pMap from 'p-map';
import { CHROMIUM } from './e2e/editor/browser';
import { packPackage, TARBALL } from './lib/pack';
import { ROOT } from './lib/root';
import { missingPrograms } from './n8n/queue-mode/databases';

interface Part {
	/** What it shows. */
	shows: string;
	/** Script in `scripts`, with its arguments. */
	command: [script: string, ...args: string[]];
	/** Required programs that aren't installed. */
	missing?: string[];
}

/** How many parts run at a time. Each waits for some of its time; with three, two processors are too slow for n8n's editor. */
const AT_A_TIME = 2;

/** Longest first; only the editor waits until the many processes of queue mode have started. */
const PARTS: Record<string, Part> = {
	queue: {
		shows: 'queue mode loses and duplicates nothing',
		command: ['e2e/queue.ts'],
		missing: missingPrograms(),
	},
	wait: {
		shows: 'questions are decided by POST only and once, also after a crash',
		command: ['e2e/wait.ts'],
	},
	editor: {
		shows: 'forms and lists work in a browser',
		command: ['e2e/editor.ts', '.cache/images'],
		missing: existsSync(CHROMIUM) ? [] : [`Chromium at ${CHROMIUM}`],
	},
	examples: {
		shows: 'the other examples do what they say',
		command: ['e2e/examples.ts'],
	},
	trigger: {
		shows: 'the trigger starts once for each genuine event and nothing else',
		command: ['e2e/trigger.ts'],
	},
	once: {
		shows: 'a broadcast whose worker was killed can be run again',
		command: ['once.ts', '--rounds', '3'],
		missing: missingPrograms(),
	},
	versions: {
		shows: 'older and newer versions of n8n and Node behave the same',
		command: ['e2e/versions.ts'],
	},
	sending: {
		shows: "files, n8n's Retry button, and each authentication method: nothing is lost or sent twice",
		command: ['e2e/sending.ts'],
	},
	demo: {
		shows: 'the examples serve every recipient exactly once',
		command: ['demo.ts', '--once'],
	},
};

let hasFailed = false;

/** Runs a part, unless another one has failed. If CI is set, it also runs without its programs, and so fails. */
async function run(name: string, { shows, command: [script, ...args], missing = [] }: Part): Promise<void> {
	if (hasFailed) return;
	if (missing.length > 0 && !process.env.CI) {
		console.log(`Skipped: ${name}, which needs ${missing.join(', ')}.`);
		return;
	}
	console.log(`❯ ${name}: ${shows}`);
	const { all, failed, durationMs } = await execaNode(join(ROOT, 'scripts', script), args, {
		cwd: ROOT,
		nodeOptions: ['--import', 'tsx'],
		stdin: 'ignore',
		all: true,
		reject: false,
	});
	hasFailed ||= failed;
	console.log(`--- ${name}\n${all}\n${failed ? '✖' : '✔'} ${name} [${Math.round(durationMs / 1000)}s]`);
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
	const names = Object.keys(PARTS).join(', ');
	console.error(`There is no part "${unknown[0]}". The parts are: ${names}.`);
	process.exit(1);
}
// Once for all parts, which inherit the environment.
process.env[TARBALL] = await packPackage(join(ROOT, '.cache', 'e2e'));
const chosen = Object.entries(PARTS).filter(([name]) => wanted.length === 0 || wanted.includes(name));
await pMap(chosen, ([name, part]) => run(name, part), { concurrency: AT_A_TIME });
if (hasFailed) process.exit(1);
