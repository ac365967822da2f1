import type { IDataObject } from 'n8n-workflow';
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { SECRET, useTrigger } from '../support/triggerFixture';
import type { TriggerHarness } from '../support/triggerHarness';

const EVENT = { id: 1, channelId: 601, messageType: 'I', message: { text: 'Hello' } };
const BODY = JSON.stringify(EVENT);
const JSON_TYPE = { 'content-type': 'application/json' };

const hex = (body: string | Buffer, secret = SECRET) =>
	createHmac('sha256', secret).update(body).digest('hex');
const signed = (body: string | Buffer, secret = SECRET) => ({
	...JSON_TYPE,
	'x-webhook-signature': hex(body, secret),
});

/** Sends exactly these bytes. */
async function post(trigger: TriggerHarness, body: string | Buffer, headers: Record<string, string>) {
	const response = await fetch(trigger.url, { method: 'POST', headers, body: body as BodyInit });
	const answer = { status: response.status, body: await response.text() };
	await trigger.idle();
	return answer;
}

const ACCEPTED = { status: 200, body: '{"received":true}' };
const UNAUTHORIZED = { status: 401, body: '' };
/** Which one it is for a body of another type is the node's choice. */
const REFUSALS = [400, 401, 415].map((status) => ({ status, body: '' }));

