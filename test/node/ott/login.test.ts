import type { Fault } from '../../../sandbox/server';
import { startSandbox } from '../../../sandbox/server';
import { Engine } from '../../support/engine';

const send = {
	resource: 'message',
	operation: 'sendSession',
	channelId: 'chan_viber',
	to: '+12015550123',
	text: 'Thank you for your inquiry!',
};

async function sendWith(...faults: Fault[]) {
	const sandbox = await startSandbox();
	faults.forEach((fault) => sandbox.addFault(fault));
	const engine = await Engine.start({
		service: 'nativeMessage',
		authentication: 'usernamePassword',
		username: 'sandbox',
		password: sandbox.password,
		nativeMessageUrl: sandbox.ottBaseUrl,
	});
	const outcome = await engine.run({ node: 'nativeMsgOtt', parameters: send });
	await sandbox.close();
	return { ...outcome, accepted: sandbox.report().ott.accepted };
}

const login = { path: '/auth/login' };

test('a log-in that fails for a moment is repeated, and the message is sent once', async () => {
	const { error, accepted } = await sendWith({ kind: 'status', status: 500, match: login });
	expect(error).toBeUndefined();
	expect(accepted).toBe(1);
});

test('a log-in that keeps failing leaves no doubt that nothing was sent', async () => {
	const { error, accepted } = await sendWith({ kind: 'status', status: 500, match: login, times: 100 });
	expect(error?.httpCode).toBe('500');
	expect(error?.description).not.toMatch(/not known/);
	expect(accepted).toBe(0);
});

test('the token of a log-in never shows, even if the API repeats it', async () => {
	const sandbox = await startSandbox();
	const engine = await Engine.start({
		service: 'nativeMessage',
		authentication: 'usernamePassword',
		username: 'sandbox',
		password: sandbox.password,
		nativeMessageUrl: sandbox.ottBaseUrl,
	});
	const repeatTheToken = async () => {
		// Which token it will be is known only after the log-in, which the first of the two items causes.
		const running = engine.run({
			node: 'nativeMsgOtt',
			parameters: send,
			items: [{}, {}],
			onError: 'continueErrorOutput',
		});
		while (!engine.storedCredential().sessionToken) await new Promise((resolve) => setTimeout(resolve, 1));
		const body = { error: `${String(engine.storedCredential().sessionToken)} has no access` };
		sandbox.addFault({ kind: 'status', status: 403, body, match: { path: '/ott' }, times: 2 });
		return await running;
	};
	const { failed } = await repeatTheToken();
	await sandbox.close();
	expect(failed[0].json.error).toMatch(/^\*\*\* has no access \[item \d\]$/);
});

test('a wrong password is tried for one item only, so that it locks no account', async () => {
	const sandbox = await startSandbox();
	const engine = await Engine.start({
		service: 'nativeMessage',
		authentication: 'usernamePassword',
		username: 'sandbox',
		password: 'not-the-right-one',
		nativeMessageUrl: sandbox.ottBaseUrl,
	});
	const items = [{}, {}, {}, {}, {}];
	const { failed } = await engine.run({
		node: 'nativeMsgOtt',
		parameters: send,
		items,
		onError: 'continueErrorOutput',
	});
	await sandbox.close();
	expect(failed.map(({ json }) => json.error)).toEqual(
		items.map((_item, index) =>
			index === 0
				? 'invalid username or password [item 0]'
				: `NativeMessage OTT refused the credential, so this item wasn't tried: invalid username or password [item ${index}]`,
		),
	);
	// n8n itself tries a refused log-in a second time.
	expect(sandbox.requests()).toHaveLength(2);
});
