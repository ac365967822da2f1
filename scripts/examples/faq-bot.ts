import { openDataTable, type DataTableRow } from '../n8n/data-table';
import type { Playground } from '../n8n/playground';
import type { SandboxProcess } from '../n8n/sandbox';
import {
	countTable,
	executionProblems,
	readFromNativeMsg,
	runExample,
	sentences,
	type Outcome,
} from './outcome';

export const WORKFLOW = 'FAQ bot from a spreadsheet';
export const TRIGGER = 'Try it out';
export const MAKE_TABLE = 'Set up once';
export const TABLE = 'FAQ';
const BOT = 451;

interface Columns {
	question: string;
	keywords: string;
	answer: string;
}
type Row = DataTableRow<Columns>;

/** The rows of the table. */
export const QUESTIONS: Columns[] = [
	{ question: 'Hours', keywords: 'hours, open', answer: 'From 9 to 5.' },
	{ question: 'Price', keywords: 'price, cost', answer: '$ 20 an hour.' },
	{ question: 'Place', keywords: 'where', answer: '1 Main Street.' },
];
const CORRECTED = 'From 9 to 6.';

interface Interaction {
	name: string;
	intents: string[];
	actions: Array<{ send: { message: { text: string } } }>;
}

const read = <T>(sandbox: SandboxProcess, path: string) =>
	readFromNativeMsg<T>(sandbox, `bots/${BOT}${path}`);
const revisionsOf = async (sandbox: SandboxProcess) => (await read<unknown[]>(sandbox, '/revisions')).length;

/**
 * Creates the table, fills it, runs the workflow before and after changes of the table, and checks the bot in nativeMsg.
 */
export async function runFaqBot(playground: Playground): Promise<Outcome> {
	const { client } = playground.n8n;
	const { sandbox } = playground;
	return await runExample(playground, WORKFLOW, async (workflow, progress) => {
		const run = async (trigger = TRIGGER) =>
			await client.waitForExecution(await client.runWorkflow(workflow, trigger));
		// Twice, because a second click must do no harm.
		const clicks = [await run(MAKE_TABLE), await run(MAKE_TABLE)];
		const table = await openDataTable<Columns>(client, TABLE);
		await table.insert(QUESTIONS);
		const [hours] = await table.rows();

		const revisions = [await revisionsOf(sandbox)];
		const step = async (change?: Partial<Columns>) => {
			if (change) await table.update(hours.id, change);
			const execution = await run();
			revisions.push(await revisionsOf(sandbox));
			return execution;
		};
		const first = await step();
		const unchanged = await step();
		const changed = await step({ answer: CORRECTED });
		const refused = await step({ answer: '' });
		const corrected = await step({ answer: CORRECTED });
		const { interactions } = await read<{ interactions: Interaction[] }>(sandbox, '');
		const made = revisions.slice(1).map((count, index) => count - revisions[index]);
		progress.summarize(`${made.reduce((sum, one) => sum + one, 0)} revisions`);

		return {
			table: countTable([
				['Revisions after the first run', made[0]],
				['after a run without changes', made[1]],
				['after a changed answer', made[2]],
				['after a row without an answer', made[3]],
				['after that row was corrected', made[4]],
			]),
			success:
				'The bot has an interaction for each row and a fallback, and a new revision only after a row was changed. A row without an answer left the bot as it was.',
			problems: [
				...executionProblems([...clicks, first, unchanged, changed, corrected]),
				...sentences(
					made.join() !== '1,0,1,0,0' && `The runs made ${made.join(', ')} revisions.`,
					refused.status !== 'error' && 'The run with a row without an answer did not fail.',
				),
				...interactionProblems(await table.rows(), interactions),
			],
		};
	});
}

/** Problems with the bot: it must have an interaction for each row, in order, and a fallback. */
function interactionProblems(rows: Row[], interactions: Interaction[]): string[] {
	const expected = rows.map(({ question, keywords, answer }) => [question, keywords, answer]);
	const found = interactions.map(({ name, intents, actions }) => [
		name,
		intents.join(', '),
		actions[0].send.message.text,
	]);
	const fallback = ['Fallback', 'nm:start, nm:help', 'You can ask me about: Hours, Price, Place'];
	const withFallback = [expected[0], fallback, ...expected.slice(1)];
	return JSON.stringify(found) === JSON.stringify(withFallback)
		? []
		: [`The bot has the interactions ${JSON.stringify(found)}.`];
}
