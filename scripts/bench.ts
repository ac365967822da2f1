/**
 * `npm run bench`: how fast this package is in the real n8n, compared with other ways to do the same. Options, after
 * `--`:
 *
 *   --only sending|expressions|once|campaign|webhook|footprint|memory   one part; may be given several times
 *   --engine vm|legacy                        n8n's expression engine; default: both, one after the other
 *   --rows 2000 --rounds 5                    rows of a sending run; rounds of each part
 *   --memory-rows 100000                      in combined requests; half of them with a text each
 *   --out docs                                folder of benchmark.md and benchmark.json; other parts in them are kept
 *
 * `npm run generate` then updates the figures in the other pages.
 *
 * The exit code is 1 if a message didn't arrive exactly once.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchPlayground } from './bench/bench-playground';
import { measureCampaign } from './bench/campaign';
import { measureExpressions } from './bench/expressions';
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

/** n8n's default comes first; parts in which n8n evaluates nothing are measured only with it. */
const ENGINES = ['vm', 'legacy'];
const OF_EACH_ENGINE = ['sending', 'expressions'];

interface BenchOptions {
	only: string[];
	engines: string[];
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
	expressions: measureExpressions,
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
			engine: { type: 'string', multiple: true, default: ENGINES },
			rows: text('2000'),
			rounds: text('5'),
			'memory-rows': text('100000'),
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
	values.engine.forEach((engine) => oneOf('engine', engine, ENGINES));
	return {
		only: values.only,
		engines: values.engine,
		out: resolve(values.out),
		rows: count('rows'),
		rounds: count('rounds'),
		memoryRows: count('memory-rows'),
	};
}

async function main(): Promise<void> {
	exitOnSignals();
	const options = readOptions();
	for (const engine of options.engines) {
		const parts = PART_NAMES.filter(
			(part) => options.only.includes(part) && (engine === ENGINES[0] || OF_EACH_ENGINE.includes(part)),
		);
		if (parts.length > 0) await measureAll(parts, engine, options);
	}
}

/** Measures parts in an n8n with that expression engine. */
async function measureAll(parts: Array<keyof Figures>, engine: string, options: BenchOptions): Promise<void> {
	const installation = await ensureN8n();
	const env = { ...METRICS_ENV, N8N_EXPRESSION_ENGINE: engine };
	const conditions = {
		measuredOn: new Date().toISOString().slice(0, 10),
		n8n: N8N_VERSION,
		node: (await runCommand(installation.node, ['--version'])).trim(),
		engine,
		machine: describeMachine(),
	};
	const playground = await startPlayground('bench', { packages: [await packPlainNodes()], env });
	try {
		for (const part of parts) await measure(part, { ...playground, installation, env }, options, conditions);
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
	await save(options.out, part, results);
	for (const problem of problems) console.error(`✖ ${problem}`);
	if (problems.length > 0) process.exitCode = 1;
}

/** Adds the results of one part to the files; those of other parts and engines stay. */
async function save<P extends keyof Figures>(out: string, part: P, results: Results<P>): Promise<void> {
	const { engine } = results.conditions;
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
