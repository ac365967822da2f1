import type { IDataObject, INode, INodeTypes } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { inspect } from 'node:util';
import { NativeMsgApi } from '../../../credentials/NativeMsgApi.credentials';
import { Engine, type NodeRun } from '../../support/engine';
import { ottCredential, useFixture } from '../../support/fixture';
import { createHandClock } from '../../support/handClock';
import { nodes } from '../../support/nodes';
import { useRecorder } from '../../support/recorder';
import { session, VALUE } from './refusals/refusal';

const MINUTE_MS = 60_000;
const SENDS = 'POST /api/v1/ott/messages 201';

/** The sandbox's log lines, and an action to run after some of them. */
const log: string[] = [];
let afterSends: { count: number; then: () => void } | undefined;

const clock = createHandClock();
const fixture = useFixture({
	now: clock.now,
	log: (line) => {
		log.push(line);
		const sends = log.filter((one) => one === SENDS).length;
		if (line === SENDS && sends === afterSends?.count) afterSends.then();
	},
});
const recorder = useRecorder();

beforeEach(() => {
	log.length = 0;
	afterSends = undefined;
});
afterEach(() => jest.restoreAllMocks());

const phones = (count: number) =>
	Array.from({ length: count }, (_unused, index) => ({ value: `+1202555${String(1000 + index)}` }));

const run = (engine: Engine, others: Partial<NodeRun> = {}) =>
	engine.run({ node: 'nativeMsgOtt', parameters: session({ to: VALUE }), items: phones(1), ...others });

const SECRETS = { accessToken: 'secret-token', apiKey: 'secret-key', password: 'secret-password' };
const LOGIN = { username: 'maria', password: SECRETS.password, tenantId: 'tenant_1' };

/** An engine whose credential holds only what its form shows for a way to authenticate. */
const recordedEngine = (authentication: string, fields: IDataObject) =>
	Engine.start({
		service: 'nativeMessage',
		authentication,
		nativeMessageUrl: `${recorder.url}/api/v1/`,
		...fields,
	});

/** An engine that logs in to the sandbox. */
const loginEngine = (password = fixture.sandbox.password) =>
	Engine.start(
		ottCredential(fixture.sandbox, { authentication: 'usernamePassword', username: 'sandbox', password }),
	);

const requested = () => log.map((line) => line.replace('/api/v1', ''));
const LOGGED_IN = 'POST /auth/login 200';
const REFUSED = 'POST /ott/messages 401';
const SENT = 'POST /ott/messages 201';

describe('the authentication of a request', () => {
	it.each([
		['accessToken', { accessToken: SECRETS.accessToken }, { authorization: 'Bearer secret-token' }],
		['apiKey', { apiKey: SECRETS.apiKey }, { 'x-api-key': 'secret-key' }],
	])('is a single header with a credential of the kind %s', async (authentication, fields, expected) => {
		// What another way left behind in the credential is not used.
		await run(await recordedEngine(authentication, { ...SECRETS, ...LOGIN, ...fields }));
		expect(recorder.requests.map(({ url }) => url)).toEqual(['/api/v1/ott/messages']);
		const { authorization, 'x-api-key': key } = recorder.requests[0].headers;
		expect({ authorization, 'x-api-key': key }).toEqual({
			authorization: undefined,
			'x-api-key': undefined,
			...expected,
		});
	});

	it.each([
		[LOGIN, { username: 'maria', password: 'secret-password', tenant_id: 'tenant_1' }],
		[
			{ ...LOGIN, tenantId: '' },
			{ username: 'maria', password: 'secret-password' },
		],
	])('is the token of a login with the username and password %j', async (fields, body) => {
		recorder.answer = ({ url }) => ({
			status: 200,
			body: url.endsWith('/auth/login')
				? { access_token: 'fetched-token', refresh_token: 'r', expires_in: 900 }
				: { id: 'msg_1', status: 'sent' },
		});
		const engine = await recordedEngine('usernamePassword', { ...SECRETS, ...fields });
		const { error } = await run(engine);
		expect(error).toBeUndefined();
		const [login, send] = recorder.requests;
		expect(recorder.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
			'POST /api/v1/auth/login',
			'POST /api/v1/ott/messages',
		]);
		expect(JSON.parse(login.body)).toEqual(body);
		expect(login.headers).not.toHaveProperty('authorization');
		expect(login.headers).not.toHaveProperty('x-api-key');
		expect(send.headers.authorization).toBe('Bearer fetched-token');
		expect(send.headers).not.toHaveProperty('x-api-key');
		expect(engine.storedCredential().sessionToken).toBe('fetched-token');
	});

	it('is accepted by the service with each kind of credential', async () => {
		const { sandbox } = fixture;
		const engines = [
			fixture.ott.guide,
			await Engine.start(
				ottCredential(sandbox, { authentication: 'accessToken', accessToken: sandbox.token }),
			),
			await loginEngine(),
		];
		for (const engine of engines) expect((await run(engine)).success).toHaveLength(1);
		expect(sandbox.report().ott.accepted).toBe(3);
	});
});

