import type { IDataObject } from 'n8n-workflow';
import { useTrigger } from '../support/triggerFixture';
import type { TriggerHarness } from '../support/triggerHarness';

const INBOUND = { events: ['inboundMessage'] };

const fixture = useTrigger('nativeMessage', INBOUND);
const subscriptions = () => fixture.sandbox.webhooks.subscriptions();
const removed = () => fixture.sandbox.requests().filter(({ method }) => method === 'DELETE');
const registration = () => fixture.trigger.staticData().registration as IDataObject;

describe('a copy of a published workflow', () => {
	let original: string;
	let exported: string;
	let copy: TriggerHarness;

	beforeEach(async () => {
		const { trigger } = fixture;
		await trigger.activate();
		[{ id: original }] = subscriptions();
		exported = trigger.stored;
		copy = trigger;
	});

	/** What makes it a copy: all else is as in the original. */
	const COPIES: Array<[string, (copy: TriggerHarness) => void]> = [
		['in another n8n', (one) => (one.instanceId = 'another instance')],
		['under another address', (one) => (one.publicUrl = 'http://localhost:5678')],
		['under another ID', (one) => (one.workflowId = 'copy')],
		['under another webhook path', (one) => (one.webhookId = 'pasted')],
		[
			'in another n8n, under another address and ID',
			(one) => {
				one.instanceId = 'another instance';
				one.publicUrl = 'http://localhost:5678';
				one.workflowId = 'copy';
			},
		],
	];

	test.each(COPIES)('leaves the subscription of the original alone, published %s', async (_where, change) => {
		change(copy);
		copy.restart();
		await copy.activate();
		expect(removed()).toEqual([]);
		expect(subscriptions().map(({ id }) => id)).toEqual([original, registration().id]);
		expect(copy.logs).toEqual([expect.stringMatching(new RegExp(`^warn: .*${original}.*left alone`))]);

		await copy.deactivate();
		expect(subscriptions().map(({ id }) => id)).toEqual([original]);
		expect(removed()).toHaveLength(1);
	});

	test.each(COPIES)(
		'leaves it alone, unpublished %s before it was ever published',
		async (_where, change) => {
			change(copy);
			await copy.deactivate();
			expect(subscriptions().map(({ id }) => id)).toEqual([original]);
			expect(removed()).toEqual([]);
			expect(registration()).toBeUndefined();
		},
	);

	test('leaves it alone when publishing fails', async () => {
		copy.workflowId = 'copy';
		fixture.sandbox.addFault({ kind: 'status', status: 403 });
		await expect(copy.activate()).rejects.toThrow();
		expect(subscriptions().map(({ id }) => id)).toEqual([original]);
		expect(removed()).toEqual([]);
	});

	test('contains nothing that would let others sign requests', () => {
		expect(exported).not.toContain(fixture.secret());
		expect(
			Object.keys(
				(JSON.parse(exported) as Record<string, IDataObject>)['node:NativeMsg Trigger']
					.registration as object,
			).sort(),
		).toEqual(['check', 'events', 'id', 'instance', 'salt', 'url', 'workflow']);
	});
});

test('the same workflow at the same address keeps its subscription across a restart', async () => {
	const { trigger } = fixture;
	await trigger.activate();
	trigger.restart();
	await trigger.activate('init');
	expect(subscriptions()).toHaveLength(1);
	expect(removed()).toEqual([]);
});

describe('when the key in the credential is replaced', () => {
	const hello = async () => {
		await fixture.receive({ from: '+12015550123', text: 'Hello' });
		return fixture.trigger.executions.length;
	};

	beforeEach(async () => {
		await fixture.trigger.activate();
		await hello();
		// The sandbox accepts either.
		fixture.trigger.credential.authentication = 'accessToken';
		fixture.trigger.credential.accessToken = fixture.sandbox.token;
		jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 5_000);
	});
	afterEach(() => jest.spyOn(Date, 'now').mockRestore());

	test('a running process still knows the secret', async () => {
		expect(await hello()).toBe(2);
	});

	test('a restart replaces the old subscription with a new one', async () => {
		const [{ id }] = subscriptions();
		fixture.trigger.restart();
		await fixture.trigger.activate('init');
		expect(subscriptions()).toHaveLength(1);
		expect(subscriptions()[0].id).not.toBe(id);
		expect(await hello()).toBe(2);
	});

	test('a process that did not know the secret says what to do, until it is published again', async () => {
		const { trigger } = fixture;
		trigger.restart();
		await fixture.control('POST', 'inbound-message', {
			service: 'nativeMessage',
			from: '+12015550123',
			text: 'Hello',
		});
		await fixture.sandbox.webhooks.idle();
		expect(trigger.executions).toHaveLength(1);
		expect(trigger.logs[0]).toMatch(/key or password in the credential .* Unpublish and publish it/);
		await trigger.deactivate();
		await trigger.activate();
		expect(await hello()).toBe(2);
	});
});
