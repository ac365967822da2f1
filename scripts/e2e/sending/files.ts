import { createHash, randomBytes } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import { check } from '../../lib/check';
import { fetchAnswer } from '../../lib/http';
import type { Execution } from '../../n8n/client';
import type { Playground } from '../../n8n/playground';
import { chain, node } from '../../n8n/workflow';

const SEND = 'Send';
const PHONE = '+12025550142';

/** A file that a workflow creates, and what must be fetched in the end. */
interface Kind {
	mimeType: string;
	bytes: number;
	mediaType: string;
}

const KINDS: Kind[] = [
	{ mimeType: 'image/png', bytes: 40_000, mediaType: 'image' },
	{ mimeType: 'application/pdf', bytes: 250_000, mediaType: 'file' },
	{ mimeType: 'video/mp4', bytes: 3_000_000, mediaType: 'video' },
	{ mimeType: 'audio/mpeg', bytes: 700_001, mediaType: 'audio' },
	{ mimeType: 'text/csv', bytes: 1, mediaType: 'file' },
];

interface Sent extends Kind {
	execution: Execution;
	sha256: string;
}

/** Publishes a workflow that creates a file from its input, and sends it. @param path of its webhook */
async function publishSender(
	{ n8n, credentials }: Playground,
	path: string,
	parameters: INodeParameters = {},
) {
	const workflow = chain(path, [
		node('Webhook', 'n8n-nodes-base.webhook', {
			typeVersion: 2,
			webhookId: path,
			parameters: { path, httpMethod: 'POST', responseMode: 'onReceived' },
		}),
		node('Make the file', 'n8n-nodes-base.convertToFile', {
			typeVersion: 1.1,
			parameters: {
				operation: 'toBinary',
				sourceProperty: 'body.content',
				options: { mimeType: '={{ $json.body.mimeType }}', fileName: 'file' },
			},
		}),
		node(SEND, 'n8n-nodes-nativemsg.nativeMsg', {
			parameters: {
				resource: 'message',
				operation: 'send',
				messageType: 'media',
				phones: PHONE,
				channelId: '601',
				mediaFrom: 'binary',
				mediaFile: 'data',
				...parameters,
			},
			credentials: { nativeMsgApi: 'NativeMsg account' },
		}),
	]);
	const saved = await n8n.client.importWorkflow(workflow, credentials);
	await n8n.client.publishWorkflow(saved);
	let runs = 0;
	return async (kind: Kind): Promise<Sent> => {
		const content = randomBytes(kind.bytes);
		const body = { content: content.toString('base64'), mimeType: kind.mimeType };
		await n8n.client.postToWebhook(path, body);
		const [execution] = await n8n.client.waitForExecutions(saved, ++runs);
		return { ...kind, execution, sha256: createHash('sha256').update(content).digest('hex') };
	};
}

/** The media of each accepted message. */
async function mediaOf({ sandbox }: Playground): Promise<Array<{ media: string; mediaType: string }>> {
	return (await sandbox.requests())
		.filter(({ method, path, status }) => method === 'POST' && path === '/v1/messages' && status === 200)
		.map(({ body }) => body as { media: string; mediaType: string });
}

/** Five kinds of files, each fetched byte for byte. Once its execution is deleted, a file is gone. */
export async function checkFiles(playground: Playground): Promise<void> {
	const { n8n, sandbox } = playground;
	await sandbox.configure({ fetchMedia: true });
	const send = await publishSender(playground, 'files');
	const [mediaBefore, fetchedBefore] = [await mediaOf(playground), await sandbox.fetchedMedia()];
	const sent: Sent[] = [];
	for (const kind of KINDS) sent.push(await send(kind));
	const messages = (await mediaOf(playground)).slice(mediaBefore.length);
	const fetched = (await sandbox.fetchedMedia()).slice(fetchedBefore.length);
	await sandbox.configure({ fetchMedia: false });
	for (const [index, { mimeType, bytes, mediaType, sha256, execution }] of sent.entries()) {
		const got = fetched[index];
		check(
			`${mimeType}, ${bytes} bytes: fetched unchanged`,
			execution.status === 'success' &&
				messages[index]?.mediaType === mediaType &&
				got?.status === 200 &&
				got.mimeType === mimeType &&
				got.sha256 === sha256,
			JSON.stringify({ ...got, sha256: got?.sha256 === sha256 }),
		);
	}
	const link = messages[0].media;
	const forged = link.replace(
		/\.([^.])([^.]*)$/,
		(_all, first, rest) => `.${first === 'A' ? 'B' : 'A'}${rest}`,
	);
	const statusOf = async (url: string) => (await fetchAnswer(url)).status;
	const statuses = [await statusOf(link), await statusOf(forged)];
	await n8n.client.request('POST', '/rest/executions/delete', { ids: [sent[0].execution.id] });
	statuses.push(await statusOf(link));
	check(
		'a forged link opens nothing, and neither does one of a deleted execution',
		statuses[0] === 200 && statuses.slice(1).every((status) => status >= 400),
		statuses,
	);
	const printed = sent.map(({ execution }) => JSON.stringify(execution.data)).join();
	const tokens = messages.map(({ media }) => new URL(media).searchParams.get('token')!);
	check('no execution contains a link', !tokens.some((token) => printed.includes(token)));
}

/** Files that can't be sent: one sentence each, and no message. */
export async function checkRefusedFiles(playground: Playground): Promise<void> {
	const png: Kind = { mimeType: 'image/png', bytes: 1_000, mediaType: 'image' };
	const refusals: Array<[path: string, kind: Kind, parameters: INodeParameters, sentence: string]> = [
		['no-field', png, { mediaFile: 'photo' }, 'Input Binary Field must be the name of a file of the item'],
		['too-large', { ...png, bytes: 5_000_000 }, {}, 'file and text have 5.0 MB (must be below 5 MB)'],
		['wrong-type', { ...png, mimeType: 'application/zip' }, {}, 'no application/zip files'],
		['wrong-media', png, { mediaType: 'audio' }, 'Media Type must fit the file, which is image/png'],
	];
	const before = (await mediaOf(playground)).length;
	for (const [path, kind, parameters, sentence] of refusals) {
		const send = await publishSender(playground, path, parameters);
		const { execution } = await send(kind);
		const message = execution.data.resultData.error?.message ?? '';
		check(`${path}: refused in one sentence`, message.includes(sentence), message);
	}
	const sent = (await mediaOf(playground)).length - before;
	check('none of these was sent', sent === 0, sent);
}
