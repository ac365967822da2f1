import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { Engine, type NodeRun } from '../../support/engine';
import { ottCredential, runNode, useFixture } from '../../support/fixture';
import { session, VALUE } from './refusals/refusal';

const fixture = useFixture();

afterEach(() => jest.restoreAllMocks());

const phones = (first: number, count: number) =>
	Array.from({ length: count }, (_unused, index) => ({ value: `+1202555${first + index}` }));

const send = (run: Partial<NodeRun>) =>
	runNode(fixture, 'guide', { parameters: session({ to: VALUE }), items: phones(1000, 1), ...run });

/** Changes a setting of the sandbox until its next reset. */
const set = async (changes: object) => {
	const url = `${fixture.sandbox.url}/__sandbox/settings`;
	const { ok } = await fetch(url, { method: 'PUT', body: JSON.stringify(changes) });
	expect(ok).toBe(true);
};

const report = () => fixture.sandbox.report().ott;

const limited = (headers: Record<string, string>, times = 1) =>
	fixture.sandbox.addFault({ kind: 'status', status: 429, headers, times });

/** What n8n's log was told about the run. */
function spyOnLog(): string[] {
	const messages: string[] = [];
	jest.spyOn(Container.get(Logger), 'info').mockImplementation((message) => {
		messages.push(message);
	});
	return messages;
}

async function seconds(action: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await action();
	return (performance.now() - start) / 1000;
}

describe('a run with more messages than the rate limit of a minute', () => {
	it('sends every message once, none fails, and the limit is never exceeded', async () => {
		// Long enough for 200 messages, short enough to wait for the next window.
		await set({ rateWindowMs: 2500 });
		const { success, failed, error } = await send({
			items: phones(1000, 600),
			onError: 'continueErrorOutput',
		});
		expect(error).toBeUndefined();
		expect(failed).toEqual([]);
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual(
			Array.from({ length: 600 }, (_unused, item) => ({ item })),
		);
		const { accepted, maxPerRecipient, recipients, maxPerWindow, limited: refused } = report();
		expect({ accepted, maxPerRecipient, recipients: Object.keys(recipients).length }).toEqual({
			accepted: 600,
			maxPerRecipient: 1,
			recipients: 600,
		});
		expect(maxPerWindow).toBeGreaterThanOrEqual(200);
		expect(maxPerWindow).toBeLessThanOrEqual(201);
		expect(refused).toBe(0);
	});

	it('never exceeds the limit together with a second run', async () => {
		await set({ rateLimit: 40, rateWindowMs: 1000 });
		const runs = await Promise.all(
			[1000, 2000].map((first) => send({ items: phones(first, 40), credentialId: 'shared' })),
		);
		expect(runs.map(({ success }) => success.length)).toEqual([40, 40]);
		const { accepted, maxPerRecipient, maxPerWindow, limited: refused } = report();
		expect([accepted, maxPerRecipient]).toEqual([80, 1]);
		// The other run may have a request on its way when the last one of the window is answered.
		expect(maxPerWindow).toBeLessThanOrEqual(41);
		expect(refused).toBeLessThanOrEqual(2);
	});

	it('never exceeds the limit when the log-in reaches it', async () => {
		// Longer than the pauses between the attempts of a call, and room for the log-in and the message.
		await set({ rateLimit: 2, rateWindowMs: 3500 });
		const { sandbox } = fixture;
		await Promise.all([1, 2].map(() => fetch(`${sandbox.ottBaseUrl}/auth/me`)));
		const { password } = sandbox;
		const engine = await Engine.start(
			ottCredential(sandbox, { authentication: 'usernamePassword', username: 'sandbox', password }),
		);
		const { error } = await engine.run({ node: 'nativeMsgOtt', parameters: session({}) });
		expect(error?.message).toBeUndefined();
		expect(report().accepted).toBe(1);
	});
});

