import type { SandboxReport } from '../../sandbox/server';
import { outputOf, type Execution } from '../n8n/client';
import type { Playground } from '../n8n/playground';
import { digitsOf, expectedRecipients } from './broadcast/contacts';
import { killInTheMiddle, SEND, whileSendingAgain } from './broadcast/interruption';
import {
	countTable,
	reasonCounts,
	recipientProblems,
	runExample,
	sentences,
	UNKNOWN,
	type Outcome,
} from './outcome';

/** The example workflow, and the trigger to start it by hand. */
export const WORKFLOW = 'Scheduled broadcast';
export const TRIGGER = 'Try it out';

/** The summary on the node's last item. */
interface NodeSummary {
	sent: number;
	skipped: number;
	held: number;
	smsParts: number;
}

/** A row that wasn't sent. */
interface FailedRow {
	contact_id: string;
	phone: string;
	reason: string;
}

/** The results of the run in which n8n was killed, of the next one, and of the one for the unknown recipients. */
interface Runs {
	reports: [killed: SandboxReport, second: SandboxReport, again: SandboxReport];
	/** Executions of the last two. */
	executions: [second: Execution, again: Execution];
	/** Contacts with an unknown outcome who didn't get the message. */
	missed: Set<string>;
}

const NOT_TOLD: NodeSummary = { sent: 0, skipped: 0, held: 0, smsParts: 0 };

/** The counts of a broadcast. */
type Summary = ReturnType<typeof summarise>;

/**
 * Runs the broadcast by hand and kills n8n in the middle. Runs it again, looks up the unknown recipients in nativeMsg,
 * and sends again to those who got nothing. Then checks the result of every row.
 */
export async function runBroadcast(playground: Playground): Promise<Outcome> {
	const { sandbox } = playground;
	const expected = expectedRecipients();
	return await runExample(playground, WORKFLOW, async (workflow, progress) => {
		const show = async (state: string) =>
			progress.update(`${state}, ${(await sandbox.report()).accepted} of ${expected.size} messages sent`);
		await playground.n8n.client.runWorkflow(workflow, TRIGGER);
		await killInTheMiddle(playground, () => show('first run'));
		await show('n8n was killed and starts again');
		await playground.restartN8n();
		const killed = await sandbox.report();

		const { client } = playground.n8n;
		const id = await client.runWorkflow(workflow, TRIGGER);
		const execution = await client.waitForExecution(id, { onPoll: () => show('second run') });
		const second = await sandbox.report();
		const missed = missedContacts(execution, second);
		const third = await whileSendingAgain(playground, workflow, missed, async (changed) =>
			client.waitForExecution(await client.runWorkflow(changed, TRIGGER)),
		);
		const reports: Runs['reports'] = [killed, second, await sandbox.report()];
		const runs: Runs = { reports, executions: [execution, third], missed };
		const summary = summarise(runs);
		progress.summarize(`${summary.sent} messages sent, though n8n was killed in the middle`);
		return {
			table: formatTable(summary),
			success: `All ${expected.size} valid recipients got exactly one message, and no one else got any, although n8n was killed in the middle.`,
			problems: problemsOf(runs, summary, expected),
		};
	});
}

/** The unknown contacts who got nothing, according to nativeMsg. */
function missedContacts(execution: Execution, { recipients }: SandboxReport): Set<string> {
	const missed = unknownRows(execution).filter(({ phone }) => !recipients[digitsOf(phone) ?? '']);
	return new Set(missed.map(({ contact_id: id }) => id));
}

function unknownRows(execution: Execution): FailedRow[] {
	return outputOf<FailedRow>(execution, 'Failed rows').filter(({ reason }) => reason.startsWith(UNKNOWN));
}

function summarise({ reports: [killed, second, again], executions: [execution], missed }: Runs) {
	const count = (node: string) => outputOf(execution, node).length;
	const read = count('Extract rows');
	const distinct = count('One row per number');
	const kept = count('Remove opt-outs');
	const failed = outputOf<FailedRow>(execution, 'Failed rows').map(({ reason }) => reason);
	return {
		read,
		duplicates: read - distinct,
		optedOut: distinct - kept,
		valid: count('Add to nativeMsg'),
		sent: again.accepted,
		sentBefore: killed.accepted,
		sentEarlier: count('Sent earlier'),
		unknown: unknownRows(execution).length,
		missed: missed.size,
		sentSecond: second.accepted - killed.accepted,
		sentAgain: again.accepted - second.accepted,
		delivered: count('Delivered'),
		underWay: count('Pending'),
		failed: failed.length,
		reasons: failed.filter((reason) => !reason.startsWith(UNKNOWN)),
		maxPerRecipient: again.maxPerRecipient,
		told: outputOf<{ summary?: NodeSummary }>(execution, SEND).at(-1)?.summary,
	};
}

function formatTable({ told = NOT_TOLD, ...summary }: Summary): string {
	return countTable([
		['Rows read', summary.read],
		['Duplicates removed', summary.duplicates],
		['Opted out', summary.optedOut],
		['Valid', summary.valid],
		['Sent by the first run, until n8n was killed', summary.sentBefore],
		['Sent by the second run, which got the same rows', summary.sentSecond],
		['- skipped: n8n knew that they had the message', summary.sentEarlier],
		['- unknown: n8n was killed before it could save the outcome', summary.unknown],
		['- of these, had the message according to nativeMsg', summary.unknown - summary.missed],
		["Sent by a third run, to unknown recipients who didn't have it", summary.sentAgain],
		['Failed', summary.reasons.length],
		...reasonCounts(summary.reasons),
		['Messages per recipient (at most)', summary.maxPerRecipient],
		['The summary on the last item: sent by the second run', told.sent],
		['- skipped', told.skipped],
		['- held in quiet hours', told.held],
		['- SMS parts', told.smsParts],
	]);
}

/**
 * Problems with the runs: every expected recipient must have been served exactly once and no one else, no row may be
 * lost, and n8n must have been killed in the middle.
 *
 * @returns one sentence each; empty if there are none
 */
function problemsOf(
	{ reports: [killed, second, again], executions }: Runs,
	summary: Summary,
	expected: Set<string>,
): string[] {
	const { read, duplicates, optedOut, sentEarlier, delivered, underWay, failed } = summary;
	const arrived = duplicates + optedOut + sentEarlier + delivered + underWay + failed;
	const deliveredNow = second.delivered - killed.delivered;
	const known = sentEarlier + summary.unknown - summary.missed;
	return [
		...executions.flatMap(executionProblem),
		...recipientProblems(again, expected),
		...sentences(
			arrived !== read && `${read} rows were read, but ${arrived} are accounted for.`,
			summary.sentSecond === 0 && 'n8n was killed too late: there was nothing left to send.',
			summary.told?.sent !== summary.sentSecond &&
				`The summary counts ${summary.told?.sent} messages, but ${summary.sentSecond} were sent.`,
			known !== summary.sentBefore &&
				`The first run sent ${summary.sentBefore} messages, but the second knows of ${known}.`,
			delivered !== deliveredNow &&
				`The workflow counts ${delivered} delivered messages, the sandbox ${deliveredNow}.`,
		),
	];
}

function executionProblem({ status, data }: Execution): string[] {
	const message = data.resultData.error?.message ?? 'no message';
	return sentences(status !== 'success' && `The workflow ended with "${status}": ${message}`);
}
