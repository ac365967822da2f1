import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import { NativeMsgApi } from '../../../credentials/NativeMsgApi.credentials';
import type { Fault } from '../../../sandbox/server';
import { phoneItems } from '../../node/broadcast/messages';
import { session, template, whatsAppChannel } from '../../node/ott/refusals/refusal';
import { send, sendText } from '../../node/refusals/refusal';
import { question } from '../../node/wait/asking';
import { Engine, type NodeName, type NodeOutcome, type NodeRun } from '../../support/engine';
import { storedFile } from '../../support/files';
import { ottCredential, runNode, type Fixture } from '../../support/fixture';

/** Produces an issue, and returns every text that the user then sees. */
export type Situation = (fixture: Fixture) => Promise<Array<string | null | undefined>>;

const textsOf = ({ error, hints, failed, success }: NodeOutcome) => [
	error?.message,
	error?.description,
	...hints,
	...[...failed, ...success].map(({ json }) => json.error as string | undefined),
];

/** The NativeMsg node, with a fault of the service. */
const run =
	(parameters: INodeParameters, fault?: Fault, others: Partial<NodeRun> = {}): Situation =>
	async ({ engine, sandbox }) => {
		if (fault) sandbox.addFault(fault);
		return textsOf(await engine.run({ parameters, ...others }));
	};

/** The NativeMsg OTT node, after the account has sent some messages. */
const runOtt =
	(parameters: INodeParameters, fault?: Fault, earlier: INodeParameters[] = []): Situation =>
	async (fixture) => {
		for (const one of earlier) await runNode(fixture, 'guide', { parameters: one });
		if (fault) fixture.sandbox.addFault(fault);
		return textsOf(await runNode(fixture, 'guide', { parameters }));
	};

/** A node with a credential that isn't the sandbox's. */
const runWith =
	(
		credential: (fixture: Fixture) => IDataObject,
		parameters: INodeParameters,
		node?: NodeName,
		others: Partial<NodeRun> = {},
	): Situation =>
	async (fixture) => {
		const engine = await Engine.start(credential(fixture));
		return textsOf(await engine.run({ parameters, node, ...others }));
	};

const nativeMsg =
	(changed: IDataObject) =>
	({ sandbox: { token, baseUrl } }: Fixture): IDataObject => ({
		service: 'nativeMsg',
		accessToken: token,
		baseUrl,
		...changed,
	});

const nativeMessage =
	(changed: IDataObject) =>
	({ sandbox }: Fixture): IDataObject =>
		ottCredential(sandbox, changed);

/** n8n's message if the response to the credential test has this status. */
const credentialTest =
	(status: number): Situation =>
	async () =>
		new NativeMsgApi().test.rules!.flatMap(({ type, properties }) =>
			type === 'responseCode' && properties.value === status ? properties.message : [],
		);

/** A server that isn't one of the services. */
const elsewhere =
	(status: number, headers: Record<string, string>, body: string): Situation =>
	async (fixture) => {
		const server = createServer((_request, response) => response.writeHead(status, headers).end(body));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const texts = await runWith(nativeMsg({ baseUrl }), getBots)(fixture);
		server.close();
		return texts;
	};

const status = (code: number, others: Partial<Fault> = {}): Fault => ({
	kind: 'status',
	status: code,
	...others,
});
const says = (code: number, error: string) => status(code, { body: { error } });

const FILE: INodeParameters = { mediaFrom: 'binary', mediaFile: 'data' };
const CONTINUE: OnError = 'continueErrorOutput';

/** A pause that is too long to wait for. */
const LATER = { headers: { 'retry-after': '600' } };
const WAITING = { settings: { afterSending: 'wait', waitSeconds: 1 } };

const getBots: INodeParameters = { resource: 'bot', operation: 'getMany' };
const human = (operation: string, fields: INodeParameters = {}): INodeParameters => ({
	resource: 'human',
	operation,
	humanId: '540',
	...fields,
});
const add = (fields: INodeParameters) =>
	human('addByPhone', { channelId: '601', specifyHumans: 'fields', ...fields });
const bot = (operation: string, interactions: string): INodeParameters => ({
	resource: 'bot',
	operation,
	botId: '451',
	name: 'Bot',
	specifyInteractions: 'usingJson',
	interactions,
});
const toPhones = (phones: string, others: INodeParameters = {}): INodeParameters => ({
	resource: 'message',
	operation: 'send',
	targetType: 'phones',
	phones,
	channelId: '601',
	text: 'Hello',
	...others,
});
const retry = (messageId: string): INodeParameters => ({
	resource: 'message',
	operation: 'retry',
	messageId,
});

