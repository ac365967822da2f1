import { code, table } from '../lib/markdown/markdown';
import { aimsOf } from './aims';
import type { measureCampaign } from './campaign';
import type { measureExpressions } from './expressions';
import { KNOWN_NODES, type measureFootprint } from './footprint';
import type { measureMemory } from './memory';
import type { measureOnce } from './once';
import type { PairFigures } from './pairs';
import type { measureSending } from './sending';
import type { Spread } from './statistics';
import type { measureWebhooks } from './webhook';

type Measured<T extends (...args: never[]) => unknown> = Omit<Awaited<ReturnType<T>>, 'problems'>;

/** What was measured in each part. */
export interface Figures {
	sending: Measured<typeof measureSending>;
	expressions: Measured<typeof measureExpressions>;
	once: Measured<typeof measureOnce>;
	campaign: Measured<typeof measureCampaign>;
	webhook: Measured<typeof measureWebhooks>;
	footprint: Measured<typeof measureFootprint>;
	memory: Measured<typeof measureMemory>;
}

/** What it was measured on. */
export interface Conditions {
	measuredOn: string;
	n8n: string;
	node: string;
	engine: string;
	machine: string;
}

/** The results of one part. */
export type Results<P extends keyof Figures> = Figures[P] & { conditions: Conditions };

/** The results of one expression engine by part. */
export type EngineResults = { [P in keyof Figures]?: Results<P> };

const NONE = '–';

function count(value: number | undefined): string {
	return value === undefined ? NONE : Math.round(value).toLocaleString('en-US');
}

/** Enough digits to compare by, no more. */
function figure(value: number | undefined): string {
	if (value === undefined) return NONE;
	if (Math.abs(value) >= 100) return count(value);
	return value >= 10 ? value.toFixed(1) : value.toFixed(value >= 0.1 ? 2 : 3);
}

function spread(values: Spread | null | undefined, scale = 1): string {
	if (!values) return NONE;
	return `${figure(values.median * scale)} (${figure(values.min * scale)} to ${figure(values.max * scale)})`;
}

/** A table in which all columns but the first are numbers. */
function numbers(head: string[], rows: string[][]): string {
	return table(head, rows, { align: head.map((_, column) => (column === 0 ? null : 'right')) });
}

function sendingTables({ rows, rounds, byLatency }: Figures['sending']): string {
	const head = [
		'',
		'ms per row',
		'Requests',
		'CPU µs per row',
		'Times faster than (c)',
		'than (e)',
		'Times slower than (f)',
		'than (b1)',
	];
	const sections = byLatency.map(({ latencyMs, senders }) => {
		const body = senders.map((sender) => [
			sender.rows && sender.rows < rows ? `${sender.label}, ${sender.rows} rows only` : sender.label,
			spread(sender.msPerRow),
			count(sender.calls),
			spread(sender.cpuMicrosecondsPerRow),
			figure(sender.timesFasterThanHttpRequest),
			figure(sender.timesFasterThanPlain),
			figure(sender.timesSlowerThanFloor),
			figure(sender.timesSlowerThanReadyText),
		]);
		return `### ${count(rows)} rows, answers after ${latencyMs} ms, ${rounds} rounds\n\n${numbers(head, body)}`;
	});
	const aims = aimsOf(byLatency).map(({ label, aim, measured, isMet }) => [
		label,
		aim,
		figure(measured),
		isMet ? 'yes' : 'no',
	]);
	const judged = `### Aims, answers after 20 ms, Concurrency 50\n\n${numbers(['', 'Aim', 'Measured', 'Met'], aims)}`;
	const scale = byLatency.map(({ latencyMs, senders }) => {
		const ofFloor = senders.find(({ key }) => key === 'n8nFloor');
		return `${figure(ofFloor?.timesSlowerThanFloor)} times after ${latencyMs} ms`;
	});
	const limit = `For scale: n8n's HTTP client alone, (g), is slower than (f), too: ${scale.join(', ')}.`;
	return [...sections, judged, limit].join('\n\n');
}

function expressionsTable({ rows, rounds, fields }: Figures['expressions']): string {
	const body = fields.map(({ value, microseconds }) => [code(value), spread(microseconds)]);
	return `### Reading a field by n8n, ${count(rows)} rows, ${rounds} rounds

${numbers(['Value of the field', 'µs per row'], body)}

The node itself reads the values of (b1) to (b4), in a few microseconds. Other code is up to n8n, and no expression costs it much
less than another. A profile of n8n 2.41, which isn't part of the run, shows why: with "vm", about 70% is compiling the code anew
and running it in an isolate, and 20% preparing the data that any expression could ask for; with "legacy" that is two thirds. The
last value is evaluated once for all rows, which n8n offers through \`$input.all()\`. The node doesn't use it: it copies all rows into
the isolate, whose memory is limited, and an isolate that runs out of memory ends the expressions of the whole execution.`;
}

function overheadOf(pairs: PairFigures[]): string[][] {
	return pairs.map(({ latencyMs, label, without, named, added, addedCpu }) => [
		`${label}, answers after ${latencyMs} ms`,
		...[without, named, added, addedCpu].map((values) => spread(values)),
	]);
}

function campaignTable({ rows, rounds, pairs }: Figures['campaign']): string {
	return `### Limits, SMS parts, quiet hours, and summary, ${count(rows)} rows, ${rounds} rounds

${numbers(['', 'ms per row without', 'With all of them', 'Added per row', 'CPU µs added per row'], overheadOf(pairs))}`;
}

