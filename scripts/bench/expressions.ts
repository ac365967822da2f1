import { withProgress } from '../lib/progress';
import { node } from '../n8n/workflow';
import type { BenchPlayground } from './bench-playground';
import { runToEnd } from './executions';
import { CONTENTS, sendingWorkflow, TESTED } from './senders';
import { spreadOf, type Spread } from './statistics';

/** A value of a field, and where its item comes from. */
interface Field {
	value: string;
	/** Whether the field is read once for all rows. */
	firstOnly?: boolean;
	between?: (typeof CONTENTS)[number]['between'];
}

/** The time to read a field once, in microseconds. */
interface FieldFigures {
	value: string;
	microseconds: Spread;
}

const FIELDS: Field[] = [
	{ value: 'Your table is ready.' },
	...CONTENTS.map(({ content, between }) => ({
		value: between ? content.phones : content.text,
		between,
	})),
	{ value: "={{ $input.all().map(({ json }) => json.name.replace('Ada', 'Eve')) }}", firstOnly: true },
];

/** How long n8n takes to read a field for each row, by its value, in a node that only calls `getNodeParameter`. */
export async function measureExpressions(
	{ n8n: { client } }: BenchPlayground,
	{ rows, rounds }: { rows: number; rounds: number },
) {
	const samples = FIELDS.map((): number[] => []);
	// The first round warms up.
	for (let round = 0; round <= rounds; round++) {
		for (const [index, { value, firstOnly = false, between }] of FIELDS.entries()) {
			await withProgress(`Expressions, round ${round} of ${rounds}, ${value}`, async (progress) => {
				const tested = node(TESTED, 'n8n-nodes-plain.plainRead', { parameters: { value, firstOnly } });
				const workflow = await client.importWorkflow(
					sendingWorkflow({ label: value, between }, tested, rows),
					[],
				);
				const { status, data } = await client.getExecution(await runToEnd(client, workflow));
				if (status !== 'success') throw new Error(`A run ended with "${status}".`);
				const each = (data.resultData.runData[TESTED][0].executionTime * 1_000) / rows;
				if (round > 0) samples[index].push(each);
				progress.summarize(`${Math.round(each)} µs`);
			});
		}
	}
	const fields = FIELDS.map(({ value }, index): FieldFigures => {
		return { value, microseconds: spreadOf(samples[index]) };
	});
	return { rows, rounds, fields };
}