/** The error in the dropdown of the revisions. */
const openRevisions: Situation = ({ engine }) =>
	engine.search('searchRevisions').then(
		() => [],
		(error: Error) => [error.message],
	);

/** Issues of every operation, or of the credential. */
const general: Record<string, Situation> = {
	'Authentication failed. Check the values and the selected Service.': credentialTest(401),
	'No API found at the Base URL. Check the URL for typos.': credentialTest(404),
	'The Base URL redirects. Enter the final URL, for example with https:// instead of http://.':
		credentialTest(307),
	'Check the access token in the credential. Create tokens in the nativeMsg dashboard under Settings.':
		runWith(nativeMsg({ accessToken: 'wrong' }), getBots),
	'Check the credential. Create API keys in the NativeMessage dashboard under Settings > API Keys. Access tokens expire after 15 minutes.':
		runWith(nativeMessage({ apiKey: 'wrong' }), session({}), 'nativeMsgOtt'),
	'Check Username and Password in the credential.': runWith(
		nativeMessage({ authentication: 'usernamePassword', username: 'sandbox', password: 'wrong' }),
		session({}),
		'nativeMsgOtt',
	),
	'This operation needs credentials for …, but the credential is for …': runWith(nativeMessage({}), getBots),
	"The Base URL in the credential isn't a valid URL": runWith(
		nativeMsg({ baseUrl: 'api.nativemsg.com' }),
		getBots,
	),
	"The Base URL host wasn't found": runWith(nativeMsg({ baseUrl: 'http://nativemsg.invalid' }), getBots),
	'The server refused the connection': runWith(nativeMsg({ baseUrl: 'http://127.0.0.1:1' }), getBots),
	'… responded with … instead of …': elsewhere(200, { 'content-type': 'text/html' }, '<html></html>'),
	'The server responded with a redirect (HTTP …)': elsewhere(302, { location: 'https://example.com/' }, ''),
	'… is required, but nothing was given': run(sendText({ text: '={{ $json.nothing }}' })),
	'Check the ID: it may be mistyped, deleted, or belong to another account.': run(
		human('get', { humanId: '999' }),
	),
	'… understood the request but cannot process one of its values. Change the value named above in this item.':
		run(human('get'), status(422)),
	"The credential is valid but doesn't have access. Ask the account owner for permission, or use the credential of the account that owns it.":
		run(human('get'), status(403)),
	'… asked for a pause until …': run(human('get'), status(429, LATER)),
	'… responded with …, without …. That counts as accepted, and missing values are returned as null.': run(
		sendText({}),
		{ kind: 'empty' },
	),
	"It's unknown whether this was sent: …": run(sendText({}), { kind: 'reset-after' }),
	'It\'s unknown whether … got "…": an earlier attempt has no stored result': async ({ engine, sandbox }) => {
		const parameters = sendText({ broadcast: { broadcastName: 'sale' } });
		sandbox.addFault({ kind: 'reset-after' });
		await engine.run({ parameters });
		return textsOf(await engine.run({ parameters }));
	},
	"Kept Recipients is used up, so … wasn't sent to …: n8n keeps … recipients for this node": run(
		sendText({ ids: '540, 541', broadcast: { broadcastName: 'sale', keptRecipients: 1 } }),
	),
	'… Before the node stopped, …. To get a result for each item, set On Error to continue.': run(
		sendText({ options: { combineItems: false } }),
		status(422, { after: 1 }),
		{ items: [{}, {}] },
	),
	"… refused the credential, so this item wasn't tried: …": run(
		sendText({ options: { combineItems: false } }),
		status(401),
		{ items: [{}, {}], onError: CONTINUE },
	),
	"… couldn't be reached 5 times running, so this item wasn't tried: …": runWith(
		nativeMsg({ baseUrl: 'http://nativemsg.invalid' }),
		sendText({ options: { combineItems: false, concurrency: 1 } }),
		undefined,
		{ items: Array.from({ length: 6 }, () => ({})), onError: CONTINUE },
	),
};

