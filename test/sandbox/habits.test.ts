import { startSandbox, type Sandbox } from '../../sandbox/server';
import { ERROR_SHAPES } from '../../sandbox/habits';

let sandbox: Sandbox;
let now = 0;

beforeAll(async () => {
	sandbox = await startSandbox({ now: () => now });
});
beforeEach(() => {
	sandbox.reset();
	now = 0;
});
afterAll(() => sandbox.close());

const ask = (method: string, path: string, body?: unknown) =>
	fetch(sandbox.baseUrl + path, {
		method,
		headers: { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
const sendTo = (...phones: string[]) =>
	ask('POST', '/messages', { text: 'Hello', targets: [{ targetType: 'phones', phones, channelId: 601 }] });

describe('a habit of the sandbox', () => {
	it('refuses a request with a deleted contact, and processes the others', async () => {
		sandbox.addHabit({ kind: 'deleted-contact', recipients: ['12015550113'] });
		const refused = await sendTo('+12015550112', '+12015550113');
		expect([refused.status, (await refused.json()).description]).toEqual([404, '12015550113 was deleted.']);
		expect((await sendTo('+12015550112', '+120155501131')).status).toBe(200);
		expect(sandbox.report().accepted).toBe(2);
	});

	it('limits the requests per minute without saying when to retry', async () => {
		sandbox.addHabit({ kind: 'bare-limit', perMinute: 2 });
		const statuses = async () => [
			await ask('GET', '/bots'),
			await ask('GET', '/bots'),
			await ask('GET', '/bots'),
		];
		const first = await statuses();
		expect(first.map(({ status }) => status)).toEqual([200, 200, 429]);
		for (const name of ['retry-after', 'x-ratelimit-reset']) expect(first[2].headers.get(name)).toBeNull();
		now = 60_000;
		expect((await statuses()).map(({ status }) => status)).toEqual([200, 200, 429]);
	});

	it('responds with 503 and Retry-After to a message that was passed on', async () => {
		sandbox.addHabit({ kind: 'gateway', match: { method: 'POST' }, every: 2, retryAfter: '7' });
		expect((await sendTo('+12015550101')).status).toBe(200);
		const answer = await sendTo('+12015550102');
		expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '7']);
		expect(sandbox.report().accepted).toBe(2);
	});

	it.each(Object.keys(ERROR_SHAPES) as Array<keyof typeof ERROR_SHAPES>)(
		'reports errors in the shape %s',
		async (shape) => {
			sandbox.addHabit({ kind: 'error-shape', shape });
			const answer = await ask('GET', '/bots/999');
			expect(answer.status).toBe(404);
			expect(await answer.text()).toMatch(shape === 'html' ? /404 from the gateway/ : /999/);
			expect((await ask('GET', '/bots')).status).toBe(200);
		},
	);

	it("leaves a response that another habit changed as it is, if it isn't JSON", async () => {
		sandbox.addHabit({ kind: 'gateway' });
		sandbox.addHabit({ kind: 'error-shape', shape: 'detail' });
		expect(await (await sendTo('+12015550101')).text()).toBe('Service Unavailable');
		sandbox.reset();
		sandbox.addHabit({ kind: 'empty', status: 200, text: 'OK' });
		sandbox.addHabit({ kind: 'envelope' });
		expect(await (await sendTo('+12015550101')).text()).toBe('OK');
	});

	it('puts its responses into an envelope', async () => {
		sandbox.addHabit({ kind: 'envelope', name: 'items' });
		expect((await (await ask('GET', '/bots')).json()).items).toHaveLength(2);
	});

	it('responds to changes with an empty body, and to reads as before', async () => {
		sandbox.addHabit({ kind: 'empty' });
		const answer = await sendTo('+12015550101');
		expect([answer.status, await answer.text()]).toEqual([204, '']);
		expect(await (await ask('GET', '/bots')).json()).toHaveLength(2);
		expect(sandbox.report().accepted).toBe(1);
	});

	it('shows the messages of a request late', async () => {
		sandbox.addHabit({ kind: 'late-rows', looks: 2 });
		const { requestId } = await (await sendTo('+12015550101', '+12015550102')).json();
		const rows = async () => (await (await ask('GET', `/messages/requests/${requestId}`)).json()).length;
		expect([await rows(), await rows(), await rows()]).toEqual([1, 1, 2]);
	});

	it('breaks off a response', async () => {
		sandbox.addHabit({ kind: 'cut' });
		const answer = await sendTo('+12015550101');
		expect(answer.status).toBe(200);
		await expect(answer.text()).rejects.toThrow();
		expect(sandbox.report().accepted).toBe(1);
	});

	it('ends with a reset, and can be asked for from outside', async () => {
		const control = (body: unknown) =>
			fetch(`${sandbox.url}/__sandbox/habits`, { method: 'POST', body: JSON.stringify(body) });
		expect((await control({ kind: 'bare-limit', perMinute: 1 })).status).toBe(200);
		expect((await control({ kind: 'none' })).status).toBe(400);
		expect([(await ask('GET', '/bots')).status, (await ask('GET', '/bots')).status]).toEqual([200, 429]);
		sandbox.reset();
		expect((await ask('GET', '/bots')).status).toBe(200);
	});
});
