import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { triggerFields } from '../../../nodes/NativeMsgTrigger/fields';
import { MAX_PAUSE_MS } from '../../../nodes/transport/retry';
import { settingsSchema } from '../../../sandbox/settings';
import benchmark from '../../../docs/benchmark.json';
import stryker from '../../../stryker.config.json';
import type { INodeProperties } from 'n8n-workflow';

type Config = { coverageThreshold: { global: { lines: number; branches: number } } };
const ROOT = join(__dirname, '../../..');
const pages = [
	'README.md',
	'CONTRIBUTING.md',
	...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.md') && !file.endsWith('benchmark.md'))
		.map((file) => `docs/${file}`),
];
/** On one line. */
const prose = pages.map((page) => readFileSync(join(ROOT, page), 'utf8').replace(/\s+/g, ' ')).join(' ');

const duplicates = triggerFields
	.flatMap(({ options = [] }) => options as INodeProperties[])
	.find(({ name }) => name === 'duplicateHours')!;
const { rateLimit, rateWindowMs } = settingsSchema.parse({});

/** Numbers in prose that come from the code; the first group of each pattern is the number. */
const NUMBERS: Array<[what: string, pattern: RegExp, decided: unknown]> = [
	['the longest pause', /(?:up to|than) (\d+) seconds/g, MAX_PAUSE_MS / 1_000],
	['the hours of duplicates', /(?:duplicate within|Within) (\d+) hours/g, duplicates.default],
	['the requests in a minute', /([\d,]+) requests a minute/g, (rateLimit * 60_000) / rateWindowMs],
];

test.each(NUMBERS)('the docs give %s as the code has it', (_what, pattern, decided) => {
	const told = [...prose.matchAll(pattern)].map(([, number]) => Number(number.replaceAll(',', '')));
	expect(told.length).toBeGreaterThan(1);
	expect(new Set(told)).toEqual(new Set([decided]));
});

const { sending, expressions, memory, webhook } = benchmark.vm;
const [withLatency] = sending.byLatency.filter(({ latencyMs }) => latencyMs === 20);
const sender = (key: string) => withLatency.senders.find((one) => one.key === key)!;
const [combined, references, evaluated] = ['combined', 'references50', 'evaluated50'].map(sender);
const [broadcast] = memory.measured;
const evaluation = ({ fields }: typeof expressions) =>
	fields.find(({ value }) => value.includes('.replace('))!.microseconds.median;

/** What the page about broadcasts says about the benchmark. */
test.each([
	['rows in the README', /([\d,]+) of them take/, sending.rows],
	['ms in the README', /of them take ([\d.]+) ms/, combined.msPerRow.median],
	['times in the README', /each, ([\d.]+) times faster than the HTTP/, combined.timesFasterThanHttpRequest],
	['items with one text', /([\d,]+) items with one text took/, sending.rows],
	['ms with one text', /items with one text took ([\d.]+) ms/, combined.msPerRow.median],
	['(a) against (e)', /([\d.]+) times faster than one request at a time/, combined.timesFasterThanPlain],
	['(a) against (c)', /([\d.]+) times faster than the HTTP/, combined.timesFasterThanHttpRequest],
	['ms with references', /they took ([\d.]+) ms/, references.msPerRow.median],
	['(b2) against (e)', /ms each, ([\d.]+) and [\d.]+ times faster/, references.timesFasterThanPlain],
	['(b2) against (c)', /ms each, [\d.]+ and ([\d.]+) times faster/, references.timesFasterThanHttpRequest],
	['items of the memory', /With ([\d,]+) items, the node adds/, broadcast.counts[1].rows],
	['KB added', /the node adds ([\d.]+) KB/, broadcast.addedBytesPerRow.median / 1_000],
	['KB of n8n', /to the ([\d.]+) KB that n8n itself needs/, broadcast.ownBytesPerRow.median / 1_000],
	['µs of an expression', /other expressions, which takes ([\d.,]+) µs/, evaluation(expressions)],
	['µs in the other engine', /\(([\d.,]+) µs with/, evaluation(benchmark.legacy.expressions)],
	['ms with code', /items with such a text took ([\d.]+) ms/, evaluated.msPerRow.median],
	['(b5) against (b1)', /([\d.]+) times as long/, evaluated.timesSlowerThanReadyText],
])('the docs say what was measured: %s', (_what, pattern, measured) => {
	const [, said] = pattern.exec(prose)!;
	const number = Number(said.replaceAll(',', ''));
	// Two digits are said.
	expect(Math.abs(number - measured!) / measured!).toBeLessThan(0.05);
});

const [trigger] = webhook.triggers.filter(({ key }) => key === 'nativeMsg');
const { coverageThreshold: coverage } = jest.requireActual<Config>('../../../jest.config');

/** What the docs say with the figures of the benchmark and of the configuration. */
const SENTENCES = [
	`n8n's work for an execution is about ${Math.round(trigger.cpuMicrosecondsPerExecution.median / 10_000) * 10} ms of CPU time`,
	`At least ${stryker.thresholds.break}% of the mutants must be killed`,
	`line coverage of \`nodes/\` and \`credentials/\` is below ${coverage.global.lines}%, or branch coverage below ${coverage.global.branches}%`,
];

test.each(SENTENCES)('the docs say: %s', (sentence) => expect(prose).toContain(sentence));

test('no other sentence of the docs compares speeds', () => {
	const said = prose
		.replace(/<!-- figures: start -->.*<!-- figures: end -->/, '')
		.replace(/of them take [\d.]+ ms each, [\d.]+ times faster than the HTTP Request node/, '');
	expect(said.match(/.{30}\d times (faster|slower|as fast).{30}/g)).toBeNull();
});
