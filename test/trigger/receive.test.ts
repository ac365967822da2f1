import type { IDataObject } from 'n8n-workflow';
import { createHmac } from 'node:crypto';
import { SECRET, useTrigger } from '../support/triggerFixture';

const ALL = ['inboundMessage', 'postback', 'deliveryReport', 'read', 'other'];

describe('the trigger receiving NativeMessage events', () => {
	const fixture = useTrigger('nativeMessage', { events: ['inboundMessage'] });

	async function sendWhatsApp(destination: string): Promise<void> {
		const { ottBaseUrl, token, webhooks } = fixture.sandbox;
		const response = await fetch(`${ottBaseUrl}/ott/messages`, {
			method: 'POST',
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: JSON.stringify({
				channel_id: 'chan_whatsapp',
				destination,
				template_id: 'tmpl_order',
				parameters: ['A', 'B'],
			}),
		});
		expect(response.status).toBe(201);
		await webhooks.idle();
	}

	test('starts one execution with the documented fields for an inbound message', async () => {
		const { trigger } = fixture;
		await trigger.activate();
		await fixture.receive({ from: '+12015550123', text: 'Please stop' });
		expect(trigger.executions).toHaveLength(1);
		const [raw] = fixture.sandbox.webhooks.deliveries().map(({ event }) => event as IDataObject);
		expect(trigger.items()).toEqual([
			{
				event: 'inboundMessage',
				messageId: raw.message_id,
				humanId: null,
				from: '+12015550123',
				to: raw.destination,
				channel: null,
				text: 'Please stop',
				media: null,
				payload: null,
				status: null,
				error: null,
				occurredAt: new Date(raw.received_at as string).toISOString(),
				keyword: null,
				raw,
			},
		]);
		expect(fixture.sandbox.webhooks.deliveries()).toMatchObject([{ attempt: 1, status: 200 }]);
	});

	test('starts for delivery reports only if they are selected', async () => {
		const { trigger } = fixture;
		await trigger.activate();
		await sendWhatsApp('+12025550140');
		expect(trigger.executions).toEqual([]);

		await trigger.update({ events: ['deliveryReport'] });
		await sendWhatsApp('+12025550140');
		await sendWhatsApp('+12025550199');
		await fixture.receive({ from: '+12015550123', text: 'Hello' });
		expect(trigger.items()).toMatchObject([
			{ event: 'deliveryReport', to: '+12025550140', status: 'delivered', error: null },
			{ event: 'deliveryReport', to: '+12025550199', status: 'failed', error: '2' },
		]);
	});

	test('starts for the message.* events that "Other" subscribes to', async () => {
		const { trigger } = fixture;
		trigger.parameters = { events: ['other'] };
		await trigger.activate();
		const [{ id, events }] = fixture.sandbox.webhooks.subscriptions();
		for (const event of events!) {
			await fixture.deliver({ subscriptionId: id, event: { event, message_id: `msg ${event}` } });
		}
		expect(trigger.items().map(({ raw }) => (raw as IDataObject).event)).toEqual(events);
	});

	test("accepts a body signed as re-serialized JSON, as in the service's sample", async () => {
		const { trigger } = fixture;
		await fixture.control('PUT', 'settings', { signReserialised: true });
		await trigger.activate();
		await fixture.receive({ from: '+12015550123', text: 'Hello' });
		expect(trigger.items()).toHaveLength(1);
	});

	test('receives what happened while n8n was offline once, with a retry', async () => {
		const { trigger } = fixture;
		await trigger.activate();
		const [{ id }] = fixture.sandbox.webhooks.subscriptions();
		trigger.isOnline = false;
		await fixture.control('POST', 'inbound-message', {
			service: 'nativeMessage',
			from: '+12015550123',
			text: 'Hello',
		});
		const deliveries = () => fixture.sandbox.webhooks.deliveries();
		while (deliveries().at(-1)?.status !== 404) await new Promise((resolve) => setTimeout(resolve, 1));
		trigger.isOnline = true;
		await fixture.sandbox.webhooks.idle();
		expect(deliveries().at(-1)).toMatchObject({ subscriptionId: id, status: 200 });
		expect(trigger.executions).toHaveLength(1);
	});
});