const nativeMsgOnly: Record<string, Situation> = {
	'Send and Wait for Response takes one item at a time, but … came in': run(question(), undefined, {
		items: [{}, {}],
	}),
	'Button Label can have at most … characters on …, but … were given': run(
		question({ options: { sendAs: 'buttons', buttonLabel: 'x'.repeat(21) } }),
	),
	'The Link Workflow … failed (…), so people can only reply on its page': async (fixture) => {
		const engine = await Engine.start(nativeMsg({})(fixture));
		engine.subWorkflow = () => Promise.reject(new Error('Workflow is not active'));
		const parameters = question({ options: { linkWorkflow: 'FGmXq3rJb4sL9wVk' } });
		return textsOf(await engine.run({ parameters }));
	},
	'Limit Wait Time, Max Date and Time must be in the future, but … was given': run(
		question({
			options: {
				limitWaitTime: {
					values: { limitType: 'atSpecifiedTime', maxDateAndTime: '2020-01-01T00:00:00' },
				},
			},
		}),
	),
	"… refused the other items that were tried, so this item wasn't tried: …": run(
		toPhones('={{ $json.phone }}'),
		status(422, { times: 30 }),
		{ items: phoneItems(20), onError: CONTINUE },
	),
	'Only some recipients of this item were sent the message: …': run(
		sendText({ ids: '={{ $json.ids }}' }),
		undefined,
		{ items: [{ ids: '540' }, { ids: '540, 99999' }], onError: CONTINUE },
	),
	"It's unknown whether all recipients of this item were sent the message: …": run(
		sendText({ ids: '={{ $json.ids }}', options: { recipientsPerCall: 1 } }),
		{ kind: 'reset-after' },
		{ items: [{ ids: '540' }, { ids: '540, 541' }], onError: CONTINUE },
	),
	'nativeMsg is temporarily unavailable. Try again later. If the problem continues, contact support@nativemsg.com.':
		run(human('get'), status(503, { times: 4 })),
	'Phone Numbers must be a phone number with + and country code such as +12015550123 (or set Default Country), but … was given':
		run(toPhones('555-01')),
	'Phone Numbers must have … digits after the country code …, but … was given': run(toPhones('+1 201 555')),
	'Phone Numbers must be one phone number only, but … was given': run(toPhones('5550101/5550102')),
	'Phone Numbers must be a phone number without an extension, but … was given': run(
		toPhones('+1 201 555 0123 ext. 5'),
	),
	'Phone Numbers must be a phone number with all its digits, not one that a spreadsheet has rounded, but … was given':
		run(toPhones('1.20156E+10')),
	'Phone Numbers must be a phone number of the Default Country (…), or one with + and country code such as +12015550123, but … was given':
		run(toPhones('555-0123', { options: { defaultCountry: 'US' } })),
	'Phone Numbers must be written with + and country code, because it can mean …, but … was given': run(
		toPhones('4915123456789', { options: { defaultCountry: 'DE' } }),
	),
	'IDs must be a whole number, but … was given': run(sendText({ ids: 'Maria' })),
	'Text can have at most 1600 characters, but … were given': run(sendText({ text: 'x'.repeat(1601) })),
	'Media URL must be a full URL such as https://example.com/picture.png, but … was given': run(
		send('media', { media: 'picture.png' }),
	),
	'… must be a full URL such as https://example.com/picture.png, but … was given': run(
		send('media', { media: 'www.example.com/picture.png' }),
	),
	'Media Type must be chosen if the Media URL has no ending such as .mp4, but … was given': run(
		send('media', { media: 'https://example.com/media/7' }),
	),
	'Title or Media URL is required, but nothing was given': run(send('richCard', {})),
	'Media Type must fit the file, which is …, but … was given': run(
		send('media', { ...FILE, mediaType: 'image' }),
		undefined,
		{ files: [{ data: storedFile('audio/mpeg') }] },
	),
	'Input Binary Field must be the name of a file of the item, but … was given': run(send('media', FILE)),
	"The file … is only in n8n's memory, so the service can't fetch it": run(send('media', FILE), undefined, {
		files: [{ data: { data: 'aGVsbG8=', mimeType: 'text/plain' } }],
	}),
	'The service fetches files over https:// only, but the address of this n8n is …': runWith(
		nativeMsg({ baseUrl: 'https://api.nativemsg.example/v1' }),
		send('media', FILE),
		'nativeMsg',
		{ files: [{ data: storedFile('image/png') }] },
	),
	'Message (JSON) needs content such as text or media, but none was given': run({
		...send('json', {}),
		messageJson: '{ "targets": [{ "targetType": "humans", "ids": [540] }] }',
	}),
	'… must be valid JSON, but … was given (…)': run({
		...send('json', {}),
		messageJson: '{ "text": "Say "hi"", "targets": [] }',
	}),
	'Interactions (JSON) must be a list of interactions, or a bot with such a list, but another object was given':
		run(bot('update', '{}')),
	'Message (JSON) must be valid JSON, but … was given (…)': run({
		...send('json', {}),
		messageJson: '{ "text": ',
	}),
	'The message exceeds channel limits. …': run(
		send('media', {
			media: 'https://example.com/song.mp3',
			mediaType: 'audio',
			options: { checkForChannels: ['rcs'] },
		}),
	),
	"… recipients didn't get the message (…)": run(
		toPhones('+12015550199', { delivery: { settings: { afterSending: 'failIfNotDelivered' } } }),
	),
	'… messages had no recipients that nativeMsg knows of. Check that someone has the tag, is on the channel, or is subscribed.':
		run({ ...sendText({ delivery: WAITING }), targetType: 'tags', ids: '6' }),
	'Duplicate recipients get the message once (… left out). …': run(toPhones('+12015550123'), undefined, {
		items: [{}, {}],
	}),
	'Interaction …, Action …, …': run({
		...bot('create', ''),
		specifyInteractions: 'usingFields',
		interactionRows: { interaction: [{}, { actions: { action: [{ type: 'goto', goto: '' }] } }] },
	}),
	'Item … is at fault, and all items go into one request, so nothing is sent': run(
		{
			...bot('create', ''),
			specifyInteractions: 'fromInputItems',
			interactionRows: { interaction: [{ name: 'Same', intents: '={{ $json.word }}' }] },
		},
		undefined,
		{ items: [{ word: 'hours' }, { word: 'price' }], onError: CONTINUE },
	),
	'Interactions (JSON): …': run(bot('create', '[{ "name": "Ask", "actions": [{ "waitFor": {} }] }]')),
	'Interactions (JSON) is an empty list, which would remove every interaction of the bot; to do that on purpose, choose "Remove All Interactions"':
		run(bot('update', '[]')),
	'Select a bot first': openRevisions,
	'Human IDs must be a whole number, but … was given': run({
		resource: 'channel',
		operation: 'subscribeHumans',
		channelId: '601',
		humanIds: 'Maria',
	}),
	'Update Fields needs at least one value, but nothing was given': run({
		resource: 'channel',
		operation: 'update',
		channelId: '601',
		updateFields: {},
	}),
	'Phone Number must be a phone number with + and country code such as +12015550123 (or set Default Country), but … was given':
		run(add({ phone: '555-01' })),
	'Humans (JSON) must be valid JSON, but … was given (…)': run(add({ specifyHumans: 'json', humans: '[{' })),
	'Attributes needs at least one value, but nothing was given': run(
		human('setAttributes', { specifyAttributes: 'fields' }),
	),
	'Tag IDs must be a whole number, but … was given': run(
		human('assignTags', { tagsBy: 'ids', tagIds: 'vip' }),
	),
};

