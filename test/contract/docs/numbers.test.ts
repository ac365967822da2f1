import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { triggerFields } from '../../../nodes/NativeMsgTrigger/fields';
import { MAX_PAUSE_MS } from '../../../nodes/transport/retry';
import { settingsSchema } from '../../../sandbox/settings';
import type { INodeProperties } from 'n8n-workflow';

const ROOT = join(__dirname, '../../..');
const pages = [
	'README.md',
	...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.md') && !/(mutation-tests|benchmark)\.md$/.test(file))
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
