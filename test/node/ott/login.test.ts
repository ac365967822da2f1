import type { Fault } from '../../../sandbox/server';
import type { NodeRun } from '../../support/engine';
import { Engine } from '../../support/engine';
import { ottCredential, useFixture } from '../../support/fixture';

const fixture = useFixture();

const send = {
	resource: 'message',
	operation: 'sendSession',
	channelId: 'chan_viber',
	to: '+12015550123',
	text: 'Thank you for your inquiry!',
};

const engineWith = (password = fixture.sandbox.password) =>
	Engine.start(
		ottCredential(fixture.sandbox, { authentication: 'usernamePassword', username: 'sandbox', password }),
	);
const run = (engine: Engine, others: Partial<NodeRun> = {}) =>
	engine.run({ node: 'nativeMsgOtt', parameters: send, ...others });
const failLogIn = (times: number): Fault => ({
	kind: 'status',
	status: 500,
	match: { path: '/auth/login' },
	times,
});

test('a login that fails for a moment is repeated, and the message is sent once', async () => {
	fixture.sandbox.addFault(failLogIn(1));
	const { error } = await run(await engineWith());
	expect(error).toBeUndefined();
	expect(fixture.sandbox.report().ott.accepted).toBe(1);
});

test('a login that keeps failing leaves no doubt that nothing was sent', async () => {
	fixture.sandbox.addFault(failLogIn(100));
	const { error } = await run(await engineWith());
	expect(error?.httpCode).toBe('500');
	expect(error?.description).not.toMatch(/not known/);
	expect(fixture.sandbox.report().ott.accepted).toBe(0);
});

test('the token of a login never shows, even if the API repeats it', async () => {
	const engine = await engineWith();
	// Which token it will be is known only after the login, which the first of the two items causes.
	const running = run(engine, { items: [{}, {}], onError: 'continueErrorOutput' });
	while (!engine.storedCredential().sessionToken) await new Promise((resolve) => setTimeout(resolve, 1));
	const body = { error: `${String(engine.storedCredential().sessionToken)} has no access` };
	fixture.sandbox.addFault({ kind: 'status', status: 403, body, match: { path: '/ott' }, times: 2 });
	const { failed } = await running;
	expect(failed[0].json.error).toMatch(/^\*\*\* has no access \[item \d\]$/);
});

test('a wrong password is tried for one item only, so that it locks no account', async () => {
	const items = [{}, {}, {}, {}, {}];
	const { failed } = await run(await engineWith('not-the-right-one'), {
		items,
		onError: 'continueErrorOutput',
	});
	const [first, ...others] = failed.map(({ json }) => json.error);
	expect(first).toBe('invalid username or password [item 0]');
	expect(others).toEqual(
		[1, 2, 3, 4].map(
			(index) =>
				`NativeMessage refused the credential, so this item wasn't tried: invalid username or password [item ${index}]`,
		),
	);
	// n8n itself tries a refused login a second time.
	expect(fixture.sandbox.requests()).toHaveLength(2);
});