function onceTables({ rows, rounds, runsOfOneRow, personalRows, pairs, byKept }: Figures['once']): string {
	const kept = byKept.map(({ kept, without, named, added, personalPerRow }) => [
		count(kept),
		...[without, named, added].map((values) => spread(values)),
		spread(personalPerRow),
	]);
	const head = [
		'Recipients remembered',
		'One row without a name, ms',
		'With a name, ms',
		'Its claim and note, ms',
		`${personalRows} rows with a text each, ms per row`,
	];
	return `### Broadcast Name, ${count(rows)} rows, ${rounds} rounds

${numbers(['', 'ms per row without', 'With a name', 'Added per row', 'CPU µs added per row'], overheadOf(pairs))}

### Broadcast Name, by the size of its memory, ${runsOfOneRow} runs

${numbers(head, kept)}`;
}

function webhookTable({ runs, posts, atATime, triggers, ratio }: Figures['webhook']): string {
	const body = triggers.map(({ label, executionsPerSecond, cpuMicrosecondsPerExecution }) => [
		label,
		spread(executionsPerSecond),
		spread(cpuMicrosecondsPerExecution, 1 / 1000),
	]);
	return `### Webhooks, ${posts} posts, ${atATime} executions at a time, ${runs} rounds

${numbers(['', 'Executions per second', 'CPU ms per execution'], body)}

NativeMsg Trigger against the Webhook node: ${figure(ratio)} times as many executions per second.`;
}

function footprintTable(figures: Figures['footprint']): string {
	const { forms, loadMs, loadDataMs, loadFormsMs, loadedFiles } = figures;
	const body = forms.map(({ name, bytes }) => [
		KNOWN_NODES.includes(name) ? `${name}, for scale` : name,
		count(bytes),
	]);
	return `### Size

${numbers(['Form of the node', 'Bytes'], body)}

Loading the package takes n8n ${spread(loadMs)} ms when it starts: ${spread(loadDataMs)} ms for its JSON (contracts and numbering
plans), ${spread(loadFormsMs)} ms for making the forms, and the rest for compiling and running ${loadedFiles} files. What only runs
and the wait need is loaded by the first run.`;
}

function memoryTable({ rounds, measured }: Figures['memory']): string {
	const body = measured.flatMap(({ label, counts, bytesPerRow, ownBytesPerRow }) =>
		counts.flatMap((one, index) => [
			[
				`${count(one.rows)} rows, ${label}`,
				spread(one.peakBytes, 1e-6),
				index === 0 ? NONE : spread(bytesPerRow),
				spread(one.cpuMicrosecondsPerRow),
				spread(one.msPerRow),
			],
			[
				`${count(one.rows)} rows, n8n's Edit Fields node, items of the same shape`,
				spread(one.ownPeakBytes, 1e-6),
				index === 0 ? NONE : spread(ownBytesPerRow),
				spread(one.ownCpuMicrosecondsPerRow),
				NONE,
			],
		]),
	);
	const added = measured.map(({ label, addedBytesPerRow }) => `${spread(addedBytesPerRow)} for ${label}`);
	const head = ['', 'n8n at most, MB', 'Bytes per further row', 'CPU µs per row', 'ms per row'];
	return `### Memory, ${rounds} rounds

${numbers(head, body)}

Bytes for each further row beyond what n8n needs for its own items: ${added.join('; ')}.`;
}

const TABLES: { [P in keyof Figures]: (figures: Figures[P]) => string } = {
	sending: sendingTables,
	expressions: expressionsTable,
	once: onceTables,
	campaign: campaignTable,
	webhook: webhookTable,
	footprint: footprintTable,
	memory: memoryTable,
};

/** The tables of one part, with what they were measured on. */
export function partReport<P extends keyof Figures>(part: P, results: Results<P>): string {
	const { measuredOn, n8n, node, engine, machine } = results.conditions;
	const head = `_n8n ${n8n}, Node ${node}, expression engine "${engine}", ${machine}, ${measuredOn}_`;
	return `${TABLES[part](results)}\n\n${head}`;
}

const PREFACE = `# Benchmark

Written by \`npm run bench\`; \`benchmark.json\` beside it holds the same figures.

Everything but (f) runs in the real n8n, against the local sandbox, which answers at once or after the latency given. The ways to
send are measured in alternation; a figure is the median of the rounds, with the smallest and the largest in brackets, and a ratio
is the median of the ratios within each round. A run counts only if the sandbox saw exactly one message for every recipient. The
time is that of the node alone, as n8n reports it; the CPU time is that of the n8n process for the whole execution, so subtract
that of the node that does nothing. (d) waits by design. (f) is what a client without n8n reaches with one request for each row,
50 at a time, and (g) what n8n's own HTTP client reaches in a node that reads and checks nothing. To beat (g), a node has to send
fewer requests. n8n has two engines for expressions, "vm" (its default) and "legacy"; compare only
within one. Memory is the highest resident memory of a freshly started n8n; the bytes per further row are the difference between
many rows and a few, since sending takes memory that any number of rows needs. What Broadcast Name adds is the
difference within each round, or between two runs of one row each: one row has one claim and one note of what became of it, and
the claim waits at least 25 ms before it is looked at again.`;

/** The page with all results, by expression engine. */
export function document(results: Record<string, EngineResults>): string {
	const sections = Object.entries(results).flatMap(([engine, parts]) => [
		`## Expression engine "${engine}"`,
		...(Object.keys(TABLES) as Array<keyof Figures>).flatMap((part) => reportIfThere(part, parts[part])),
	]);
	return `${[PREFACE, ...sections].join('\n\n')}\n`;
}

function reportIfThere<P extends keyof Figures>(part: P, results: Results<P> | undefined): string[] {
	return results ? [partReport(part, results)] : [];
}
