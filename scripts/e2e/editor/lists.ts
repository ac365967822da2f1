import { isDeepStrictEqual } from 'node:util';
import { check } from '../../lib/check';
import { poll } from '../../n8n/client';
import { agentWorkflow, orderWorkflow } from './workflows';

const TIMEOUT = 30_000;
const WRONG_TOKEN = 'not-the-right-one';
const WRONG_CREDENTIAL = 'Wrong token';
const RCS = 'RCS Agent (RCS)';
/** Of the sandbox, as the list calls them. */
const CHANNELS = [
	'Example Store Page (Facebook)',
	RCS,
	'Store Number (Long Code SMS/MMS)',
	'Website Chat (Web Chat)',
];
/** How a node keeps that one when it was chosen. */
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

/**
 * Opens the lists that fields of the form offer, and chooses from them.
 *
 * @param {import('./editor').Editor} editor
 * @param {import('../../n8n/playground').Playground} playground
 */
export async function checkLists(editor, { n8n: { client }, sandbox, credentials }) {
	const data = { service: 'nativeMsg', accessToken: WRONG_TOKEN, baseUrl: sandbox.baseUrl };
	const wrong = await client.createCredential({ name: WRONG_CREDENTIAL, type: 'nativeMsgApi', data });
	const workflow = await client.importWorkflow(orderWorkflow('Lists', NODES), [...credentials, wrong]);
	await editor.openWorkflow(workflow);
	await inPanel(editor, SEND, () => checkChannels(editor.list('channelId'), client, workflow));
	await inPanel(editor, REVISION, () => checkRevisions(editor.list('revision'), editor.list('botId')));
	await inPanel(editor, WITHOUT_ACCESS, () => checkRefusal(editor.list('channelId')));
}

/**
 * Opens a list of the node when it is a tool of an AI agent.
 *
 * @param {import('./editor').Editor} editor
 * @param {import('../../n8n/playground').Playground} playground
 */
export async function checkToolLists(editor, { n8n: { client }, credentials }) {
	const tool = { name: TOOL, type: 'nativeMsgTool' };
	await editor.openWorkflow(await client.importWorkflow(agentWorkflow('Agent', tool), credentials));
	await inPanel(editor, TOOL, async () => {
		const channels = editor.list('channelId');
		await channels.open();
		await checkEntries('As a tool of an AI agent, it lists the channels too', channels, CHANNELS);
		await channels.choose(RCS);
	});
}

async function inPanel(editor, node, work) {
	await editor.openNode(node);
	await work();
	await editor.closeNode();
}

async function checkChannels(channels, client, workflow) {
	await channels.open();
	await checkEntries('The list has the channels of the account', channels, CHANNELS);
	await channels.search('rcs');
	await checkEntries('Searching narrows it', channels, [RCS]);
	await channels.choose(RCS);
	const saved = await poll('Nothing was saved', TIMEOUT, async () => {
		const { nodes } = await client.request('GET', `/rest/workflows/${workflow.id}`);
		const { channelId } = nodes.find(({ name }) => name === SEND).parameters;
		return channelId?.value && channelId;
	});
	check('What is chosen is saved', isDeepStrictEqual(saved, CHOSEN), JSON.stringify(saved));
}

async function checkRevisions(revisions, bots) {
	await revisions.open();
	const hint = await revisions.error();
	check('Without a bot, the list of revisions asks for one', hint.includes('Choose the bot first'), hint);

	const numbers = (entries) => entries.map((entry) => Number(/\d+/.exec(entry)));
	await bots.open();
	await bots.choose('Support Bot');
	await revisions.open();
	await checkEntries('The list has the revisions of the bot', revisions, [2, 1], numbers);
	await revisions.choose('1');

	await bots.open();
	await bots.choose('Order Bot');
	const chosen = await revisions.chosen();
	check('Another bot makes one choose another revision', chosen === '', chosen || 'nothing chosen');
	await revisions.open();
	await checkEntries('The list has the revisions of the other bot', revisions, [1], numbers);
	await revisions.choose('1');
}

async function checkRefusal(channels) {
	await channels.open();
	const error = await channels.error();
	const sentences = ['The API token is missing or not valid', 'Check the access token in the credential'];
	const isReadable = sentences.every((sentence) => error.includes(sentence));
	check('With a wrong token, the list says what to do', isReadable && !error.includes(WRONG_TOKEN), error);
}

async function checkEntries(claim, list, expected, read = (entries) => entries) {
	const areRight = (entries) => isDeepStrictEqual(read(entries), expected);
	const entries = await list.entries(areRight);
	check(claim, areRight(entries), entries.join(', '));
}