describe('a login', () => {
	it('happens once for a run with many items, and not again for the next run', async () => {
		const engine = await loginEngine();
		const first = await run(engine, { items: phones(20) });
		const second = await run(engine, { items: phones(20) });
		expect([...first.success, ...second.success]).toHaveLength(40);
		expect(requested()).toEqual([LOGGED_IN, ...Array.from({ length: 40 }, () => SENT)]);
	});

	it('is repeated when its token expires in the middle of a run, and every message is sent once', async () => {
		afterSends = { count: 3, then: () => clock.advance(15 * MINUTE_MS) };
		const parameters = session({ to: VALUE, options: { concurrency: 1 } });
		const { success, error } = await run(await loginEngine(), { items: phones(6), parameters });
		expect(error).toBeUndefined();
		expect(success).toHaveLength(6);
		expect(requested()).toEqual([LOGGED_IN, SENT, SENT, SENT, REFUSED, LOGGED_IN, SENT, SENT, SENT]);
		expect(fixture.sandbox.report().ott).toMatchObject({ accepted: 6, maxPerRecipient: 1 });
	});

	it('is repeated when its token expires while messages are sent concurrently, and every message is sent once', async () => {
		afterSends = { count: 30, then: () => clock.advance(15 * MINUTE_MS) };
		const { success, error } = await run(await loginEngine(), { items: phones(60) });
		expect(error).toBeUndefined();
		expect(success).toHaveLength(60);
		expect(fixture.sandbox.report().ott).toMatchObject({ accepted: 60, maxPerRecipient: 1 });
	});

	it('is repeated when its token expired between two runs', async () => {
		const engine = await loginEngine();
		await run(engine);
		clock.advance(15 * MINUTE_MS);
		const { success } = await run(engine, { items: [{ value: '+12025550140' }] });
		expect(success).toHaveLength(1);
		expect(requested()).toEqual([LOGGED_IN, SENT, REFUSED, LOGGED_IN, SENT]);
		expect(fixture.sandbox.report().ott).toMatchObject({ accepted: 2, maxPerRecipient: 1 });
	});

	it('is repeated when its connection breaks, and leaves no doubt about the message', async () => {
		fixture.sandbox.addFault({ kind: 'reset-before', match: { path: '/auth/login' } });
		const { error, success } = await run(await loginEngine());
		expect(error?.description).toBeUndefined();
		expect(success).toHaveLength(1);
		expect(fixture.sandbox.report().ott.accepted).toBe(1);
	});

	it('does not resend a message whose response was lost', async () => {
		const { sandbox } = fixture;
		const match = { path: '/ott/messages' };
		sandbox.addFault({ kind: 'status', status: 401, match });
		sandbox.addFault({ kind: 'reset-after', match });
		const { error } = await run(await loginEngine());
		expect(error?.message).toMatch(/^It's unknown whether this was sent: /);
		expect(sandbox.report().ott.accepted).toBe(1);
		expect(requested()).toEqual([LOGGED_IN, expect.stringMatching(REFUSED), LOGGED_IN, expect.anything()]);
	});

	it('fails with a wrong password, says where to look, and nothing is sent', async () => {
		const { error } = await run(await loginEngine('wrong-password'));
		expect(error?.message).toBe('invalid username or password [item 0]');
		expect(error?.description).toMatch(/Username and Password in the credential/);
		expect(error?.httpCode).toBe('401');
		expect(inspect(error, { depth: Infinity })).not.toContain('wrong-password');
		expect(requested().filter((line) => !line.startsWith('POST /auth/login 401'))).toEqual([]);
	});

	it('is not repeated forever when the service refuses every token', async () => {
		const refuse = { kind: 'status', status: 401, match: { path: '/ott' }, times: 100 } as const;
		fixture.sandbox.addFault(refuse);
		const { error } = await run(await loginEngine());
		expect(error?.httpCode).toBe('401');
		expect(requested().filter((line) => line === LOGGED_IN).length).toBeLessThanOrEqual(2);
		expect(fixture.sandbox.report().ott.accepted).toBe(0);
	});
});

describe('a credential that the service refuses', () => {
	it.each([
		{ authentication: 'apiKey', apiKey: 'wrong-key' },
		{ authentication: 'accessToken', accessToken: 'wrong-token' },
	])('causes an error that says where to look, without a login: %j', async (fields) => {
		const { error } = await run(await Engine.start(ottCredential(fixture.sandbox, fields)));
		expect(error?.message).toMatch(/^the access token or API key .+ \[item 0\]$/);
		expect(error?.description).toMatch(/Settings > API Keys.+15 minutes/);
		expect(error?.httpCode).toBe('401');
		expect(requested()).toEqual([REFUSED]);
	});
});

describe('the test of a credential', () => {
	const { expression } = new Workflow({
		nodes: [],
		connections: {},
		active: false,
		nodeTypes: {} as INodeTypes,
	});

	it.each([
		['nativeMessage', ' https://example.com/api/v1/ ', 'https://example.com/api/v1/auth/me'],
		['nativeMsg', 'https://example.com/v1', 'https://example.com/v1/channels/types'],
	])('asks %s at %s for something that needs the credential', (service, address, url) => {
		const { request } = new NativeMsgApi().test;
		const other = 'https://other.example.com';
		const own = service === 'nativeMessage' ? 'nativeMessageUrl' : 'baseUrl';
		const keys = { $credentials: { service, baseUrl: other, nativeMessageUrl: other, [own]: address } };
		const parts = [request.baseURL, request.url].map((part) =>
			expression.getSimpleParameterValue({} as INode, part, 'internal', keys),
		);
		expect(parts.join('')).toBe(url);
	});
});

describe('a credential of the other service', () => {
	/** Every kind of wrong credential, by name. */
	const wrong = [
		['nativeMsg', { service: 'nativeMessage', authentication: 'apiKey' }],
		['nativeMsg', { service: 'nativeMessage', authentication: 'accessToken' }],
		['nativeMsg', { service: 'nativeMessage', authentication: 'usernamePassword' }],
		['nativeMsgOtt', { service: 'nativeMsg' }],
	] as const;
	const services = { nativeMsg: 'nativeMsg', nativeMsgOtt: 'NativeMessage' };

	it.each(wrong)('is refused by all operations of %s, unsent: %j', async (name, credential) => {
		const { cases } = nodes.find((node) => node.name === name)!;
		const engine = await Engine.start({
			...SECRETS,
			...LOGIN,
			...credential,
			baseUrl: recorder.url,
			nativeMessageUrl: recorder.url,
		});
		const refusals = [];
		for (const { parameters, items } of cases) {
			const { error } = await engine.run({ node: name, parameters, items: [items[0].json] });
			refusals.push([error?.message, error?.description]);
		}
		const own = services[name];
		const other = name === 'nativeMsg' ? services.nativeMsgOtt : services.nativeMsg;
		const refusal = [
			`This operation needs credentials for ${own}, but the credential is for ${other} [item 0]`,
			`Choose a credential whose Service is "${own}", or create one.`,
		];
		expect(recorder.requests).toEqual([]);
		expect(refusals).toEqual(cases.map(() => refusal));
	});
});

describe('a secret', () => {
	const everythingIn = (value: unknown) =>
		inspect(value, { depth: Infinity, showHidden: true, maxStringLength: null, maxArrayLength: null });

	it.each([
		['accessToken', ['secret-token']],
		['apiKey', ['secret-key']],
		['usernamePassword', ['secret-password', 'fetched-token']],
	])('never shows in an error, even if the service repeats it: %s', async (authentication, secrets) => {
		recorder.answer = ({ url, headers }) =>
			url.endsWith('/auth/login')
				? { status: 200, body: { access_token: 'fetched-token', refresh_token: 'r' } }
				: { status: 403, body: { error: `${secrets.join(' ')} ${JSON.stringify(headers)}` } };
		const engine = await recordedEngine(authentication, { ...SECRETS, ...LOGIN });
		const stopped = await run(engine);
		const { failed } = await run(engine, { onError: 'continueErrorOutput' });
		expect(stopped.error?.message).toMatch(/^\*\*\* /);
		expect(failed[0].json.error).toMatch(/^\*\*\* /);
		for (const secret of secrets) expect(everythingIn([stopped, failed])).not.toContain(secret);
	});

	it('never shows in the error of a login, even if the service repeats it', async () => {
		recorder.answer = ({ body }) => ({ status: 401, body: { error: `not known: ${body}` } });
		const stopped = await run(await recordedEngine('usernamePassword', { ...SECRETS, ...LOGIN }));
		expect(stopped.error?.message).toMatch(/^not known: .+\*\*\*/);
		expect(everythingIn(stopped)).not.toContain(SECRETS.password);
	});
});

it('the form of the credential has no two fields with one name and different defaults', () => {
	const defaults = new Map<string, unknown>();
	for (const field of new NativeMsgApi().properties) {
		expect([field.name, defaults.get(field.name) ?? field.default]).toEqual([field.name, field.default]);
		defaults.set(field.name, field.default);
	}
});