describe('the checks of the trigger for nativeMsg', () => {
	const fixture = useTrigger('nativeMsg', { events: ['inboundMessage', 'other'] });

	beforeEach(() => fixture.trigger.activate());

	/** An event with an object so many levels deep. */
	const nested = (levels: number) => {
		let value: unknown = [1];
		for (let level = 2; level < levels; level++) value = { first: 1, part: value };
		return JSON.stringify({ ...EVENT, part: value, last: null });
	};

	test.each([
		[100, 200],
		[101, 400],
	])('respond to a body that is %i levels deep with %i', async (levels, status) => {
		const body = nested(levels);
		expect(await post(fixture.trigger, body, signed(body))).toMatchObject({ status });
		expect(fixture.trigger.executions).toHaveLength(status === 200 ? 1 : 0);
	});

	test.each(['application/vnd.api+json', 'Application/JSON; charset=utf-8'])(
		'accept the content type %s as JSON',
		async (type) => {
			const answer = await post(fixture.trigger, BODY, { ...signed(BODY), 'content-type': type });
			expect(answer).toEqual(ACCEPTED);
		},
	);

	test('respond to a genuine delivery immediately with {"received":true}', async () => {
		expect(await post(fixture.trigger, BODY, signed(BODY))).toEqual(ACCEPTED);
		expect(fixture.trigger.executions).toHaveLength(1);
	});

	test('respond the same way to an unwanted event and to a duplicate, so that it is not sent again', async () => {
		const { trigger } = fixture;
		await post(trigger, BODY, signed(BODY));
		expect(await post(trigger, BODY, signed(BODY))).toEqual(ACCEPTED);
		const report = JSON.stringify({ id: 2, messageType: 'O', status: 'D' });
		expect(await post(trigger, report, signed(report))).toEqual(ACCEPTED);
		expect(trigger.executions).toHaveLength(1);
	});

	test.each<[string, Record<string, string>, RegExp]>([
		['another secret', signed(BODY, 'another'), /doesn't match/],
		['no signature', JSON_TYPE, /missing/],
		['an empty one', { ...JSON_TYPE, 'x-webhook-signature': '' }, /neither hex nor base64/],
		['one of another body', signed(`${BODY} `), /doesn't match/],
		['the secret instead of a signature', { ...JSON_TYPE, 'x-webhook-signature': SECRET }, /neither hex/],
	])('respond with 401 and nothing else, and log the reason: %s', async (_name, headers, reason) => {
		const { trigger } = fixture;
		expect(await post(trigger, BODY, headers)).toEqual(UNAUTHORIZED);
		expect(trigger.executions).toEqual([]);
		expect(trigger.logs).toEqual([expect.stringMatching(/^warn: NativeMsg Trigger rejected a request/)]);
		expect(trigger.logs[0]).toMatch(reason);
		expect(trigger.logs[0]).not.toContain(SECRET);
	});

	test.each(['header-twice', 'wrong-secret', 'missing-header'])('refuse the forgery %s', async (forge) => {
		const { trigger } = fixture;
		expect(await fixture.deliver({ url: trigger.url, secret: SECRET, event: EVENT, forge })).toEqual(
			UNAUTHORIZED,
		);
		expect(trigger.executions).toEqual([]);
	});

	test.each(['', ' , '])('refuse everything if the credential has no secret (%j)', async (webhookSecret) => {
		const { trigger } = fixture;
		trigger.credential.webhookSecret = webhookSecret;
		expect(await post(trigger, BODY, signed(BODY))).toEqual(UNAUTHORIZED);
		trigger.parameters = { events: ['inboundMessage'], check: 'sharedSecret' };
		expect(await post(trigger, BODY, { ...JSON_TYPE, 'x-webhook-signature': '' })).toEqual(UNAUTHORIZED);
		expect(trigger.executions).toEqual([]);
	});

	test('refuse a delivery if the credential of a published workflow is now for NativeMessage', async () => {
		const { trigger } = fixture;
		trigger.credential.service = 'nativeMessage';
		expect(await post(trigger, BODY, signed(BODY))).toEqual(UNAUTHORIZED);
		expect(trigger.logs.join()).toMatch(/no secret is stored/);
	});

	test.each(['old-secret', 'new-secret'])(
		'accept the %s while one secret replaces the other',
		async (secret) => {
			const { trigger } = fixture;
			trigger.credential.webhookSecret = 'new-secret, old-secret';
			expect(await post(trigger, BODY, signed(BODY, secret))).toEqual(ACCEPTED);
		},
	);

	test('refuse a secret five seconds after it was removed from the credential', async () => {
		const { trigger } = fixture;
		expect(await post(trigger, BODY, signed(BODY))).toEqual(ACCEPTED);
		trigger.credential.webhookSecret = 'another';
		const later = Date.now() + 5_000;
		const clock = jest.spyOn(Date, 'now').mockReturnValue(later);
		try {
			expect(await post(trigger, BODY, signed(BODY))).toEqual(UNAUTHORIZED);
		} finally {
			clock.mockRestore();
		}
	});

	test('accept the signature in another header', async () => {
		const { trigger } = fixture;
		trigger.parameters = { events: ['inboundMessage'], headerName: 'X-Hub-Signature-256' };
		const headers = { ...JSON_TYPE, 'x-hub-signature-256': `sha256=${hex(BODY)}` };
		expect(await post(trigger, BODY, signed(BODY))).toEqual(UNAUTHORIZED);
		expect(await post(trigger, BODY, headers)).toEqual(ACCEPTED);
	});

	test('accept the shared secret in a header', async () => {
		const { trigger } = fixture;
		trigger.parameters = { events: ['inboundMessage'], check: 'sharedSecret', headerName: 'X-Bot-Secret' };
		expect(await post(trigger, BODY, JSON_TYPE)).toEqual(UNAUTHORIZED);
		expect(await post(trigger, BODY, { ...JSON_TYPE, 'x-bot-secret': `${SECRET}x` })).toEqual(UNAUTHORIZED);
		await fixture.control('POST', 'webhooks/nativemsg', {
			url: trigger.url,
			secret: SECRET,
			check: 'header',
			header: 'X-Bot-Secret',
		});
		await fixture.receive({ from: '+12025550140', text: 'Hello' });
		expect(trigger.executions).toHaveLength(1);
		expect(JSON.stringify([trigger.logs, trigger.items()])).not.toContain(SECRET);
	});

	test('accept everything if the user turned them off', async () => {
		const { trigger } = fixture;
		trigger.parameters = { events: ['inboundMessage'], check: 'none' };
		expect(await post(trigger, BODY, JSON_TYPE)).toEqual(ACCEPTED);
		expect(trigger.executions).toHaveLength(1);
	});

	test.each(['"text"', '5', 'null', '[]', '[1]'])('respond with 400 to the non-event %s', async (body) => {
		expect(await post(fixture.trigger, body, signed(body))).toEqual({ status: 400, body: '' });
		expect(fixture.trigger.executions).toEqual([]);
	});

	test('leave invalid JSON to n8n, which responds before the node runs', async () => {
		const body = BODY.slice(0, -1);
		expect(await post(fixture.trigger, body, signed(body))).toMatchObject({ status: 422 });
		expect(fixture.trigger.executions).toEqual([]);
	});

	test('respond with 413 to more than 1 MB, genuine or not', async () => {
		const { trigger } = fixture;
		const body = JSON.stringify({ ...EVENT, padding: 'x'.repeat(1_000_000) });
		expect(await post(trigger, body, signed(body))).toEqual({ status: 413, body: '' });
		expect(await post(trigger, body, JSON_TYPE)).toEqual({ status: 413, body: '' });
		expect(trigger.executions).toEqual([]);
	});

	test('accept a body of exactly 1,000,000 bytes, and no byte more', async () => {
		const { trigger } = fixture;
		const bodyOf = (bytes: number) => {
			const padding = bytes - JSON.stringify({ ...EVENT, padding: '' }).length;
			return JSON.stringify({ ...EVENT, padding: 'x'.repeat(padding) });
		};
		const [largest, tooLarge] = [bodyOf(1_000_000), bodyOf(1_000_001)];
		expect(await post(trigger, tooLarge, signed(tooLarge))).toMatchObject({ status: 413 });
		expect(await post(trigger, largest, signed(largest))).toMatchObject({ status: 200 });
		expect(trigger.executions).toHaveLength(1);
	});

	test.each([
		'text/plain',
		'x-application/json',
		'application/x-www-form-urlencoded',
		'application/octet-stream',
	])('refuse the content type %s even with the right signature', async (type) => {
		const { trigger } = fixture;
		const answer = await post(trigger, BODY, { ...signed(BODY), 'content-type': type });
		expect(trigger.executions).toEqual([]);
		expect(REFUSALS).toContainEqual(answer);
	});

	test('refuse a form, whose bytes n8n does not keep for the check, and start nothing', async () => {
		const { trigger } = fixture;
		const body = '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n';
		const headers = { ...signed(body), 'content-type': 'multipart/form-data; boundary=b' };
		const answer = await post(trigger, body, headers);
		expect(trigger.executions).toEqual([]);
		expect(REFUSALS).toContainEqual(answer);
	});

	test('report a pattern that is not a regular expression when the workflow is published', async () => {
		const { trigger } = fixture;
		await expect(
			trigger.update({ events: ['inboundMessage'], filters: { pattern: 'order (' } }),
		).rejects.toThrow(/pattern/i);
	});
});

describe('the checks of the trigger for NativeMessage', () => {
	const fixture = useTrigger('nativeMessage', { events: ['inboundMessage'] });
	const mo = (id: string) => JSON.stringify({ event: 'mo', message_id: id, source: '+1', content: 'Hello' });
	const secret = () => fixture.secret();

	test('ignore the check fields for nativeMsg', async () => {
		const { trigger } = fixture;
		trigger.parameters = { events: ['inboundMessage'], check: 'none', headerName: 'X-Other' };
		await trigger.activate();
		expect(await post(trigger, mo('1'), JSON_TYPE)).toEqual(UNAUTHORIZED);
		expect(await post(trigger, mo('1'), signed(mo('1'), secret()))).toEqual(ACCEPTED);
	});

	/** Starts a delivery whose end comes after something else has happened. */
	async function deliverAcross(meanwhile: () => Promise<void>): Promise<void> {
		const { trigger } = fixture;
		const body = mo('slow');
		const headers = { ...signed(body, secret()), 'content-length': String(body.length) };
		const slow = request(trigger.url, { method: 'POST', headers });
		slow.write(body.slice(0, 10));
		await new Promise((resolve) => setTimeout(resolve, 50));
		await meanwhile();
		await new Promise((resolve) => slow.on('response', resolve).end(body.slice(10)));
		await trigger.idle();
	}

	/** That n8n and the service agree about the registration. */
	async function expectToBeReached(): Promise<void> {
		const [{ id }] = fixture.sandbox.webhooks.subscriptions();
		const next = await fixture.deliver({ subscriptionId: id, event: JSON.parse(mo('next')) as IDataObject });
		expect(next).toMatchObject({ status: 200 });
	}

	test('leave the new secret alone if a delivery is in progress while the webhook is registered again', async () => {
		const { trigger } = fixture;
		await trigger.activate();
		await deliverAcross(() => trigger.update({ events: ['inboundMessage', 'deliveryReport'] }));
		await expectToBeReached();
	});

	test('do not restore the registration if a delivery is in progress while the workflow is unpublished', async () => {
		const { trigger } = fixture;
		await trigger.activate();
		await deliverAcross(() => trigger.deactivate());
		await trigger.activate();
		await expectToBeReached();
	});
});
