/**
 * `npm run bench`: how fast this package is in the real n8n, beside other ways to do the same. Options, after `--`:
 *
 *   --only sending|once|campaign|webhook|footprint|memory   one part; may be given several times
 *   --engine vm|legacy                        n8n's expression engine, default vm
 *   --rows 2000 --rounds 3                    rows of a sending run; rounds of each part
 *   --memory-rows 50000
 *   --out docs                                folder of benchmark.md and benchmark.json; other parts in them are kept
 *
 * The exit code is 1 when a message did not arrive exactly once.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchPlayground } from './bench/bench-playground';
import { measureCampaign } from './bench/campaign';
import { measureFootprint } from './bench/footprint';
import { describeMachine } from './bench/machine';
import { measureMemory } from './bench/memory';
import { measureOnce } from './bench/once';
import { packPlainNodes } from './bench/plain';
import {
	document,
	partReport,
	type Conditions,
	type EngineResults,
	type Figures,
	type Results,
} from './bench/report';
import { measureSending } from './bench/sending';
import { measureWebhooks, METRICS_ENV } from './bench/webhook';
import { runCommand } from './lib/command';
import { formatted } from './lib/formatted';
import { ROOT } from './lib/root';
import { ensureN8n, N8N_VERSION } from './n8n/install';
import { startPlayground } from './n8n/playground';
import { exitOnSignals } from './lib/process';

const ENGINES = ['vm', 'legacy'];

interface BenchOptions {
	only: string[];
	engine: string;
	rows: number;
	rounds: number;
	memoryRows: number;
	out: string;
}

type Measure<P extends keyof Figures> = (
	playground: BenchPlayground,
	options: BenchOptions,
) => Promise<Figures[P] & { problems?: string[] }>;

/** In the order they are run: measuring memory stops the n8n that the others share. */
const PARTS: { [P in keyof Figures]: Measure<P> } = {
	sending: measureSending,
	once: measureOnce,
	campaign: measureCampaign,
	webhook: measureWebhooks,
	footprint: measureFootprint,
	memory: (playground, { memoryRows, rounds }) => measureMemory(playground, { rows: memoryRows, rounds }),
};
const PART_NAMES = Object.keys(PARTS) as Array<keyof Figures>;

/** @throws {Error} saying which option cannot be used */
function readOptions(): BenchOptions {
	const text = (fallback: string) => ({ type: 'string', default: fallback }) as const;
	const { values } = parseArgs({
		options: {
			only: { type: 'string', multiple: true, default: PART_NAMES },
			engine: text('vm'),
			rows: text('2000'),
			rounds: text('3'),
			'memory-rows': text('50000'),
			out: text(join(ROOT, 'docs')),
		},
	});
	const count = (name: 'rows' | 'rounds' | 'memory-rows') => {
		const value = Number(values[name]);
		if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1.`);
		return value;
	};
	const oneOf = (name: string, value: string, allowed: string[]) => {
		if (!allowed.includes(value)) throw new Error(`--${name} must be one of: ${allowed.join(', ')}.`);
	};
	values.only.forEach((part) => oneOf('only', part, PART_NAMES));
	oneOf('engine', values.engine, ENGINES);
	return {
		only: values.only,
		engine: values.engine,
		out: resolve(values.out),
		rows: count('rows'),
		rounds: count('rounds'),
		memoryRows: count('memory-rows'),
	};
}

async function main(): Promise<void> {
	exitOnSignals();
	const options = readOptions();
	const installation = await ensureN8n();
	const env = { ...METRICS_ENV, N8N_EXPRESSION_ENGINE: options.engine };
	const conditions = {
		measuredOn: new Date().toISOString().slice(0, 10),
		n8n: N8N_VERSION,
		node: (await runCommand(installation.node, ['--version'])).trim(),
		engine: options.engine,
		machine: describeMachine(),
	};
	const playground = await startPlayground('bench', { packages: [await packPlainNodes()], env });
	try {
		for (const part of PART_NAMES.filter((name) => options.only.includes(name))) {
			await measure(part, { ...playground, installation, env }, options, conditions);
		}
	} finally {
		await playground.stop();
	}
}

async function measure<P extends keyof Figures>(
	part: P,
	playground: BenchPlayground,
	options: BenchOptions,
	conditions: Conditions,
): Promise<void> {
	const { problems = [], ...figures } = await PARTS[part](playground, options);
	const results = { conditions, ...(figures as Figures[P]) };
	console.log(`\n${partReport(part, results)}\n`);
	await save(options, part, results);
	for (const problem of problems) console.error(`✖ ${problem}`);
	if (problems.length > 0) process.exitCode = 1;
}

/** Adds the results of one part to the files; those of other parts and engines stay. */
async function save<P extends keyof Figures>(
	{ out, engine }: BenchOptions,
	part: P,
	results: Results<P>,
): Promise<void> {
	mkdirSync(out, { recursive: true });
	const file = join(out, 'benchmark.json');
	const saved = existsSync(file)
		? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, EngineResults>)
		: {};
	const all = { ...saved, [engine]: { ...saved[engine], [part]: results } };
	const write = async (path: string, text: string) => writeFileSync(path, await formatted(path, text));
	await write(file, JSON.stringify(all));
	await write(join(out, 'benchmark.md'), document(all));
}

main().catch((error) => {
	console.error(`\n${error.message}`);
	process.exitCode = 1;
});