describe('a 429 response', () => {
	const inOneSecond = () => String(Math.floor(Date.now() / 1000) + 1);

	it.each([
		['Retry-After', () => ({ 'Retry-After': '1' }), 1],
		// Unix seconds are whole, so it is up to one second away.
		['X-RateLimit-Reset', () => ({ 'X-RateLimit-Reset': inOneSecond() }), 0],
	])('delays the message as long as %s says', async (_header, headers, atLeast) => {
		const messages = spyOnLog();
		limited(headers());
		const { error, success } = await send({ items: phones(1000, 3) });
		expect(error).toBeUndefined();
		expect(success).toHaveLength(3);
		const [refused, repeated, ...others] = fixture.sandbox.requests();
		expect([refused.status, repeated.status, others.length]).toEqual([429, 200, 2]);
		expect(repeated.body).toEqual(refused.body);
		expect(repeated.at - refused.at).toBeGreaterThanOrEqual(atLeast * 1000 - 20);
		expect(repeated.at - refused.at).toBeLessThan(3000);
		expect(report()).toMatchObject({ accepted: 3, maxPerRecipient: 1 });
		// So short a pause is not worth an announcement.
		expect(messages.filter((message) => message.includes('waits'))).toEqual([]);
	});

	it('makes the node wait as often as it takes', async () => {
		limited({ 'Retry-After': '0.05' }, 15);
		const { error } = await send({});
		expect(error).toBeUndefined();
		expect(fixture.sandbox.requests()).toHaveLength(16);
		expect(report().accepted).toBe(1);
	});

	it('fails every item in one sentence if the wait would be too long', async () => {
		limited({ 'Retry-After': '3600' });
		const { failed } = await send({ items: phones(1000, 3), onError: 'continueErrorOutput' });
		expect(fixture.sandbox.requests()).toHaveLength(1);
		failed.forEach(({ json }, item) =>
			expect(json.error).toMatch(new RegExp(`^[^\\n]{10,100} \\[item ${item}\\]$`)),
		);
		expect(failed).toHaveLength(3);
	});
});

describe('a pause for the rate limit', () => {
	const PAUSE = { 'Retry-After': '1' };

	const ONE_BY_ONE = session({ to: VALUE, options: { concurrency: 1 } });

	/** Two runs at once, of which the first one to send is told to wait. */
	async function runTwo(credentialIds: [string, string]) {
		await set({ latencyMs: 20, rateLimit: 1000 });
		limited(PAUSE);
		await Promise.all(
			credentialIds.map((credentialId, index) =>
				send({ items: phones(1000 * (index + 1), 20), credentialId, parameters: ONE_BY_ONE }),
			),
		);
		const [{ at: start }, ...requests] = fixture.sandbox.requests();
		// What was on its way when the answer came does not count.
		return requests.filter(({ at }) => at > start + 100 && at < start + 950).length;
	}

	it('holds all runs that use the credential', async () => {
		expect(await runTwo(['a', 'a'])).toBe(0);
		expect(report()).toMatchObject({ accepted: 40, maxPerRecipient: 1 });
	});

	it('does not hold runs that use another credential', async () => {
		expect(await runTwo(['b', 'c'])).toBeGreaterThan(10);
	});

	it("is announced in n8n's log if it is long", async () => {
		const messages = spyOnLog();
		limited({ 'Retry-After': '42' });
		await send({ cancelAfterMs: 200 });
		expect(messages.join('\n')).toMatch(/NativeMsg waits 4[12] s: .*limit/);
		expect(messages.join('\n')).not.toContain(fixture.sandbox.apiKey);
	});

	it.each<[string, () => Promise<void>]>([
		['a refusal', async () => limited({ 'Retry-After': '80' })],
		['the last request of the window', () => set({ rateLimit: 1, rateWindowMs: 80_000 })],
	])(
		'ends immediately when the execution is canceled: after %s',
		async (_what, close) => {
			await close();
			const run = { items: phones(1000, 2), cancelAfterMs: 300 };
			let status = '';
			const duration = await seconds(async () => {
				({ status } = await send(run));
			});
			expect(status).toBe('canceled');
			expect(duration).toBeLessThan(5);
			expect(fixture.sandbox.requests()).toHaveLength(1);
		},
		10_000,
	);
});