describe('the trigger receiving nativeMsg events', () => {
	const fixture = useTrigger('nativeMsg', { events: ALL });
	const hook = () => ({ url: fixture.trigger.url, secret: SECRET });

	beforeEach(() => fixture.trigger.activate());

	test('starts one execution with the documented fields for an inbound message', async () => {
		const { trigger } = fixture;
		await fixture.control('POST', 'webhooks/nativemsg', { ...hook(), check: 'signature' });
		await fixture.receive({ from: '+12025550140', text: ' stop. ', media: 'https://example.com/a.png' });
		expect(trigger.executions).toHaveLength(1);
		const [raw] = fixture.sandbox.webhooks.deliveries().map(({ event }) => event as IDataObject);
		expect(trigger.items()).toEqual([
			{
				event: 'inboundMessage',
				messageId: String(raw.id),
				humanId: String(raw.humandId),
				from: null,
				to: null,
				channel: String(raw.channelId),
				text: ' stop. ',
				media: 'https://example.com/a.png',
				payload: null,
				status: 'delivered',
				error: null,
				occurredAt: new Date(`${raw.delivered as string}Z`).toISOString(),
				keyword: 'STOP',
				raw,
			},
		]);
	});

	test('reports a tapped button as a postback', async () => {
		await fixture.control('POST', 'webhooks/nativemsg', { ...hook(), check: 'signature' });
		await fixture.receive({ from: '+12025550140', payload: 'YES' });
		expect(fixture.trigger.items()).toMatchObject([{ event: 'postback', payload: 'YES', text: null }]);
	});

	test.each(ALL)('starts only for %s if only that is selected', async (chosen) => {
		const { trigger } = fixture;
		trigger.parameters = { events: [chosen] };
		const event = [
			{ id: 1, messageType: 'I', message: { text: 'Hello' } },
			{ id: 2, messageType: 'I', message: { payload: 'YES' } },
			{ id: 3, messageType: 'O', status: 'D' },
			{ id: 4, messageType: 'O', status: 'R' },
			{ id: 5, kind: 'something new' },
		];
		await fixture.deliver({ ...hook(), event });
		expect(trigger.items()).toMatchObject([{ event: chosen, messageId: String(ALL.indexOf(chosen) + 1) }]);
	});

	test('starts one execution with several items for several events in one body', async () => {
		const event = [1, 2, 3].map((id) => ({ id, messageType: 'I', message: { text: `Text ${id}` } }));
		await fixture.deliver({ ...hook(), event });
		await fixture.deliver({ ...hook(), event: [event[2], { ...event[0], id: 4 }] });
		expect(fixture.trigger.executions.map(({ items }) => items.map(({ json }) => json.messageId))).toEqual([
			['1', '2', '3'],
			['4'],
		]);
	});

	test('starts nothing for a duplicate, concurrent, later, or after a restart', async () => {
		const { trigger } = fixture;
		const event = { id: 7, messageType: 'I', message: { text: 'Hello' } };
		await fixture.deliver({ ...hook(), event, times: 20 });
		await fixture.deliver({ ...hook(), event });
		trigger.restart();
		expect(await fixture.deliver({ ...hook(), event })).toMatchObject({ status: 200 });
		expect(trigger.executions).toHaveLength(1);
	});

	test('stores nothing for n8n to write to its database if there is nothing new to remember', async () => {
		const { trigger } = fixture;
		trigger.parameters = { events: ['inboundMessage'] };
		await fixture.deliver({ ...hook(), event: { id: 3, messageType: 'O', status: 'D' } });
		expect(trigger.staticData()).not.toHaveProperty('seen');
		await fixture.deliver({ ...hook(), event: { id: 4, messageType: 'I' } });
		expect(trigger.staticData()).toHaveProperty('seen');
	});

	test('recognizes an event from just before a restart', async () => {
		const { trigger } = fixture;
		const event = { id: 8, messageType: 'I', message: { text: 'Hello' } };
		await fixture.deliver({ ...hook(), event });
		trigger.restart();
		await fixture.deliver({ ...hook(), event });
		expect(trigger.executions).toHaveLength(1);
	});

	test('starts for each of two events whose IDs differ only beyond 2^53', async () => {
		const { trigger } = fixture;
		for (const id of ['9007199254740992', '9007199254740993']) {
			const body = `{"id":${id},"messageType":"I","message":{"text":"Hello"}}`;
			const signature = createHmac('sha256', SECRET).update(body).digest('hex');
			const headers = { 'content-type': 'application/json', 'x-webhook-signature': signature };
			await fetch(trigger.url, { method: 'POST', headers, body });
		}
		await trigger.idle();
		expect(trigger.items().map(({ messageId }) => messageId)).toEqual([
			'9007199254740992',
			'9007199254740993',
		]);
	});

	test('starts the workflow for each delivery with a window of 0', async () => {
		const { trigger } = fixture;
		trigger.parameters = { events: ALL, options: { duplicateHours: 0 } };
		await fixture.deliver({ ...hook(), event: { id: 7, messageType: 'I' }, times: 3 });
		expect(trigger.executions).toHaveLength(3);
	});
});
