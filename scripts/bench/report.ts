import { KNOWN_NODES } from './footprint';

const NONE = '–';

function count(value) {
	return value === undefined ? NONE : Math.round(value).toLocaleString('en-US');
}

/** Enough digits to compare by, no more. */
function figure(value) {
	if (value === undefined || value === null) return NONE;
	if (Math.abs(value) >= 100) return count(value);
	return value >= 10 ? value.toFixed(1) : value.toFixed(value >= 0.1 ? 2 : 3);
}

function spread(values, scale = 1) {
	if (!values) return NONE;
	return `${figure(values.median * scale)} (${figure(values.min * scale)} to ${figure(values.max * scale)})`;
}

/** @param {string[][]} rows the first one is the head; all columns but the first are numbers */
function table(rows) {
	const line = (cells) => `| ${cells.join(' | ')} |`;
	const [head, ...body] = rows;
	return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...body.map(line)].join(
		'\n',
	);
}

function sendingTables({ rows, rounds, byLatency }) {
	const head = [
		'',
		'ms per row',
		'Calls',
		'CPU µs per row',
		'Times faster than (c)',
		'than (e)',
		'Times slower than (f)',
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
		]);
		return `### ${count(rows)} rows, answers after ${latencyMs} ms, ${rounds} rounds\n\n${table([head, ...body])}`;
	});
	return sections.join('\n\n');
}

function webhookTable({ runs, posts, atATime, triggers, ratio }) {
	const body = triggers.map(({ label, executionsPerSecond, cpuMicrosecondsPerExecution }) => [
		label,
		spread(executionsPerSecond),
		spread(cpuMicrosecondsPerExecution, 1 / 1000),
	]);
	return `### Webhooks, ${posts} posts, ${atATime} executions at a time, ${runs} rounds

${table([['', 'Executions per second', 'CPU ms per execution'], ...body])}

NativeMsg Trigger against the Webhook node: ${figure(ratio)} times as many executions per second.`;
}

function footprintTable({ forms, loadMs }) {
	const body = forms.map(({ name, bytes }) => [
		KNOWN_NODES.includes(name) ? `${name}, for scale` : name,
		count(bytes),
	]);
	return `### Size

${table([['Form of the node', 'Bytes'], ...body])}

Loading the package takes n8n ${spread(loadMs)} ms when it starts.`;
}

function memoryTable({ rows, rounds, results, addedBytesPerRow }) {
	const body = results.map(({ label, peakBytes, bytesPerRow }) => [
		label,
		spread(peakBytes, 1e-6),
		spread(bytesPerRow),
	]);
	return `### Memory, ${count(rows)} rows, ${rounds} rounds

${table([['', 'n8n at most, MB', 'Bytes per row'], ...body])}

The node adds ${spread(addedBytesPerRow)} bytes per row to what n8n needs for its own items.`;
}

const TABLES = {
	sending: sendingTables,
	webhook: webhookTable,
	footprint: footprintTable,
	memory: memoryTable,
};

/** The tables of one part, with what they were measured on. */
export function partReport(part, { conditions, ...results }) {
	const { measuredOn, n8n, node, engine, machine } = conditions;
	const head = `_n8n ${n8n}, Node ${node}, expression engine "${engine}", ${machine}, ${measuredOn}_`;
	return `${TABLES[part](results)}\n\n${head}`;
}

const PREFACE = `# Benchmark

Written by \`npm run bench\`; \`benchmark.json\` beside it holds the same figures.

Everything but (f) runs in the real n8n, against the local sandbox, which answers at once or after the latency given. The ways to
send are measured in alternation; a figure is the median of the rounds, with the smallest and the largest in brackets, and a ratio
is the median of the ratios within each round. A run counts only if the sandbox saw exactly one message for every recipient. The
time is that of the node alone, as n8n reports it; the CPU time is that of the n8n process for the whole execution, so subtract
that of the node that does nothing. (d) waits by design. (f) is what a client without n8n reaches with one call for each row, 50
at a time, so only fewer calls can be faster. By default n8n evaluates expressions in its engine "vm", which costs about five times
as much as "legacy" and decides most of these figures, so compare only within one engine. Memory is the highest resident memory of
a freshly started n8n; the bytes per row are the difference between all rows and one row.`;

/** @param {Record<string, Record<string, object>>} results by expression engine and part */
export function document(results) {
	const sections = Object.entries(results).map(([engine, parts]) => {
		const reports = Object.keys(TABLES).filter((part) => parts[part]);
		return [`## Expression engine "${engine}"`, ...reports.map((part) => partReport(part, parts[part]))].join(
			'\n\n',
		);
	});
	return `${[PREFACE, ...sections].join('\n\n')}\n`;
}
