import { readBody } from '../../nodes/NativeMsgTrigger/body';
import type { MessagingEvent } from '../../nodes/NativeMsgTrigger/events';
import { eventsOf } from '../../nodes/NativeMsgTrigger/events';
import { identitiesOf } from '../../nodes/NativeMsgTrigger/identity';

const DAY = 86_400_000;
const RETRY = 10_000;

const first = (service: 'nativeMsg' | 'nativeMessage', body: unknown) =>
	eventsOf(service, body, { optOut: [], optIn: [] })![0];
const identityOf = (event: MessagingEvent, windowMs = DAY) => identitiesOf([event], windowMs)[0];
const keyOf = (record: unknown) => identityOf(first('nativeMsg', record)).key;

test('a message that is delivered and then read is two events, and a duplicate request is the same event', () => {
	const delivered = { event: 'dlr', message_id: 'msg_1', status: 'delivered' };
	const identities = [
		delivered,
		{ ...delivered, status: 'read' },
		{ ...delivered, delivered_at: '2026-11-21T12:00:00Z' },
	].map((raw) => identityOf(first('nativeMessage', raw)).key);
	expect(identities[0]).not.toBe(identities[1]);
	expect(identities[0]).toBe(identities[2]);
});

test.each(['nativeMsg', 'nativeMessage'] as const)(
	'each status that %s reports of a message is a separate event',
	(service) => {
		const reports =
			service === 'nativeMsg'
				? ['A', 'P', 'Q', 'S', 'D', 'F', 'R'].map((status) => ({ id: 1, messageType: 'O', status }))
				: ['sent', 'delivered', 'failed', 'read'].map((status) => ({
						event: 'dlr',
						message_id: '1',
						status,
					}));
		const identities = reports.map((raw) => identityOf(first(service, raw)).key);
		expect(new Set(identities).size).toBe(reports.length);
	},
);

test.each([
	['an inbound message', { id: 1, messageType: 'I', message: { text: 'Hello' } }],
	['a tap on a button', { id: 1, messageType: 'I', message: { text: 'Book', payload: 'BOOK' } }],
])('%s stays one event if its status changes', (_what, record) => {
	const identities = ['D', 'R'].map((status) => keyOf({ ...record, status }));
	expect(identities[0]).toBe(identities[1]);
});

test.each([
	['an ID', { id: 1, messageType: 'I' }, DAY],
	['the time of the event', { messageType: 'I', sent: '2026-11-21T12:00:00' }, DAY],
	['neither', { messageType: 'I', message: { text: 'YES' } }, RETRY],
	['an empty ID', { id: '', messageType: 'I' }, RETRY],
	['an ID that was not filled in', { id: '{nm:uuid}', messageType: 'I' }, RETRY],
	['an empty time', { messageType: 'I', sent: ' ' }, RETRY],
	['a time that stands for none', { messageType: 'I', sent: '0001-01-01T00:00:00' }, RETRY],
])('for an event with %s, how long a duplicate counts depends on the proof', (_proof, record, windowMs) => {
	expect(identityOf(first('nativeMsg', record)).windowMs).toBe(windowMs);
	expect(identityOf(first('nativeMsg', record), 0).windowMs).toBe(0);
	expect(identityOf(first('nativeMsg', record), 5).windowMs).toBe(5);
});

test.each(['', ' ', null, 'null', '{nm:uuid}'])('two people with the ID %j sent two events', (id) => {
	const record = { id, messageType: 'I', message: { text: 'YES' } };
	expect(keyOf({ ...record, phone: '12015550123' })).not.toBe(keyOf({ ...record, phone: '12015550124' }));
});

test('the same message at another time is another event, and at the same time it is the same', () => {
	const record = { messageType: 'I', message: { text: 'YES' }, phone: '12015550123' };
	const [noon, later] = ['2026-11-21T12:00:00', '2026-11-21T12:10:00'];
	expect(keyOf({ ...record, sent: noon })).not.toBe(keyOf({ ...record, sent: later }));
	expect(keyOf({ ...record, sent: noon })).toBe(keyOf({ ...record, sent: noon }));
});

test('the same entry twice in one request is two events without an ID or a time, and one with either', () => {
	const keysOf = (record: object) => {
		const events = eventsOf('nativeMsg', [record, record], { optOut: [], optIn: [] })!;
		return identitiesOf(events, DAY).map(({ key }) => key);
	};
	const record = { messageType: 'I', message: { text: 'YES' } };
	expect(new Set(keysOf(record)).size).toBe(2);
	expect(keysOf(record)).toEqual(keysOf(record));
	expect(new Set(keysOf({ ...record, id: 1 })).size).toBe(1);
	expect(new Set(keysOf({ ...record, sent: '2026-11-21T12:00:00' })).size).toBe(1);
});

test('all fields of a form are texts', () => {
	const read = readBody(Buffer.from('id=1&text=a+%26+b'), 'form');
	expect(read).toEqual({ id: '1', text: 'a & b' });
});

describe('numbers above 2^53', () => {
	const read = (json: string) => readBody(Buffer.from(json), 'json');

	test.each(['9007199254740993', '-9007199254740993', '123456789012345678901234567890'])(
		'are read with all digits: %s',
		(id) => {
			const event = first('nativeMsg', read(`{"messageType":"I","id":${id},"channelId":${id}}`));
			expect(event).toMatchObject({ messageId: id, channel: id, raw: { id } });
		},
	);

	test('do not make one event of two', () => {
		const keys = ['9007199254740992', '9007199254740993'].map((id) => keyOf(read(`{"id":${id}}`)));
		expect(keys[0]).not.toBe(keys[1]);
		const contents = ['9007199254740992', '9007199254740993'].map((other) => keyOf(read(`{"x":${other}}`)));
		expect(contents[0]).not.toBe(contents[1]);
	});

	test.each([
		['{"a":9007199254740991,"b":1.5,"c":-0,"d":1e400}', { a: 9007199254740991, b: 1.5, c: -0, d: Infinity }],
		['{"a":"9007199254740993","b":9007199254740993}', { a: '9007199254740993', b: '9007199254740993' }],
		['{"a \\" 9007199254740993":[9007199254740993]}', { 'a " 9007199254740993': ['9007199254740993'] }],
		['{"a":9007199254740993.5,"b":9007199254740993e2}', { a: 9007199254740994, b: 900719925474099300 }],
		['{"text":"a\\\\","b":9007199254740993}', { text: 'a\\', b: '9007199254740993' }],
		['\ufeff{"a":1}', { a: 1 }],
		['{"a":"\ufeff1"}', { a: '\ufeff1' }],
		['{"a":1', undefined],
		['{"a":0123456789012345678}', undefined],
	])('change nothing else: %s', (json, value) => expect(read(json)).toEqual(value));
});
