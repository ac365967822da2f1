import { isDeepStrictEqual } from 'node:util';
import { check } from '../../lib/check';
import { poll, type N8nClient, type SavedWorkflow } from '../../n8n/client';
import type { Playground } from '../../n8n/playground';
import { checkThat } from './check-that';
import { expect, type Editor } from './editor';
import type { List } from './list';
import { agentWorkflow, orderWorkflow } from './workflows';

const TIMEOUT = 30_000;
const WRONG_TOKEN = 'not-the-right-one';
const WRONG_CREDENTIAL = 'Wrong token';
const RCS = 'RCS Agent (RCS)';
/** The sandbox's, as the list names them. */
const CHANNELS = [
	'Example Store Page (Facebook)',
	RCS,
	'Store Number (Long Code SMS/MMS)',
	'Website Chat (Web Chat)',
];
/** How a node stores that one after it was chosen. */
const CHOSEN = { __rl: true, mode: 'list', value: 602, cachedResultName: RCS };

const SEND = 'Send';
const REVISION = 'Get revision';
const WITHOUT_ACCESS = 'Without access';
const TOOL = 'Message tool';
const NODES = [
	{ name: SEND },
	{ name: REVISION, parameters: { resource: 'bot', operation: 'getRevision' } },
	{ name: WITHOUT_ACCESS, credential: WRONG_CREDENTIAL },
];

/** Opens the lists that fields of the form offer, and chooses from them. */
export async function checkLists(
	editor: Editor,
	{ n8n: { client }, sandbox, credentials }: Playground,
): Promise<void> {
	const data = { service: 'nativeMsg', accessToken: WRONG_TOKEN, baseUrl: sandbox.baseUrl };
	const wrong = await client.createCredential({ name: WRONG_CREDENTIAL, type: 'nativeMsgApi', data });
	const workflow = await client.importWorkflow(orderWorkflow('Lists', NODES), [...credentials, wrong]);
	await editor.openWorkflow(workflow);
	await inPanel(editor, SEND, () => checkChannels(editor.list('channelId'), client, workflow));
	await inPanel(editor, REVISION, () => checkRevisions(editor.list('revision'), editor.list('botId')));
	await inPanel(editor, WITHOUT_ACCESS, () => checkRefusal(editor.list('channelId')));
}

/** Opens a list of the node as a tool of an AI agent. */
export async function checkToolLists(
	editor: Editor,
	{ n8n: { client }, credentials }: Playground,
): Promise<void> {
	const tool = { name: TOOL, type: 'nativeMsgTool' };
	await editor.openWorkflow(await client.importWorkflow(agentWorkflow('Agent', tool), credentials));
	await inPanel(editor, TOOL, async () => {
		const channels = editor.list('channelId');
		await channels.open();
		await checkEntries('As a tool of an AI agent, it also lists the channels', channels, CHANNELS);
		await channels.choose(RCS);
	});
}

async function inPanel(editor: Editor, node: string, work: () => Promise<void>): Promise<void> {
	await editor.openNode(node);
	await work();
	await editor.closeNode();
}

async function checkChannels(channels: List, client: N8nClient, workflow: SavedWorkflow): Promise<void> {
	await channels.open();
	await checkEntries('The list has the channels of the account', channels, CHANNELS);
	await channels.search('rcs');
	await checkEntries('Searching narrows it', channels, [RCS]);
	await channels.choose(RCS);
	const saved = await poll('Nothing was saved', TIMEOUT, async () => {
		const { nodes } = await client.request<SavedWorkflow>('GET', `/rest/workflows/${workflow.id}`);
		const channelId = nodes.find(({ name }) => name === SEND)?.parameters.channelId as
			| Partial<typeof CHOSEN>
			| undefined;
		return channelId?.value && channelId;
	});
	check('What is chosen is saved', isDeepStrictEqual(saved, CHOSEN), JSON.stringify(saved));
}

async function checkRevisions(revisions: List, bots: List): Promise<void> {
	await revisions.open();
	await checkThat(
		'Without a bot, the list of revisions asks for one',
		expect(revisions.error).toContainText('Select a bot first'),
	);

	await bots.open();
	await bots.choose('Support Bot');
	await revisions.open();
	await checkEntries('The list has the revisions of the bot', revisions, [/^\D*2\b/, /^\D*1\b/]);
	await revisions.choose('1');

	await bots.open();
	await bots.choose('Order Bot');
	await checkThat('Another bot clears the chosen revision', expect(revisions.input).toHaveValue(''));
	await revisions.open();
	await checkEntries('The list has the revisions of the other bot', revisions, [/^\D*1\b/]);
	await revisions.choose('1');
}

async function checkRefusal(channels: List): Promise<void> {
	await channels.open();
	for (const sentence of [
		'The API token is missing or not valid',
		'Check the access token in the credential',
	]) {
		await checkThat(
			`With a wrong token, the list says: ${sentence}`,
			expect(channels.error).toContainText(sentence),
		);
	}
	await checkThat('It does not show the token', expect(channels.error).not.toContainText(WRONG_TOKEN));
}

async function checkEntries(claim: string, list: List, expected: Array<string | RegExp>): Promise<void> {
	await checkThat(claim, expect(list.entries).toHaveText(expected, { useInnerText: true }));
}
