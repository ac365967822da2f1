import type { EngineResults } from './report';

const DEFAULT_ENGINE = 'vm';

/** With two significant digits, or all digits before the decimal point. */
const figure = (value: number) => (value >= 10 ? thousands(Math.round(value)) : value.toPrecision(2));
const thousands = (value: number) => value.toLocaleString('en-US');

/** The ways to send with the default engine at 20 ms latency, by key. @throws {Error} if they weren't measured yet */
function sendersOf(results: Record<string, EngineResults>) {
	const { sending } = results[DEFAULT_ENGINE];
	const senders = sending?.byLatency.find(({ latencyMs }) => latencyMs === 20)?.senders ?? [];
	return (key: string) => {
		const found = senders.find((sender) => sender.key === key);
		if (!found) throw new Error('Run the benchmark first: npm run bench -- --only sending');
		return found;
	};
}

const SPEED_SENTENCE = /[\d,]+\s+of\s+them\s+take\s+[\d.]+\s+ms\s+each,\s+[\d.]+\s+times\s+faster/;

/** Updates the figures in the README's sentence about speed. @throws {Error} if it has none */
export function withSpeedSentence(readme: string, results: Record<string, EngineResults>): string {
	if (!SPEED_SENTENCE.test(readme)) throw new Error('The README has no sentence about speed');
	const { rows, msPerRow, timesFasterThanHttpRequest } = sendersOf(results)('combined');
	const [count, ms, times] = [
		thousands(rows!),
		figure(msPerRow!.median),
		figure(timesFasterThanHttpRequest!),
	];
	return readme.replace(SPEED_SENTENCE, `${count} of them take ${ms} ms each, ${times} times faster`);
}

/**
 * The paragraph with the benchmark's figures on the page about broadcasts.
 *
 * @throws {Error} if a part wasn't measured yet
 */
export function speedProse(results: Record<string, EngineResults>): string {
	const { sending, expressions, memory } = results[DEFAULT_ENGINE];
	const legacy = results.legacy?.expressions;
	if (!sending || !expressions || !memory || !legacy) {
		throw new Error('Run the whole benchmark first: npm run bench');
	}
	const sender = sendersOf(results);
	const ms = (key: string) => figure(sender(key).msPerRow!.median);
	const [same, own, evaluated] = [sender('combined'), sender('references50'), sender('evaluated50')];
	const broadcast = memory.measured.find(({ key }) => key === 'combined')!;
	const kilobytes = (spread: { median: number } | null) => figure((spread?.median ?? NaN) / 1_000);
	const microseconds = ({ fields }: typeof expressions) =>
		figure(fields.find(({ value }) => value.includes('.replace('))!.microseconds.median);
	return `In the run that wrote the table, ${thousands(sending.rows)} items with one text took ${ms('combined')} ms each at 20 ms latency,
${figure(same.timesFasterThanPlain!)} times faster than one request at a time and ${figure(same.timesFasterThanHttpRequest!)} times faster than the HTTP Request
node. With a personal text in each item, such as \`Hi {{ $json.name }}, your table {{ $json.table }} is ready.\`, they took
${ms('references50')} ms each, ${figure(own.timesFasterThanPlain!)} and ${figure(own.timesFasterThanHttpRequest!)} times faster. With ${thousands(broadcast.counts[1].rows)} items, the node adds
${kilobytes(broadcast.addedBytesPerRow)} KB of memory per item to the ${kilobytes(broadcast.ownBytesPerRow)} KB that n8n itself needs.

n8n evaluates all other expressions, which takes ${microseconds(expressions)} µs for each field and item (${microseconds(legacy)} µs with
\`N8N_EXPRESSION_ENGINE=legacy\`): items with such a text took ${ms('evaluated50')} ms each, ${figure(evaluated.timesSlowerThanReadyText!)} times as long as
with a ready-made one.`;
}
