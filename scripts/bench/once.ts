import type { Credential, N8nClient, SavedWorkflow } from '../n8n/client';
import { recipientProblems } from '../examples/outcome';
import { withProgress } from '../lib/progress';
import type { BenchPlayground } from './bench-playground';
import { createCredential } from './credential';
import { runToEnd } from './executions';
import { measurePairs, pair, spreads, type Pair } from './pairs';
import { recipientsOf, rowsNode, sendingWorkflow, TESTED, type Sender } from './senders';
import { spreadOf, type Spread } from './statistics';

/** How many recipients are kept before the runs of one row. */
const KEPT = [0, 10_000, 50_000];
const RUNS_OF_ONE_ROW = 20;
const PERSONAL_ROWS = 500;

const NAMED = { broadcastName: 'Benchmark' };
const PERSONAL = pair('personal', 'a text per row, Concurrency 10', false, NAMED);
const PAIRS: Pair[] = [PERSONAL, pair('combined', 'one text for all', true, NAMED)];

/** What it costs if this many recipients are kept, in ms. */
interface KeptFigures {
	kept: number;
	/** A run of one row without a name, with one, and the difference: its claim and the note that it was sent. */
	without: Spread;
	named: Spread;
	added: Spread;
	/** Per row of runs with a text for each. */
	personalPerRow: Spread;
}

/**
 * What Broadcast Name costs: the same broadcast without and with a name, alternating, and then runs of one row in a node
 * that keeps many recipients.
 */
export async function measureOnce(
	playground: BenchPlayground,
	{ rows, rounds }: { rows: number; rounds: number },
) {
	const credential = await createCredential(playground.n8n.client, playground.sandbox);
	const problems: string[] = [];
	const pairs = await measurePairs(playground, credential, PAIRS, { rows, rounds, problems });
	const byKept: KeptFigures[] = [];
	for (const kept of KEPT) byKept.push(await measureKept(playground, credential, { kept, rounds, problems }));
	return {
		rows,
		rounds,
		runsOfOneRow: RUNS_OF_ONE_ROW,
		personalRows: PERSONAL_ROWS,
		pairs,
		byKept,
		problems,
	};
}

async function measureKept(
	playground: BenchPlayground,
	credential: Credential,
	{ kept, rounds, problems }: { kept: number; rounds: number; problems: string[] },
): Promise<KeptFigures> {
	const { client } = playground.n8n;
	const { sandbox } = playground;
	const title = `One row, ${kept} recipients remembered`;
	return await withProgress(title, async (progress) => {
		await sandbox.reset();
		const save = async ({ label, node }: Sender) =>
			await client.importWorkflow(sendingWorkflow({ label }, node!(''), 0), [credential]);
		const without = await save(PERSONAL.without);
		const named = await save(PERSONAL.named);
		if (kept > 0) await runRows(client, named, 0, kept, true);
		const samples: Array<{ without: number; named: number }> = [];
		for (let run = 0; run < RUNS_OF_ONE_ROW; run++) {
			const row = kept + 2 * run;
			samples.push({
				without: await runRows(client, without, row, 1, false),
				named: await runRows(client, named, row + 1, 1, false),
			});
		}
		let next = kept + 2 * RUNS_OF_ONE_ROW;
		const personal: number[] = [];
		for (let round = 0; round < rounds; round++) {
			personal.push((await runRows(client, named, next, PERSONAL_ROWS, false)) / PERSONAL_ROWS);
			next += PERSONAL_ROWS;
		}
		const expected = recipientsOf(next);
		const faults = recipientProblems(await sandbox.report(), expected);
		problems.push(...faults.map((fault) => `${title}: ${fault}`));
		const figures = { kept, ...spreads(samples), personalPerRow: spreadOf(personal) };
		progress.summarize(`${figures.added.median} ms for a claim and its note`);
		return figures;
	});
}

/** Runs a saved workflow with other rows. @returns ms in the node under test */
async function runRows(
	client: N8nClient,
	workflow: SavedWorkflow,
	first: number,
	rows: number,
	sameText: boolean,
): Promise<number> {
	const { name, parameters } = rowsNode(first, rows, sameText);
	const nodes = workflow.nodes.map((node) => (node.name === name ? { ...node, parameters } : node));
	const { versionId } = await client.updateWorkflow({ ...workflow, nodes });
	workflow.versionId = versionId;
	const { status, data } = await client.getExecution(await runToEnd(client, { ...workflow, nodes }));
	if (status !== 'success')
		throw new Error(`A run ended with "${status}": ${data.resultData.error?.message}`);
	return data.resultData.runData[TESTED][0].executionTime;
}
