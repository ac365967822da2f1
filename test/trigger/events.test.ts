import fc from 'fast-check';
import { loadOutputSchema } from 'n8n-core';
import { join } from 'node:path';
import * as events from '../../nodes/NativeMsgTrigger/events';
import { identitiesOf } from '../../nodes/NativeMsgTrigger/identity';
import { builtPackage } from '../support/dist';

type Service = 'nativeMsg' | 'nativeMessage';

const eventsOf = (service: Service, body: unknown) =>
	events.eventsOf(service, body, { optOut: [], optIn: [] });
const first = (service: Service, body: unknown) => eventsOf(service, body)![0];

test('an inbound message of NativeMessage becomes an event', () => {
	const raw = {
		event: 'mo',
		message_id: 'msg_1',
		source: '+12015550123',
		destination: '+12015550100',
		content: 'Stop!',
		received_at: '2026-11-21T12:00:00Z',
	};
	expect(first('nativeMessage', raw)).toEqual({
		event: 'inboundMessage',
		messageId: 'msg_1',
		humanId: null,
		from: '+12015550123',
		to: '+12015550100',
		channel: null,
		text: 'Stop!',
		media: null,
		payload: null,
		status: null,
		error: null,
		occurredAt: '2026-11-21T12:00:00.000Z',
		keyword: 'STOP',
		raw,
	});
});

test('a delivery report of NativeMessage becomes an event', () => {
	const raw = {
		event: 'dlr',
		message_id: 'msg_1',
		status: 'failed',
		error_code: 1,
		destination: '+12015550123',
		delivered_at: null,
	};
	expect(first('nativeMessage', raw)).toMatchObject({
		event: 'deliveryReport',
		to: '+12015550123',
		status: 'failed',
		error: '1',
		occurredAt: null,
	});
});

test.each([
	['2026-07-01T12:00:00', '2026-07-01T12:00:00.000Z'],
	['2026-01-01T00:30:00', '2026-01-01T00:30:00.000Z'],
	['2026-07-01T12:00:00Z', '2026-07-01T12:00:00.000Z'],
	['2026-07-01 12:00', '2026-07-01T12:00:00.000Z'],
	['2026-07-01T12:00:00.5z', '2026-07-01T12:00:00.500Z'],
	['2026-07-01T12:00:00+02:00', '2026-07-01T10:00:00.000Z'],
	['2026-07-01T12:00:00+0200', '2026-07-01T10:00:00.000Z'],
	['2026-07-01T12:00-05:00', '2026-07-01T17:00:00.000Z'],
	['on 2026-07-01 12:00', null],
	['2026-07-01', null],
])('the time %s is read as %s, wherever n8n runs', (sent, occurredAt) => {
	// In a zone where neither date has the hours of UTC, winter or summer.
	expect(new Date('2026-01-01').getTimezoneOffset()).not.toBe(0);
	expect(new Date('2026-07-01').getTimezoneOffset()).not.toBe(0);
	expect(first('nativeMsg', { id: 1, messageType: 'I', sent }).occurredAt).toBe(occurredAt);
	const mo = { event: 'mo', message_id: '1', received_at: sent };
	expect(first('nativeMessage', mo).occurredAt).toBe(occurredAt);
});

test.each(['read', 'READ'])(
	'a report of NativeMessage with the status %s says that a message was read',
	(status) => {
		expect(first('nativeMessage', { event: 'dlr', message_id: '1', status }).event).toBe('read');
	},
);

test('blanks around a time do no harm', () => {
	expect(first('nativeMsg', { messageType: 'I', sent: ' 2026-07-01T12:00:00 ' }).occurredAt).toBe(
		'2026-07-01T12:00:00.000Z',
	);
});

test('a "Yes" is an opt-in only from someone who is known not to be subscribed', () => {
	const yes = { messageType: 'I', message: { text: 'Yes' } };
	expect(first('nativeMsg', { ...yes, subscribed: 'false' }).keyword).toBe('START');
	for (const subscribed of ['true', '', undefined]) {
		expect(first('nativeMsg', { ...yes, subscribed }).keyword).toBeNull();
	}
	expect(first('nativeMessage', { event: 'mo', content: 'Yes' }).keyword).toBeNull();
});

