import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { check } from '../../lib/check';
import { outputOf, type N8nClient, type Workflow } from '../../n8n/client';
import type { Playground } from '../../n8n/playground';
import type { SandboxProcess } from '../../n8n/sandbox';
import { chain, node } from '../../n8n/workflow';

const RUNS = 2;
const PAUSE_BETWEEN_RUNS_MS = 3_000;
const MESSAGES_PER_RUN = 10;
/** Makes a run last about 3 s, longer than an access token. */
const SETTINGS = { accessTokenMs: 2_000, latencyMs: 300 };
const WRONG = 'not-the-right-one';

/** The credential values for one authentication method, and wrong ones. */
interface Way {
	name: string;
	data: Record<string, string>;
	wrong: Record<string, string>;
}

function waysToAuthenticate({ ottBaseUrl, token, apiKey, user }: SandboxProcess): Way[] {
	const way = (
		name: string,
		authentication: string,
		secrets: Record<string, string>,
		wrong: Record<string, string>,
	): Way => {
		const data = { service: 'nativeMessage', nativeMessageUrl: ottBaseUrl, authentication, ...secrets };
		return { name, data, wrong: { ...data, ...wrong } };
	};
	return [
		way('Access Token', 'accessToken', { accessToken: token }, { accessToken: WRONG }),
		way('API Key', 'apiKey', { apiKey }, { apiKey: WRONG }),
		way('Username and Password', 'usernamePassword', user, { password: WRONG }),
	];
}

/**
 * The three authentication methods of NativeMessage. Access tokens of a login are so short-lived here that they expire
 * during a run and again before the next one.
 */
export async function checkAuthentication(playground: Playground): Promise<void> {
	const { n8n, sandbox } = playground;
	await sandbox.reset();
	await sandbox.configure(SETTINGS);
	const ways = waysToAuthenticate(sandbox);
	for (const way of ways) await testCredential(n8n.client, way);
	await testRedirects(n8n.client, ways);
	await testOtherAddresses(n8n.client, ways);
	await Promise.all(ways.map((way, index) => sendMessages(playground, way, phonesOf(index))));
	await checkDeliveries(sandbox, ways.map((_, index) => phonesOf(index)).flat());
}

async function testCredential(client: N8nClient, { name, data, wrong }: Way): Promise<void> {
	const credential = await client.createCredential({ name, type: 'nativeMsgApi', data });
	const good = await client.testCredential({ ...credential, data });
	check(`${name}: the credential test succeeds`, good.status === 'OK', good.message);
	const bad = await client.testCredential({ ...credential, data: wrong });
	const isReadable = /^[A-Z][a-z]/.test(bad.message) && !bad.message.includes(WRONG);
	check(`${name}: a wrong one fails the test`, bad.status === 'Error' && isReadable, bad.message);
}

