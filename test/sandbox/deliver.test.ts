import { createHmac, timingSafeEqual } from 'node:crypto';
import { FORGERIES } from '../../sandbox/forgeries';
import { useOtt } from './ottClient';
import { useReceiver, type Received } from './receiver';

const SECRET = 'a-secret-of-the-subscription';

const { sandbox, control, post } = useOtt();
const receiver = useReceiver();

const inbound = { event: 'mo', message_id: 'msg_9', source: '+12025550140', content: 'Grüße 👋' };
const report = { event: 'dlr', message_id: 'msg_8', status: 'delivered', error_code: null };
const record = { id: 7, humandId: 540, status: 'D', messageType: 'I', message: { text: 'Hello' } };

const deliver = (order: object) =>
	control('POST', 'deliver', { url: receiver.url(), secret: SECRET, ...order });
const hmac = (text: string | Buffer) => createHmac('sha256', SECRET).update(text).digest();

/** What a careful receiver accepts: JSON of reasonable size with one signature, of these bytes or of their compact form. */
function isGenuine({ headers, body }: Received): boolean {
	const signature = String(headers['x-webhook-signature']);
	return (
		headers['content-type'] === 'application/json' &&
		body.length < 1_000_000 &&
		/^[0-9a-f]{64}$/.test(signature) &&
		[body, compact(body)].some((text) => timingSafeEqual(Buffer.from(signature, 'hex'), hmac(text)))
	);
}

function compact(body: Buffer): string {
	try {
		return JSON.stringify(JSON.parse(body.toString()));
	} catch {
		return '';
	}
}

describe('POST /__sandbox/deliver', () => {
	it("sends an event as it is and returns the receiver's response", async () => {
		receiver.answer(202);
		expect(await deliver({ event: inbound })).toEqual({ status: 200, body: { status: 202, body: 'OK' } });
		expect(receiver.events()).toEqual([inbound]);
		expect(isGenuine(receiver.received()[0])).toBe(true);
		expect(sandbox().webhooks.deliveries()).toEqual([]);
	});

	it('sends to a subscription, whatever events it is for, and without retries', async () => {
		const subscription = { url: receiver.url('/sub'), events: ['dlr'], secret: SECRET };
		const { id } = (await post('/webhooks', subscription)).body;
		receiver.answer(500);
		const { body } = await control('POST', 'deliver', { subscriptionId: id, event: inbound });
		expect(body).toEqual({ status: 500, body: 'OK' });
		expect(receiver.events('/sub')).toEqual([inbound]);
		expect(isGenuine(receiver.received()[0])).toBe(true);
	});

	it('sends the same delivery several times concurrently', async () => {
		receiver.answerAfter(
			new Promise<void>((resolve) => {
				const timer = setInterval(() => {
					if (receiver.received().length < 3) return;
					clearInterval(timer);
					resolve();
				}, 2);
			}),
		);
		const ok = { status: 200, body: 'OK' };
		expect((await deliver({ event: inbound, times: 3 })).body).toEqual({ ...ok, repetitions: [ok, ok] });
		expect(receiver.events()).toEqual([inbound, inbound, inbound]);
	});

	it('sends several events in one body', async () => {
		await deliver({ event: [inbound, report] });
		expect(receiver.events()).toEqual([[inbound, report]]);
	});

	it('returns status null if nothing listens at the URL', async () => {
		receiver.answer('hang-up');
		expect((await deliver({ event: inbound })).body).toEqual({ status: null, body: '' });
	});

	it('hides the secret if the receiver repeats it', async () => {
		receiver.answerWithText(`You sent ${SECRET}.`);
		expect((await deliver({ event: inbound })).body.body).toBe('You sent redacted.');
	});

	it.each([
		[400, 'needs either subscriptionId or url and secret', { secret: undefined }],
		[400, 'needs either subscriptionId or url and secret', { subscriptionId: 'sub_1' }],
		[404, 'Subscription sub_none', { subscriptionId: 'sub_none', url: undefined, secret: undefined }],
		[400, 'not an http address of this machine', { url: 'http://example.com/hook' }],
		[400, 'forge', { forge: 'magic' }],
		[400, 'no value to change', { event: { event: 'mo' }, forge: 'changed-value' }],
		[400, 'no letter', { event: { id: 1 }, forge: 'look-alike' }],
	])('refuses with %i, and says "%s", for %j', async (status, error, order) => {
		expect(await deliver({ event: inbound, ...order })).toEqual({
			status,
			body: { error: expect.stringContaining(error) },
		});
		expect(receiver.received()).toEqual([]);
	});
});

