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
/** Without the ends of lines. */
const prose = pages.map((page) => readFileSync(join(ROOT, page), 'utf8').replace(/\s+/g, ' ')).join(' ');

const duplicates = triggerFields
	.flatMap(({ options = [] }) => options as INodeProperties[])
	.find(({ name }) => name === 'duplicateHours')!;
const { rateLimit, rateWindowMs } = settingsSchema.parse({});

/** Numbers in prose that the code decides; the first group of each pattern is the number. */
const NUMBERS: Array<[what: string, pattern: RegExp, decided: unknown]> = [
	['the longest pause', /(?:up to|than) (\d+) seconds/g, MAX_PAUSE_MS / 1_000],
	['the hours of duplicates', /(?:duplicate within|Within) (\d+) hours/g, duplicates.default],
	['the requests in a minute', /([\d,]+) requests a minute/g, (rateLimit * 60_000) / rateWindowMs],
];

test.each(NUMBERS)('%s is told as the code decides it', (_what, pattern, decided) => {
	const told = [...prose.matchAll(pattern)].map(([, number]) => Number(number.replaceAll(',', '')));
	expect(told.length).toBeGreaterThan(1);
	expect(new Set(told)).toEqual(new Set([decided]));
});

const { sending, memory, webhook } = benchmark.vm;
const [withLatency] = sending.byLatency.filter(({ latencyMs }) => latencyMs === 20);
const sender = (key: string) => withLatency.senders.find((one) => one.key === key)!;
const [combined, distinct] = [sender('combined'), sender('distinct50')];
const [own] = memory.results.filter(({ key }) => key === 'own');
const [trigger] = webhook.triggers.filter(({ key }) => key === 'nativeMsg');

/** With two digits, or all before the point. */
const figure = (number: number) => (number >= 10 ? String(Math.round(number)) : number.toPrecision(2));
const thousands = (number: number) => number.toLocaleString('en-US');
const kilobytes = ({ median }: { median: number }) => figure(median / 1_000);
const { coverageThreshold: coverage } = jest.requireActual<Config>('../../../jest.config');

/** What the docs say with the figures of the benchmark and of the configuration. */
const SENTENCES = [
	`${thousands(sending.rows)} of them take ${figure(combined.msPerRow.median)} ms each, ` +
		`${figure(combined.timesFasterThanHttpRequest!)} times faster than the HTTP Request node`,
	`${thousands(sending.rows)} items with one text took ${figure(combined.msPerRow.median)} ms each at 20 ms latency, ` +
		`${figure(combined.timesFasterThanPlain!)} times faster than one request after the other and ` +
		`${figure(combined.timesFasterThanHttpRequest!)} times faster than the HTTP Request node; with a text of its own ` +
		`in each item and Concurrency 50 it was ${figure(distinct.timesFasterThanPlain!)} and ` +
		`${figure(distinct.timesFasterThanHttpRequest!)} times.`,
	`At ${thousands(memory.rows)} items n8n needs ${kilobytes(memory.addedBytesPerRow)} KB of memory more for each item ` +
		`than for its own items of the same shape, which need ${kilobytes(own.bytesPerRow)} KB.`,
	`n8n's work for an execution is about ${Math.round(trigger.cpuMicrosecondsPerExecution.median / 10_000) * 10} ms of CPU time`,
	`At least ${stryker.thresholds.break}% of the mutants must be killed`,
	`line coverage of \`nodes/\` and \`credentials/\` is below ${coverage.global.lines}%, or branch coverage below ${coverage.global.branches}%`,
];

test.each(SENTENCES)('the docs say: %s', (sentence) => expect(prose).toContain(sentence));

test('no other sentence of the docs compares speeds', () => {
	const said = SENTENCES.reduce((text, sentence) => text.replace(sentence, ''), prose);
	expect(said.match(/.{30}\d times (faster|slower|as fast).{30}/g)).toBeNull();
});