async function listen(answer: RequestListener): Promise<{ server: Server; url: string }> {
	const server = createServer(answer).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** If a Base URL redirects elsewhere, nothing of the credential may get there. */
async function testRedirects(client: N8nClient, ways: Way[]): Promise<void> {
	const arrived: string[] = [];
	const elsewhere = await listen((request, response) => {
		arrived.push(`${request.method} ${request.url}`);
		response.setHeader('content-type', 'application/json').end('{"access_token":"stolen"}');
	});
	const redirecting = await listen((request, response) => {
		response.writeHead(307, { location: `${elsewhere.url}${request.url}` }).end();
	});
	for (const { name, data } of ways) {
		const moved = { ...data, nativeMessageUrl: redirecting.url };
		const credential = await client.createCredential({ name, type: 'nativeMsgApi', data: moved });
		const { status, message } = await client.testCredential({ ...credential, data: moved });
		check(
			`${name}: the credential test follows no redirect`,
			status === 'Error' && arrived.length === 0 && message.startsWith('The Base URL redirects'),
			arrived[0] ?? message,
		);
	}
	for (const { server } of [elsewhere, redirecting]) server.close();
}

/** A server that responds successfully but isn't the API must not pass the credential test. */
async function testOtherAddresses(client: N8nClient, ways: Way[]): Promise<void> {
	const bodies = ['<html><title>Welcome</title></html>', '{}', '{"hello":"world"}', '[]', 'OK'];
	for (const body of bodies) {
		const { server, url } = await listen((_request, response) => {
			const type = body.startsWith('<') ? 'text/html' : 'application/json';
			response.setHeader('content-type', type).end(body);
		});
		for (const { name, data } of ways) {
			const moved = { ...data, nativeMessageUrl: url };
			const credential = await client.createCredential({ name, type: 'nativeMsgApi', data: moved });
			const { status, message } = await client.testCredential({ ...credential, data: moved });
			check(
				`${name}: the credential test fails if the response is ${body}`,
				status === 'Error' && message.startsWith('No API found at the Base URL'),
				message,
			);
		}
		server.close();
	}
}

/** Runs one workflow with the credential several times, with pauses, and counts the logins. */
async function sendMessages(
	{ n8n: { client }, sandbox }: Playground,
	{ name, data }: Way,
	phones: string[],
): Promise<void> {
	const credential = await client.createCredential({ name, type: 'nativeMsgApi', data });
	const workflow = await client.importWorkflow(workflowOf(name, phones), [credential]);
	const messageIds = new Set();
	for (let run = 1; run <= RUNS; run++) {
		if (run > 1) await sleep(PAUSE_BETWEEN_RUNS_MS);
		const loginsBefore = await countLogins(sandbox);
		const execution = await client.waitForExecution(await client.runWorkflow(workflow, 'Start'));
		const logins = (await countLogins(sandbox)) - loginsBefore;
		for (const { messageId } of outputOf(execution, 'Send')) messageIds.add(messageId);
		check(
			`${name}: run ${run} sends ${phones.length} messages`,
			execution.status === 'success' && messageIds.size === run * phones.length,
			execution.data.resultData.error?.message,
		);
		if (data.authentication === 'usernamePassword') {
			check(`${name}: run ${run} logs in anew when its token has expired`, logins >= 2, `${logins} logins`);
		}
	}
}

async function countLogins(sandbox: SandboxProcess): Promise<number> {
	const requests = await sandbox.requests();
	return requests.filter(({ path, status }) => path.endsWith('/auth/login') && status === 200).length;
}

async function checkDeliveries(sandbox: SandboxProcess, phones: string[]): Promise<void> {
	const { accepted, recipients } = (await sandbox.report()).ott;
	check(
		`All ${RUNS * phones.length} messages were accepted once`,
		accepted === RUNS * phones.length && phones.every((phone) => recipients[phone.slice(1)] === RUNS),
		`${accepted} accepted`,
	);
	const refused = (await sandbox.requests()).filter(
		({ path, status }) => path.endsWith('/messages') && status === 401,
	);
	check('The sandbox refused sends with expired tokens', refused.length > 0, `${refused.length} refused`);
}

function phonesOf(way: number): string[] {
	return Array.from({ length: MESSAGES_PER_RUN }, (_, index) => `+1202555${way + 1}1${10 + index}`);
}

function workflowOf(name: string, phones: string[]): Workflow {
	const template = {
		resource: 'message',
		operation: 'sendTemplate',
		channelId: 'chan_whatsapp',
		templateId: 'tmpl_order',
		to: '={{ $json.phones }}',
		parametersAs: 'list',
		parameters: { parameter: [{ value: 'ORD-1001' }, { value: '49.99' }] },
		// Sequential, so that a run outlives a token.
		options: { concurrency: 1 },
	};
	return chain(name, [
		node('Start', 'n8n-nodes-base.manualTrigger'),
		node('Phones', 'n8n-nodes-base.set', {
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ phones }) },
		}),
		node('One item each', 'n8n-nodes-base.splitOut', { parameters: { fieldToSplitOut: 'phones' } }),
		node('Send', 'n8n-nodes-nativemsg.nativeMsgOtt', {
			parameters: template,
			credentials: { nativeMsgApi: name },
		}),
	]);
}