describe('a forged delivery', () => {
	const cases = FORGERIES.flatMap((forge) =>
		[inbound, report, record, [inbound, report]].map((event) => [forge, event] as const),
	);

	it.each(cases)('is not accepted by a careful receiver: %s of %j', async (forge, event) => {
		await deliver({ event, forge });
		expect(receiver.received().map(isGenuine)).toEqual([false]);
	});

	it.each(cases)('is not accepted if bodies are indented either: %s of %j', async (forge, event) => {
		await control('PUT', 'settings', { signReserialised: true });
		await deliver({ event, forge });
		await deliver({ event });
		expect(receiver.received().map(isGenuine)).toEqual([false, true]);
		expect(receiver.received()[1].body.toString()).toBe(JSON.stringify(event, null, 2));
	});

	const forged = async (forge: string, event: object = inbound) => {
		await deliver({ event, forge });
		const [delivery] = receiver.received();
		return {
			...delivery,
			text: delivery.body.toString(),
			signature: delivery.headers['x-webhook-signature'],
		};
	};
	const genuine = Buffer.from(JSON.stringify(inbound));
	const signature = hmac(genuine).toString('hex');

	it('has one flipped byte as flipped-byte', async () => {
		const flipped = await forged('flipped-byte');
		expect(flipped.body.filter((byte, index) => byte !== genuine[index])).toHaveLength(1);
		expect([flipped.body.length, flipped.signature]).toEqual([genuine.length, signature]);
	});

	it('has another value, but not another event name, as changed-value', async () => {
		expect(JSON.parse((await forged('changed-value')).text)).toEqual({ ...inbound, message_id: 'msg_91' });
	});

	it('has another number as changed-value of a number', async () => {
		expect(JSON.parse((await forged('changed-value', record)).text)).toEqual({ ...record, id: 8 });
	});

	it('has half of the body as truncated', async () => {
		const { body } = await forged('truncated');
		expect(body).toEqual(genuine.subarray(0, Math.floor(genuine.length / 2)));
	});

	it('is signed with another secret as wrong-secret', async () => {
		const delivery = await forged('wrong-secret');
		expect(delivery.body).toEqual(genuine);
		expect(delivery.signature).toMatch(/^[0-9a-f]{64}$/);
	});

	it('has no signature as missing-header', async () => {
		const delivery = await forged('missing-header');
		expect([delivery.body, delivery.signature]).toEqual([genuine, undefined]);
	});

	it('has the header twice, the right one first, as header-twice', async () => {
		const delivery = await forged('header-twice');
		expect(delivery.signature).toMatch(new RegExp(`^${signature}, [0-9a-f]{64}$`));
	});

	it('is in UTF-16 as other-encoding', async () => {
		const delivery = await forged('other-encoding');
		expect(JSON.parse(delivery.body.toString('utf16le'))).toEqual(inbound);
		expect(delivery.headers['content-type']).toBe('application/json; charset=utf-16le');
	});

	it('looks the same as look-alike', async () => {
		const delivery = await forged('look-alike');
		expect(delivery.text.replaceAll('о', 'o').replaceAll('с', 'c')).toContain('"event":"mo"');
		expect(delivery.text).not.toContain('"mo"');
		expect(Object.keys(JSON.parse(delivery.text))).toEqual(Object.keys(inbound));
	});

	it('is longer than receivers accept as huge-body', async () => {
		const delivery = await forged('huge-body');
		expect(delivery.body.length).toBeGreaterThan(16 * 1024 * 1024);
		expect(JSON.parse(delivery.text).event).toEqual(inbound);
	});

	it('declares another type of content as wrong-content-type', async () => {
		const delivery = await forged('wrong-content-type');
		expect([delivery.body, delivery.signature]).toEqual([genuine, signature]);
		expect(delivery.headers['content-type']).toBe('application/x-www-form-urlencoded');
	});
});