test.each(['message.delivered', 'constructor', '__proto__', undefined])(
	'a NativeMessage event with an undocumented payload (%s) keeps the fields it has',
	(event) => {
		const raw = { event, message_id: '1', status: 'delivered', destination: '+12015550123', content: 'STOP' };
		expect(first('nativeMessage', raw)).toMatchObject({
			event: 'other',
			messageId: '1',
			to: '+12015550123',
			status: 'delivered',
			keyword: null,
			raw,
		});
	},
);

test("a nativeMsg message record spelled as in the reference's examples becomes an event", () => {
	const raw = {
		id: 8767223,
		channelId: 5377889,
		humandId: 5667322,
		sent: '2017-02-24T18:00:44',
		status: 'D',
		messageType: 'I',
		message: { text: 'Hello', media: 'https://example.com/a.png' },
	};
	expect(first('nativeMsg', raw)).toMatchObject({
		event: 'inboundMessage',
		messageId: '8767223',
		humanId: '5667322',
		channel: '5377889',
		text: 'Hello',
		media: 'https://example.com/a.png',
		occurredAt: '2017-02-24T18:00:44.000Z',
	});
});

test.each([
	[{ messageType: 'I', message: { payload: 'YES' } }, 'postback'],
	[{ messageType: 'O', status: 'D' }, 'deliveryReport'],
	[{ messageType: 'B', status: 'F' }, 'deliveryReport'],
	[{ messageType: 'O', status: 'R' }, 'read'],
	[{ anything: true }, 'other'],
	[{ messageType: 'I', message: 'text' }, 'inboundMessage'],
])('the nativeMsg record %j is an event of the kind %s', (raw, event) =>
	expect(first('nativeMsg', raw).event).toBe(event),
);

test('several events in one body become one event each', () => {
	expect(
		eventsOf('nativeMessage', [
			{ event: 'mo', message_id: 'a' },
			{ event: 'dlr', message_id: 'b' },
		]),
	).toHaveLength(2);
});

test.each([[undefined], [null], ['text'], [5], [[]], [[1]], [[{}, null]]])('%j is not an event', (body) => {
	expect(eventsOf('nativeMsg', body)).toBeUndefined();
});

test('no event is lost and nothing crashes, whatever arrives', () => {
	fc.assert(
		fc.property(
			fc.constantFrom('nativeMsg' as const, 'nativeMessage' as const),
			fc.dictionary(fc.string(), fc.jsonValue()),
			(service, raw) => {
				const [event] = eventsOf(service, raw as object)!;
				expect(event.raw).toEqual(raw);
				expect(identitiesOf([event], 1000)).toEqual([
					{ key: expect.stringMatching(/^[\w-]{16}$/), windowMs: expect.any(Number) },
				]);
			},
		),
	);
});

test('a keyword counts if a person sends it by text or button, but not in a message of our own', () => {
	const stop = { message: { text: 'STOP' } };
	expect(first('nativeMsg', { messageType: 'O', status: 'D', ...stop }).keyword).toBeNull();
	expect(first('nativeMsg', { messageType: 'I', message: { payload: 'STOP' } })).toMatchObject({
		event: 'postback',
		keyword: 'STOP',
	});
});

test('the output schema names exactly the fields of an event', () => {
	const nodeDir = join(builtPackage(), 'dist/nodes/NativeMsgTrigger');
	const schema = loadOutputSchema({ nodeDir, version: 1.1 }) as { properties: Record<string, unknown> };
	const { raw, ...fields } = first('nativeMessage', { event: 'mo' });
	expect(schema.properties).toEqual({
		...Object.fromEntries(Object.keys(fields).map((name) => [name, { type: 'string' }])),
		// Only where a reply could not be passed on.
		resumeUrl: { type: 'string' },
		raw: { type: 'object' },
	});
	expect(raw).toBeInstanceOf(Object);
});
