import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { controlCharacters, loneSurrogates, prototypeKeys } from './values';

/** The body of a webhook request as it is sent, with its declared type. */
export interface Body {
	kind: string;
	/** As the receiver decodes it; this is what is signed. */
	content: Buffer;
	/** As it is sent, if that differs. */
	sent?: Buffer;
	headers: OutgoingHttpHeaders;
	/** n8n itself refuses it, with this status, before the node runs. */
	isRefusedByN8n?: boolean;
}

const JSON_TYPE = { 'content-type': 'application/json' };

const body = (kind: string, content: string | Buffer, headers: OutgoingHttpHeaders = JSON_TYPE): Body => ({
	kind,
	content: Buffer.from(content as string),
	headers,
});

/** An event of each service, as documented; its ID makes each one new. */
const events = fc.uuid().chain((id) =>
	fc.constantFrom<Record<string, unknown>>(
		{ event: 'mo', message_id: id, source: '+12015550123', destination: '+12025550100', content: 'Hello' },
		{ event: 'dlr', message_id: id, destination: '+12025550100', status: 'delivered', error_code: 0 },
		{
			id,
			humandId: 540,
			channelId: 601,
			messageType: 'I',
			status: 'D',
			message: { text: 'stop', payload: null },
		},
		{
			id,
			humanId: 540,
			channelId: 601,
			messageType: 'O',
			status: 'R',
			sent: '2026-11-21T12:00:00',
			message: {},
		},
	),
);

const FIELDS = [
	...['event', 'message_id', 'source', 'destination', 'content', 'status', 'error_code', 'received_at'],
	...['id', 'humanId', 'humandId', 'channelId', 'messageType', 'message', 'phone', 'sent', 'delivered'],
];

/** An event with other values in one or more fields, also inside `message`. */
const changed = (values: fc.Arbitrary<unknown>) =>
	fc
		.tuple(events, fc.dictionary(fc.constantFrom(...FIELDS), values, { minKeys: 1, maxKeys: 4 }), values)
		.map(([event, others, text]) =>
			JSON.stringify({ ...event, message: { text, payload: text, media: text }, ...others }),
		);

/** Values of every JSON type where the services send texts and numbers. */
const oddTypes = changed(fc.jsonValue({ maxDepth: 2 })).map((text) => body('odd types', text));

/** Names that every object has, where a status, type, or ID is looked up, and keys that set a prototype. */
const prototypes = fc
	.oneof(
		changed(prototypeKeys),
		fc
			.tuple(events, prototypeKeys)
			.map(([event, keys]) =>
				JSON.stringify(event).replace('{', `{"__proto__":${JSON.stringify(keys) ?? 1},`),
			),
	)
	.map((text) => body('prototype keys', text));

/** Lone surrogates as JSON escapes, and bytes that aren't UTF-8. */
const brokenText = fc.oneof(
	changed(fc.oneof(loneSurrogates, controlCharacters)).map((text) => body('broken text', text)),
	fc.tuple(events, fc.uint8Array({ minLength: 1, maxLength: 20 })).map(([event, bytes]) => {
		const [head, tail] = JSON.stringify({ ...event, content: '|' }).split('|');
		return body('broken text', Buffer.concat([Buffer.from(head), bytes, Buffer.from(tail)]));
	}),
);

/** Nesting that exhausts the stack of recursive code, closed and not. */
const deep = fc
	.tuple(events, fc.constantFrom(1_000, 6_000, 100_000), fc.boolean(), fc.boolean(), fc.boolean())
	.map(([event, depth, isObject, isWhole, isClosed]) => {
		const [open, close] = isObject ? ['{"a":', '}'] : ['[', ']'];
		const nested = `${open.repeat(depth)}1${isClosed ? close.repeat(depth) : ''}`;
		return body(
			'deep JSON',
			isWhole ? nested : JSON.stringify({ ...event, content: 0 }).replace(':0', `:${nested}`),
		);
	});

/** Text that isn't JSON, or JSON that isn't an event. */
const noEvent = fc
	.oneof(
		fc.constantFrom(
			'',
			' ',
			'null',
			'1',
			'"text"',
			'[]',
			'[1]',
			'[null]',
			'[[]]',
			'NaN',
			'{',
			'{}',
			'\ufeff{}',
			'[{},1]',
		),
		fc.string(),
		events.map((event) => JSON.stringify(event).slice(0, -3)),
	)
	.map((text) => body('no event', text));

/** Lists with more events than anyone sends. */
const lists = fc
	.tuple(fc.array(events, { minLength: 1, maxLength: 3 }), fc.constantFrom(1, 100, 2_000))
	.map(([some, times]) => body('lists', JSON.stringify(Array.from({ length: times }, () => some).flat())));

/** Other types and charsets than JSON in UTF-8, under which the body would be read as something else. */
const contentTypes = fc
	.tuple(
		events,
		fc.constantFrom(
			...[
				'application/x-www-form-urlencoded',
				'multipart/form-data; boundary=x',
				'multipart/mixed',
				'text/plain',
			],
			...[
				'application/xml',
				'application/vnd.event+json',
				'application/json; charset=utf-16le',
				'APPLICATION/JSON',
			],
			...[
				'application/json; charset=nonsense',
				'application/json;;;',
				'',
				'json',
				'application/json, text/html',
			],
		),
		fc.constantFrom<BufferEncoding>('utf8', 'utf16le', 'latin1'),
	)
	.map(([event, type, encoding]) =>
		body('content types', Buffer.from(JSON.stringify(event), encoding), { 'content-type': type }),
	);

