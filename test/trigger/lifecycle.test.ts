import type { INodePropertyOptions } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { triggerFields } from '../../nodes/NativeMsgTrigger/fields';
import { useTrigger } from '../support/triggerFixture';

const MO = { events: ['inboundMessage'] };
const MO_AND_DLR = { events: ['inboundMessage', 'deliveryReport'] };

/** What the contract names as events of a subscription. */
function documentedEvents(): string[] {
	const spec = parse(readFileSync(join(__dirname, '../../spec/nativemessage.openapi.yaml'), 'utf8'));
	const { events } = spec.components.schemas.WebhookSubscriptionCreate.properties;
	return events['x-documented-values'].map(({ value }: { value: string }) => value);
}

describe('the trigger for NativeMessage', () => {
	const fixture = useTrigger('nativeMessage', MO);
	const subscriptions = () => fixture.sandbox.webhooks.subscriptions();
	const requests = () => fixture.sandbox.requests().map(({ method, path }) => `${method} ${path}`);
	const inbound = { event: 'mo', message_id: 'msg_stale', source: '+12015550123', content: 'Hello' };

	test('registers the webhook when the workflow is published', async () => {
		const { trigger } = fixture;
		await trigger.activate();
		expect(subscriptions()).toMatchObject([{ url: trigger.url, events: ['mo'], secret: 'redacted' }]);
		expect(requests()).toEqual(['POST /api/v1/webhooks/subscriptions']);
	});

	test('makes a new secret each time, and shows it nowhere', async () => {
		const { trigger, sandbox } = fixture;
		await trigger.activate();
		const first = fixture.secret();
		await trigger.deactivate();
		await trigger.activate();
		const second = fixture.secret();
		await fixture.receive({ from: '+12015550123', text: 'Hello' });
		await fixture.deliver({ url: trigger.url, secret: 'wrong', event: inbound });

		expect([first, second]).toEqual([
			expect.stringMatching(/^[0-9a-f]{64}$/),
			expect.stringMatching(/^[0-9a-f]{64}$/),
		]);
		expect(first).not.toBe(second);
		expect(trigger.items()).toHaveLength(1);
		for (const shown of [trigger.logs, trigger.items(), sandbox.requests(), trigger.parameters]) {
			expect(JSON.stringify(shown)).not.toContain(first);
			expect(JSON.stringify(shown)).not.toContain(second);
		}
	});

	test.each(['activate', 'init'] as const)('has one webhook after another %s', async (mode) => {
		const { trigger } = fixture;
		await trigger.activate();
		trigger.restart();
		await trigger.activate(mode);
		expect(subscriptions()).toHaveLength(1);
		expect(requests()).toHaveLength(1);
		await fixture.receive({ from: '+12015550123', text: 'Hello' });
		expect(trigger.items()).toHaveLength(1);
	});

	test.each([
		['inboundMessage', ['mo']],
		['deliveryReport', ['dlr']],
		['read', ['dlr']],
		['other', ['message.delivered', 'message.failed']],
	])("subscribes to the service's events for %s", async (event, subscribed) => {
		const { trigger } = fixture;
		trigger.parameters = { events: [event] };
		await trigger.activate();
		expect(subscriptions()).toMatchObject([{ url: trigger.url, events: subscribed }]);
	});

	test('subscribes to all events of the service if everything is selected', async () => {
		const { trigger } = fixture;
		const field = triggerFields.find(({ name }) => name === 'events')!;
		trigger.parameters = { events: (field.options as INodePropertyOptions[]).map(({ value }) => value) };
		await trigger.activate();
		expect(subscriptions()[0].events).toEqual(documentedEvents().sort());
	});

	test('replaces the registration when the events change', async () => {
		const { trigger } = fixture;
		await trigger.activate();
		await trigger.update(MO_AND_DLR);
		expect(subscriptions()).toMatchObject([{ url: trigger.url, events: ['dlr', 'mo'] }]);
	});

	test('replaces the registration when the events change, even if n8n does not unpublish first', async () => {
		const { trigger } = fixture;
		await trigger.activate();
		trigger.parameters = MO_AND_DLR;
		await trigger.activate('init');
		expect(subscriptions()).toMatchObject([{ url: trigger.url, events: ['dlr', 'mo'] }]);
		await fixture.receive({ from: '+12015550123', text: 'Hello' });
		expect(trigger.items()).toHaveLength(1);
	});

	test('removes the registration and everything about it when the workflow is unpublished', async () => {
		const { trigger } = fixture;
		await trigger.activate();
		await trigger.deactivate();
		expect(subscriptions()).toEqual([]);
		expect(JSON.stringify(trigger.staticData())).not.toMatch(/[0-9a-f]{64}/);
		await trigger.deactivate();
		expect(requests()).toHaveLength(2);
	});

	test('ignores a registration that no longer exists', async () => {
		const { trigger, sandbox } = fixture;
		await trigger.activate();
		sandbox.reset();
		await trigger.deactivate();
		await trigger.activate();
		expect(subscriptions()).toHaveLength(1);
	});

	test('logs that the service refuses to remove the registration, and then refuses its requests', async () => {
		const { trigger } = fixture;
		await fixture.control('PUT', 'settings', { refuseDelete: true });
		await trigger.activate();
		const [{ id }] = subscriptions();
		await trigger.deactivate();
		expect(trigger.logs).toEqual([expect.stringMatching(`^warn: .*${id}.*NativeMessage dashboard`)]);

		// Published again, the URL is the same but the secret another.
		await trigger.activate();
		expect(subscriptions()).toHaveLength(2);
		const stale = await fixture.deliver({ subscriptionId: id, event: inbound });
		expect(stale).toMatchObject({ status: 401, body: '' });
		const [, { id: fresh }] = subscriptions();
		expect(await fixture.deliver({ subscriptionId: fresh, event: inbound })).toMatchObject({ status: 200 });
		expect(trigger.items()).toHaveLength(1);
	});

	test.each([404, 405])(
		'falls back to POST /webhooks if POST /webhooks/subscriptions responds with %i',
		async (status) => {
			const { trigger, sandbox } = fixture;
			if (status === 404) await fixture.control('PUT', 'settings', { subscriptionPath: 'webhooks' });
			else sandbox.addFault({ kind: 'status', status, match: { path: '^/webhooks/subscriptions$' } });
			await trigger.activate();
			expect(subscriptions()).toMatchObject([{ url: trigger.url, events: ['mo'] }]);
			await trigger.deactivate();
			expect(subscriptions()).toEqual([]);
		},
	);

	test('does not try the other path after any other refusal', async () => {
		const { trigger, sandbox } = fixture;
		sandbox.addFault({ kind: 'status', status: 403 });
		await expect(trigger.activate()).rejects.toMatchObject({
			message: expect.stringMatching(/account is not active(?!.*\[item)/),
			description: expect.stringMatching(/./),
		});
		expect(requests()).toEqual(['POST /api/v1/webhooks/subscriptions']);
		expect(JSON.stringify(trigger.staticData())).not.toContain('secret');
	});

	test('says what to do if the service is down', async () => {
		const { trigger } = fixture;
		// Nothing listens there.
		trigger.credential.nativeMessageUrl = 'http://127.0.0.1:1/api/v1';
		const error = (await trigger.activate().catch((thrown: unknown) => thrown)) as Error & {
			description: string;
		};
		expect(error.message).toMatch(/refused the connection/);
		expect(error.description).toMatch(/Base URL/);
		expect(JSON.stringify(error)).not.toMatch(/[0-9a-f]{64}/);
		expect(trigger.staticData().registration).toBeUndefined();
	});

	test('refuses to be published for button taps alone, which the service does not report', async () => {
		const { trigger, sandbox } = fixture;
		trigger.parameters = { events: ['postback'] };
		await expect(trigger.activate()).rejects.toMatchObject({
			message: expect.stringMatching(/no button taps.*Message Received/),
		});
		expect(sandbox.requests()).toEqual([]);
	});

	test('can be unpublished after its credential was deleted', async () => {
		const { trigger } = fixture;
		await trigger.activate();
		trigger.loseCredential();
		await trigger.deactivate();
		expect(trigger.logs).toEqual([expect.stringContaining(subscriptions()[0].id)]);
		expect(trigger.staticData().registration).toBeUndefined();
	});

	describe('while it listens for a test event', () => {
		test('registers a test webhook in addition to the production webhook', async () => {
			const { trigger } = fixture;
			await trigger.activate();
			const [production] = subscriptions();
			const stored = trigger.staticData();
			await trigger.listen();
			expect(subscriptions()).toEqual([production, expect.objectContaining({ url: trigger.testUrl })]);
			expect(trigger.staticData()).toEqual(stored);
		});

		test('starts the test with an event, and removes only the test webhook', async () => {
			const { trigger } = fixture;
			await trigger.activate();
			const [production] = subscriptions();
			await trigger.listen();
			await fixture.receive({ from: '+12015550123', text: 'Hello' });
			expect(trigger.executions.map(({ mode }) => mode).sort()).toEqual(['manual', 'webhook']);
			expect(subscriptions()).toEqual([production]);
			await fixture.receive({ from: '+12015550123', text: 'Once more' });
			expect(trigger.executions).toHaveLength(3);
		});

		test('removes the test webhook if it ends without an event', async () => {
			const { trigger } = fixture;
			await trigger.listen();
			await trigger.stopListening();
			expect(subscriptions()).toEqual([]);
		});

		test('keeps the test webhook if the workflow is unpublished in the meantime', async () => {
			const { trigger } = fixture;
			await trigger.activate();
			await trigger.listen();
			await trigger.deactivate();
			expect(subscriptions()).toMatchObject([{ url: trigger.testUrl }]);
		});
	});
});

describe('the trigger for nativeMsg', () => {
	const fixture = useTrigger('nativeMsg', MO);

	test('registers nothing and sends no request', async () => {
		const { trigger, sandbox } = fixture;
		await trigger.activate();
		await trigger.update(MO_AND_DLR);
		await trigger.listen();
		await trigger.stopListening();
		await trigger.deactivate();
		expect(sandbox.requests()).toEqual([]);
		expect(trigger.staticData()).toEqual({});
	});

	test.each(['signature', 'sharedSecret'])(
		'refuses to be published without a secret for the check %s',
		async (check) => {
			const { trigger } = fixture;
			trigger.credential.webhookSecret = ' ';
			trigger.parameters = { ...MO, check };
			await expect(trigger.activate()).rejects.toMatchObject({
				message: expect.stringMatching(/Webhook Secret.*Settings > Webhooks/),
			});
			trigger.parameters = { ...MO, check: 'none' };
			await trigger.activate();
		},
	);
});
