import fc from 'fast-check';
import { eventsOf } from '../../nodes/NativeMsgTrigger/events';
import { given } from '../../nodes/NativeMsgTrigger/given';

const first = (service: 'nativeMsg' | 'nativeMessage', body: unknown) =>
	eventsOf(service, body, { optOut: [], optIn: [] })![0];

/** Values of a field that nothing was filled in for. */
const NOTHING = [
	...[undefined, null, '', ' ', '\n\t', '\u00a0', '\u200b', '\ufeff\u2060', '\u3164', '\u2800', '\ufe0f'],
	...['null', 'NULL', ' null ', 'undefined', 'Undefined'],
	...['{nm:payload}', ' {nm:function:uuid} ', '{nm:firstName} {nm:lastName}', '{nm:}', '{NM:payload}'],
	...[{}, [], false],
];

test.each(NOTHING)('%j counts as not given', (value) => expect(given(value)).toBeNull());

test.each([
	['Hello', 'Hello'],
	[' stop. ', ' stop. '],
	[0, '0'],
	['0', '0'],
	['nullify', 'nullify'],
	['null and void', 'null and void'],
	['Hello {nm:firstName}', 'Hello {nm:firstName}'],
	['{nm:firstName} or {nm:lastName}', '{nm:firstName} or {nm:lastName}'],
	['{nm:{first}', '{nm:{first}'],
	['{name}', '{name}'],
	['.', '.'],
	['👍', '👍'],
])('%j is given, as %j', (value, text) => expect(given(value)).toBe(text));

test('a text inbound message of a bot is not a postback if there is no payload', () => {
	const raw = {
		messageType: 'I',
		id: '0e4f0a3c-5f0e-4b8e-9c1e-0d3f7b0a6a11',
		message: { text: 'Hello', payload: '' },
		phone: '12015550123',
	};
	expect(first('nativeMsg', raw)).toEqual({
		event: 'inboundMessage',
		messageId: raw.id,
		humanId: null,
		from: '12015550123',
		to: null,
		channel: null,
		text: 'Hello',
		media: null,
		payload: null,
		status: null,
		error: null,
		occurredAt: null,
		keyword: null,
		raw,
	});
});

test.each([{}, '', null, { text: '', payload: null }])(
	'a text next to the message %j is read, as in the form of a bot',
	(message) => {
		const record = {
			messageType: 'I',
			message,
			text: 'Stop',
			payload: 'MENU',
			media: 'https://example.com/a',
		};
		expect(first('nativeMsg', record)).toMatchObject({
			event: 'postback',
			text: 'Stop',
			payload: 'MENU',
			media: 'https://example.com/a',
			keyword: 'STOP',
		});
	},
);

/** Every field that is read, with a value and the output that it leads to. */
const FIELDS = {
	nativeMsg: [
		['id', '1', 'messageId'],
		['humanId', '2', 'humanId'],
		['phone', '12015550123', 'from'],
		['channelId', '601', 'channel'],
		['message.text', 'Hello', 'text'],
		['message.media', 'https://example.com/a.png', 'media'],
		['message.payload', 'YES', 'payload'],
		['status', 'sent', 'status'],
		['delivered', '2026-11-21T12:00:00Z', 'occurredAt'],
	],
	nativeMessage: [
		['message_id', '1', 'messageId'],
		['source', '+12015550123', 'from'],
		['destination', '+12025550100', 'to'],
		['content', 'Hello', 'text'],
		['status', 'delivered', 'status'],
		['error_code', '2', 'error'],
		['received_at', '2026-11-21T12:00:00Z', 'occurredAt'],
	],
} as const;

describe.each(['nativeMsg', 'nativeMessage'] as const)('an event of %s', (service) => {
	/** The event of a record with these fields; a dot leads into a field. */
	const eventWith = (fields: Array<readonly [name: string, value: unknown]>) => {
		const record: Record<string, unknown> = service === 'nativeMsg' ? { messageType: 'I' } : { event: 'mo' };
		for (const [name, value] of fields) {
			const [outer, inner] = name.split('.');
			if (inner) record[outer] = { ...(record[outer] as object), [inner]: value };
			else record[outer] = value;
		}
		const { raw, ...event } = first(service, record);
		expect(raw).toEqual(record);
		return event as Record<string, unknown>;
	};
	const fields = FIELDS[service] as ReadonlyArray<readonly [string, string, string]>;

	test('has each field that is given', () => {
		const event = eventWith(fields.map(([name, value]) => [name, value]));
		for (const [, value, output] of fields) expect(String(event[output]).replace('.000Z', 'Z')).toBe(value);
	});

	test('is the same with any placeholder for nothing, in any fields', () => {
		const choice = fc.tuple(...fields.map(() => fc.option(fc.constantFrom(...NOTHING), { nil: 'given' })));
		fc.assert(
			fc.property(choice, (choices) => {
				const given = fields.filter((_field, index) => choices[index] === 'given');
				const filled = fields.map(([name, value], index): [string, unknown] => [
					name,
					choices[index] === 'given' ? value : choices[index],
				]);
				expect(eventWith(filled)).toEqual(eventWith(given.map(([name, value]) => [name, value])));
			}),
		);
	});
});

test.each(NOTHING)('a field with %j hides no other one of the same meaning', (nothing) => {
	const sent = '2026-11-21T12:00:00';
	expect(first('nativeMsg', { messageType: 'O', delivered: nothing, sent })).toMatchObject({
		occurredAt: '2026-11-21T12:00:00.000Z',
	});
	expect(first('nativeMsg', { messageType: 'I', humanId: nothing, humandId: 541 }).humanId).toBe('541');
	expect(first('nativeMessage', { event: 'dlr', received_at: nothing, delivered_at: sent }).occurredAt).toBe(
		'2026-11-21T12:00:00.000Z',
	);
	expect(first('nativeMsg', { messageType: 'I', message: { text: nothing, payload: 'STOP' } })).toMatchObject(
		{ event: 'postback', text: null, payload: 'STOP', keyword: 'STOP' },
	);
});

test.each(['0001-01-01T00:00:00', '1970-01-01T00:00:00Z', '5', 'soon', '2026-11-21', '2026-13-41T25:00:00'])(
	'the date %j is no time at which something happened, and hides none',
	(delivered) => {
		const event = { messageType: 'O', delivered, sent: '2026-11-21T12:00:00' };
		expect(first('nativeMsg', event).occurredAt).toBe('2026-11-21T12:00:00.000Z');
		expect(first('nativeMsg', { ...event, sent: delivered }).occurredAt).toBeNull();
	},
);

test('someone who writes "null" still starts the workflow, and the word is in raw', () => {
	const event = first('nativeMsg', { messageType: 'I', id: 1, message: { text: 'null' } });
	expect(event).toMatchObject({
		event: 'inboundMessage',
		text: null,
		raw: { message: { text: 'null' } },
	});
});
