import { randomBytes } from 'node:crypto';
import pMap from 'p-map';
import { check } from '../../lib/check';
import { withProgress } from '../../lib/progress';
import type { Playground } from '../../n8n/playground';
import { ask, get, publishQuestion, resultOf, submit, type Question } from './asking';

const TRIES = Number(process.env.LINK_TRIES ?? 1_000);
const CONCURRENCY = 8;
/** What opens links before people do. */
const PREVIEWS = [
	'WhatsApp/2.23.20.0 A',
	'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
	'Mozilla/5.0 (compatible; Google-Apps-Script; beanserver; +https://script.google.com)',
	'TelegramBot (like TwitterBot)',
	'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
	'Twitterbot/1.0',
	'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
	'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5',
	'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15',
	'',
];

/** Links that are opened, altered, or used twice at the same time. */
export async function checkLinks(playground: Playground): Promise<void> {
	await publishQuestion(playground, 'links');
	const [question, other] = await ask(playground, 'links', 2);
	await checkPreviews(playground, question);
	await checkForgeries(playground, question, other);
	await checkTwoAtOnce(playground, question);
}

const statusOf = async ({ n8n }: Playground, { executionId }: Question) =>
	(await n8n.client.getExecution(executionId)).status;

async function checkPreviews(playground: Playground, question: Question): Promise<void> {
	const statuses = await withProgress(`${TRIES} previews of the link`, () =>
		pMap(
			Array.from({ length: TRIES }, (_, index) => PREVIEWS[index % PREVIEWS.length]),
			async (agent) => (await get(question.link, { 'user-agent': agent })).status,
			{ concurrency: CONCURRENCY },
		),
	);
	const shown = statuses.filter((status) => status === 200).length;
	const status = await statusOf(playground, question);
	check(
		`${TRIES} times the page was opened by ${PREVIEWS.length} agents, and nothing was decided`,
		shown === TRIES && status === 'waiting',
		`${shown} pages, ${status}`,
	);
}

/** The link with its n-th kind of change. */
function forged({ link }: Question, other: Question, index: number): string {
	const url = new URL(link);
	const signature = url.searchParams.get('signature')!;
	const changes = [
		() => {
			const at = index % signature.length;
			const digit = signature[at] === 'f' ? '0' : 'f';
			url.searchParams.set('signature', signature.slice(0, at) + digit + signature.slice(at + 1));
		},
		() => url.searchParams.set('signature', new URL(other.link).searchParams.get('signature')!),
		() => url.searchParams.set('signature', randomBytes(32).toString('hex')),
		() => url.searchParams.delete('signature'),
		() => url.searchParams.set('q', randomBytes(9).toString('base64url')),
		() => url.searchParams.set('choice', '0'),
	];
	changes[index % changes.length]();
	return url.href;
}

async function checkForgeries(playground: Playground, question: Question, other: Question): Promise<void> {
	const statuses = await withProgress(`${TRIES} altered links`, () =>
		pMap(
			Array.from({ length: TRIES }, (_, index) => forged(question, other, index)),
			async (link) => (await submit(link, { choice: '0' })).status,
			{ concurrency: CONCURRENCY },
		),
	);
	const refused = statuses.filter((status) => status === 401).length;
	const status = await statusOf(playground, question);
	check(
		`${TRIES} replies with altered or foreign signatures decided nothing`,
		refused === TRIES && status === 'waiting',
		`${refused} refused with 401, ${status}`,
	);
}

async function checkTwoAtOnce(playground: Playground, question: Question): Promise<void> {
	const answers = await Promise.all([
		submit(question.link, { choice: '0' }),
		submit(question.link, { choice: '1' }),
	]);
	const execution = await playground.n8n.client.waitForExecution(question.executionId);
	const runs = execution.data.resultData.runData.After?.length;
	const thanked = answers.filter(({ page }) => page.includes('Thank you'));
	check(
		'two simultaneous replies: one run, and only one of them gets the thank-you page',
		runs === 1 && thanked.length === 1 && resultOf(execution).length === 1,
		`${runs} run, ${answers.map(({ status }) => status).join(' and ')}`,
	);
}

/** n8n dies between question and reply, as in a power failure. */
export async function checkKilled(playground: Playground): Promise<void> {
	await publishQuestion(playground, 'killed');
	const [question] = await ask(playground, 'killed');
	playground.n8n.kill();
	await playground.restartN8n();
	const { status } = await submit(question.link, { choice: '0' });
	const execution = await playground.n8n.client.waitForExecution(question.executionId);
	const [result] = resultOf(execution) as Array<{ data?: { approved: unknown } }>;
	check(
		'n8n was killed between question and reply: the workflow continues',
		status === 200 && execution.status === 'success' && result?.data?.approved === true,
		execution.status,
	);
}
