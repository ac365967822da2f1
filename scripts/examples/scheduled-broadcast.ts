import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { SandboxReport } from '../../sandbox/server';
import { ROOT } from '../lib/root';
import { outputOf, poll, type Execution } from '../n8n/client';
import type { Playground } from '../n8n/playground';
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
const DATA = join(ROOT, 'examples', 'data', 'crm-contacts.csv');

/** So many messages are sent when n8n is killed. */
const SENT_BEFORE_KILL = 200;
/** How long the service then takes to answer, in ms: long enough to see that no more requests come. */
const SLOW = 2_000;
const QUIET = 300;
const TIMEOUT = 120_000;

/** What was sent before n8n was killed, and then the run that ended. */
interface Runs {
	before: SandboxReport;
	after: SandboxReport;
	execution: Execution;
}

/** The numbers of a broadcast. */
type Summary = ReturnType<typeof summarise>;

/** Runs the broadcast by hand, kills n8n in the middle, runs it again, and looks at what became of every row. */
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
		await sandbox.configure({ latencyMs: 0 });
		const before = await sandbox.report();

		const { client } = playground.n8n;
		const id = await client.runWorkflow(workflow, TRIGGER);
		const execution = await client.waitForExecution(id, { onPoll: () => show('second run') });
		const runs = { before, after: await sandbox.report(), execution };
		progress.summarize(`${runs.after.accepted} messages sent, n8n killed and started again`);

		const summary = summarise(runs);
		return {
			table: formatTable(summary),
			success: `n8n was killed in the middle, and each of the ${expected.size} valid recipients got exactly one message, nobody else got any.`,
			problems: problemsOf(runs, summary, expected),
		};
	});
}

/**
 * Kills n8n while requests are in flight: the service has taken their messages, but n8n doesn't learn of it. The service
 * answers slowly for this, so that it is the same each time.
 */
async function killInTheMiddle({ n8n, sandbox }: Playground, onPoll: () => Promise<void>): Promise<void> {
	const accepted = async () => (await sandbox.report()).accepted;
	const isInTheMiddle = async () => {
		await onPoll();
		return (await accepted()) >= SENT_BEFORE_KILL;
	};
	await poll('The broadcast did not get to its middle', TIMEOUT, isInTheMiddle, 50);
	await sandbox.configure({ latencyMs: SLOW });
	const isQuiet = async () => {
		const earlier = await accepted();
		await sleep(QUIET);
		return (await accepted()) === earlier;
	};
	await poll('The requests did not stop', SLOW, isQuiet, 0);
	n8n.kill();
}

/**
 * Who has to get a message, worked out from the export itself and not by the workflow: every usable number once,
 * unless one of its rows says opt-out.
 *
 * @returns digits with country code, e.g. 12015550123
 */
function expectedRecipients(): Set<string> {
	const contacts: Array<{ phone: string; opt_out: string }> = parse(readFileSync(DATA), {
		bom: true,
		columns: true,
	});
	const wanted = new Set<string>();
	const unwanted = new Set<string>();
	for (const { phone, opt_out: optOut } of contacts) {
		const digits = numberIn(phone);
		if (digits) (/^(yes|y|true|1)$/i.test(optOut.trim()) ? unwanted : wanted).add(digits);
	}
	return new Set([...wanted].filter((digits) => !unwanted.has(digits)));
}

function summarise({ before, after, execution }: Runs) {
	const count = (node: string) => outputOf(execution, node).length;
	const read = count('Rows of the file');
	const distinct = count('One row per number');
	const kept = count('Leave out opt-outs');
	const reasons = outputOf<{ reason: string }>(execution, 'Failed rows').map(({ reason }) => reason);
	return {
		read,
		duplicates: read - distinct,
		optedOut: distinct - kept,
		valid: count('Add to nativeMsg'),
		sentBefore: before.accepted,
		sentNow: after.accepted - before.accepted,
		sentEarlier: count('Sent earlier'),
		unknown: reasons.filter((reason) => reason.startsWith(UNKNOWN)).length,
		delivered: count('Delivered'),
		underWay: count('Under way'),
		failed: reasons.length,
		reasons,
		maxPerRecipient: after.maxPerRecipient,
	};
}

function formatTable(summary: Summary): string {
	return countTable([
		['Rows read', summary.read],
		['Duplicates removed', summary.duplicates],
		['Opted out', summary.optedOut],
		['Valid', summary.valid],
		['Sent before n8n was killed', summary.sentBefore],
		['- skipped by the second run, which knows of them', summary.sentEarlier],
		['- unknown to it: n8n was killed before the response came', summary.unknown],
		['Sent by the second run', summary.sentNow],
		['- delivered', summary.delivered],
		['- still under way', summary.underWay],
		['Failed rows of the second run, with the unknown ones', summary.failed],
		...reasonCounts(summary.reasons),
		['Messages per recipient (at most)', summary.maxPerRecipient],
	]);
}

/**
 * What is wrong with the runs, if anything: every expected recipient must have been served exactly once, nobody else,
 * no row may have got lost, and n8n must have been killed in the middle.
 *
 * @returns one sentence each; empty when all is well
 */
function problemsOf({ before, after, execution }: Runs, summary: Summary, expected: Set<string>): string[] {
	const { sentEarlier, unknown, sentNow, delivered, underWay, failed, read } = summary;
	const arrived = summary.duplicates + summary.optedOut + sentEarlier + delivered + underWay + failed;
	const deliveredNow = after.byStatus.D - before.byStatus.D;
	const { error } = execution.data.resultData;
	return [
		...sentences(
			execution.status !== 'success' &&
				`The workflow ended with "${execution.status}": ${error?.message ?? 'no message'}`,
		),
		...recipientProblems(after, expected),
		...sentences(
			arrived !== read && `${read} rows were read, but ${arrived} are accounted for.`,
			sentNow === 0 && 'n8n was killed too late: there was nothing left to send.',
			sentEarlier + unknown !== summary.sentBefore &&
				`${summary.sentBefore} messages were sent before, but the second run names ${sentEarlier + unknown}.`,
			delivered !== deliveredNow &&
				`The workflow counts ${delivered} delivered messages, the sandbox ${deliveredNow}.`,
		),
	];
}

/** The number of a cell by Google's rules, once what a spreadsheet adds to it is taken off; digits with country code. */
function numberIn(cell: string): string | undefined {
	const text = cell.trim().replace(/^'/, '').replace(/\.0$/, '').replace(/^00/, '+');
	const number = parsePhoneNumberFromString(text, { defaultCountry: 'US', extract: false });
	return number?.isPossible() && !number.ext ? number.number.slice(1) : undefined;
}