/** Compressed bodies: ones that n8n can read, ones that it can't, broken ones, and wrongly declared ones. */
const compressed = fc
	.tuple(
		events,
		fc.constantFrom('gzip', 'deflate', 'br'),
		fc.constantFrom('whole', 'broken', 'plain'),
		fc.boolean(),
	)
	.map(([event, encoding, how, isN8ns]): Body => {
		const content = Buffer.from(JSON.stringify(event));
		const packed = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[encoding]!(content);
		const sent = { whole: packed, broken: packed.subarray(0, packed.length / 2), plain: content }[how]!;
		// n8n reads one type before the node runs, and leaves the other to the node.
		const type = isN8ns ? 'application/json' : 'application/vnd.event+json';
		const headers = { 'content-type': type, 'content-encoding': encoding };
		const isRefusedByN8n = isN8ns && encoding !== 'br' && how !== 'whole';
		return { kind: 'compressed', content, sent, headers, isRefusedByN8n };
	});

/** Long texts of one character, on which a careless pattern would take minutes. */
const longTexts = fc
	.tuple(
		events,
		fc.constantFrom(' ', '.', '"', '\n', '1', 'stop ', '\\u0020'),
		fc.constantFrom(1_000, 30_000),
	)
	.map(([event, part, times]) => {
		const text = `a${part.repeat(times)}a`;
		return body('long texts', JSON.stringify({ ...event, content: text, source: text, message: { text } }));
	});

/** Bodies beyond the limits of the node (1 MB) and of n8n (16 MB), sent as they are and as a gzip bomb. */
export const huge = fc
	.tuple(fc.constantFrom(1_100_000, 17_000_000), fc.boolean())
	.map(([length, isZipped]): Body => {
		const content = Buffer.alloc(length, ' ');
		const headers = { ...JSON_TYPE, ...(isZipped && { 'content-encoding': 'gzip' }) };
		const isRefusedByN8n = length > 16 * 2 ** 20;
		return { kind: 'huge', content, ...(isZipped && { sent: gzipSync(content) }), headers, isRefusedByN8n };
	});

const plain = events.map((event) => body('plain', JSON.stringify(event)));

/** A body of any kind. */
export const bodies: fc.Arbitrary<Body> = fc.oneof(
	{ weight: 20, arbitrary: oddTypes },
	{ weight: 20, arbitrary: prototypes },
	{ weight: 15, arbitrary: brokenText },
	{ weight: 1, arbitrary: deep },
	{ weight: 10, arbitrary: noEvent },
	{ weight: 2, arbitrary: lists },
	{ weight: 15, arbitrary: contentTypes },
	{ weight: 15, arbitrary: compressed },
	{ weight: 3, arbitrary: longTexts },
	{ weight: 10, arbitrary: plain },
);

/** The headers that should prove the origin of a request. */
export type Proof = (secret: string, content: Buffer, header: string) => OutgoingHttpHeaders;

const hmac = (secret: string, content: Buffer) => createHmac('sha256', secret).update(content);

/** Every way to write a genuine signature. */
export const genuine: fc.Arbitrary<Proof> = fc.constantFrom<Proof>(
	(secret, content, header) => ({ [header]: hmac(secret, content).digest('hex') }),
	(secret, content, header) => ({
		[header.toUpperCase()]: hmac(secret, content).digest('hex').toUpperCase(),
	}),
	(secret, content, header) => ({ [header]: `sha256=${hmac(secret, content).digest('hex')}` }),
	(secret, content, header) => ({ [header]: ` ${hmac(secret, content).digest('base64')} ` }),
);

const signature =
	(make: (genuine: string) => string | string[]): Proof =>
	(secret, content, header) => ({
		[header]: make(hmac(secret, content).digest('hex')),
	});

/** Signatures that are missing, wrong, too short or long, repeated, or empty. */
export const forged: fc.Arbitrary<Proof> = fc.oneof(
	fc.constantFrom<Proof>(
		() => ({}),
		(secret, content) => ({ 'x-signature': hmac(secret, content).digest('hex') }),
		(_secret, content, header) => ({ [header]: hmac('not the secret', content).digest('hex') }),
		(secret, content, header) => ({
			[header]: hmac(secret, Buffer.concat([content, content])).digest('hex') + '00',
		}),
		(_secret, content, header) => ({ [header]: hmac('', content).digest('hex') }),
		(secret, _content, header) => ({ [header]: hmac(secret, Buffer.from('another body')).digest('hex') }),
	),
	fc.constantFrom(
		signature((hex) => hex.slice(2)),
		signature((hex) => `${hex}0`),
		signature((hex) => [hex, hex.replace(/./g, '0')]),
		signature((hex) => [hex.replace(/./g, 'f'), hex]),
		signature((hex) => `sha1=${hex}`),
		signature((hex) => `sha256=sha256=${hex}`),
		signature((hex) => hex.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))),
		signature((hex) => `${hex.slice(0, -1)}\u00e9`),
		signature((hex) => hex.repeat(100)),
		signature(() => ''),
	),
	fc
		.constantFrom(
			'__proto__',
			'[object Object]',
			'undefined',
			'null',
			'true',
			'{}',
			'[]',
			"' or 1=1",
			'é'.repeat(64),
		)
		.map((text) => signature(() => text)),
	fc.stringMatching(/^[0-9a-f]{64}$/).map((text) => signature(() => text)),
);