const nativeMessageOnly: Record<string, Situation> = {
	'NativeMessage is temporarily unavailable. Try again later. If the problem continues, contact its support.':
		runOtt(
			{
				resource: 'template',
				operation: 'update',
				templateId: 'tmpl_order',
				updateFields: { name: 'order' },
			},
			status(503, { ...LATER, times: 4 }),
		),
	'Top up the balance of your NativeMessage account, then run the failed items again.': runOtt(
		session({}),
		says(402, 'insufficient balance'),
	),
	'Ask NativeMessage to activate your account.': runOtt(session({}), says(403, 'account is not active')),
	"Your account's routing or billing isn't set up. Ask NativeMessage to check it.": runOtt(
		session({}),
		says(400, 'pipeline processing failed'),
	),
	'To must be a phone number with + and country code such as +12015550123 (or set Default Country), but … was given':
		runOtt(session({ to: '2025550140' })),
	'On WhatsApp, free text is accepted only within 24 hours of the last message from the person: send a template instead. Otherwise, check the number and the text.':
		runOtt(session({ channelId: 'chan_whatsapp', to: '+12025550160' })),
	'Check that the template is approved, that it belongs to this channel, and that it has as many placeholders as you give parameters. On WhatsApp, approval takes 24 to 48 hours, and parameters must not contain line breaks, tabs, or more than four consecutive spaces.':
		runOtt(template({ templateId: 'tmpl_pending' })),
	'Check the Channel ID and the Template ID: one of them may be mistyped, deleted, or belong to another account.':
		runOtt(template({ templateId: 'tmpl_none' })),
	'Template Text has … placeholders, but … parameters were given': runOtt(
		template({ options: { templateText: '{{1}} {{2}} {{3}}' } }),
	),
	'Parameters As must be Ordered List, because the credential uses the payload format Guide': runOtt(
		template({ parametersAs: 'variables' }),
	),
	'Only messages with the status failed can be retried. Check the status first, for example with an If node.':
		runOtt(retry('msg_1'), undefined, [session({})]),
	'Channel Type must be one of telegram, viber, whatsapp, but … was given': runOtt(
		whatsAppChannel({ channelType: '={{ "WhatsApp" }}' }),
	),
};

/** By the text quoted in the docs, in which `…` replaces the parts that differ. */
export const situations = { ...general, ...nativeMsgOnly, ...nativeMessageOnly };
