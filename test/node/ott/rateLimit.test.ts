import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { Engine, type NodeRun } from '../../support/engine';
import { ottCredential, runNode, useFixture } from '../../support/fixture';
import { holdSleeps, sleeping, time, wakeAll } from '../../support/handSleep';
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

/** The messages about the run in n8n's log. */
function spyOnLog(): string[] {
	const messages: string[] = [];
	jest.spyOn(Container.get(Logger), 'info').mockImplementation((message) => {
		messages.push(message);
	});
	return messages;
}

describe('a run with more messages than the rate limit of a minute', () => {
	it('sends every message once, none fails, and the limit is never exceeded', async () => {
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
		await set({ rateLimit: 40 });
		const runs = await Promise.all(
			[1000, 2000].map((first) => send({ items: phones(first, 40), credentialId: 'shared' })),
		);
		expect(runs.map(({ success }) => success.length)).toEqual([40, 40]);
		const { accepted, maxPerRecipient, maxPerWindow, limited: refused } = report();
		expect([accepted, maxPerRecipient]).toEqual([80, 1]);
		// The other run may have a request in flight when the response to the last one of the window arrives.
		expect(maxPerWindow).toBeLessThanOrEqual(41);
		expect(refused).toBeLessThanOrEqual(2);
	});

	it('never exceeds the limit when the login reaches it', async () => {
		// Room for the login and the message.
		await set({ rateLimit: 2 });
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
	it.each([
		['Retry-After', () => ({ 'Retry-After': '1' })],
		['X-RateLimit-Reset', () => ({ 'X-RateLimit-Reset': String(Math.floor(time.now() / 1000) + 1) })],
	])('delays the message as long as %s says', async (_header, headers) => {
		const messages = spyOnLog();
		limited(headers());
		const { error, success } = await send({ items: phones(1000, 3) });
		expect(error).toBeUndefined();
		expect(success).toHaveLength(3);
		const [refused, repeated, ...others] = fixture.sandbox.requests();
		expect([refused.status, repeated.status, others.length]).toEqual([429, 201, 2]);
		expect(repeated.body).toEqual(refused.body);
		expect(repeated.at - refused.at).toBeGreaterThanOrEqual(1_000);
		expect(repeated.at - refused.at).toBeLessThan(2_000);
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
	const PAUSE = { 'Retry-After': '30' };

	it('holds all runs that use the credential', async () => {
		holdSleeps();
		limited(PAUSE);
		const first = send({ items: phones(1000, 20), credentialId: 'shared' });
		await sleeping(1);
		const second = send({ items: phones(2000, 20), credentialId: 'shared' });
		await sleeping(2);
		expect(fixture.sandbox.requests()).toHaveLength(1);
		wakeAll();
		await Promise.all([first, second]);
		expect(report()).toMatchObject({ accepted: 40, maxPerRecipient: 1 });
	});

	it('does not hold runs that use another credential', async () => {
		holdSleeps();
		limited(PAUSE);
		const held = send({ items: phones(1000, 20), credentialId: 'held' });
		await sleeping(1);
		const { success } = await send({ items: phones(2000, 20), credentialId: 'other' });
		expect(success).toHaveLength(20);
		expect(report().accepted).toBe(20);
		wakeAll();
		await held;
		expect(report()).toMatchObject({ accepted: 40, maxPerRecipient: 1 });
	});

	it("is announced in n8n's log if it is long", async () => {
		const messages = spyOnLog();
		limited({ 'Retry-After': '42' });
		await send({});
		expect(messages.join('\n')).toMatch(/NativeMsg waits 4[12] s: .*limit/);
		expect(messages.join('\n')).not.toContain(fixture.sandbox.apiKey);
	});

	it.each<[string, () => Promise<void>]>([
		['a refusal', async () => limited({ 'Retry-After': '80' })],
		['the last request of the window', () => set({ rateLimit: 1, rateWindowMs: 80_000 })],
	])('ends immediately when the execution is canceled: after %s', async (_what, close) => {
		await close();
		holdSleeps();
		const cancelWhen = sleeping(1);
		const running = send({ items: phones(1000, 2), cancelWhen });
		const [pause] = await cancelWhen;
		expect(pause).toBeGreaterThan(60_000);
		// Only the grace after the cancellation passes.
		void running.then(wakeAll);
		expect((await running).status).toBe('canceled');
		expect(fixture.sandbox.requests()).toHaveLength(1);
	});
});
