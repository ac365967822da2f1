import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';
import { spawnSync } from 'node:child_process';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { post } from '../../../sandbox/webhookRequest';
import type { TriggerFixture } from '../../support/triggerFixture';
import { useTrigger } from '../../support/triggerFixture';
import { hold, isPlainData, keepsSecrets, prototypesAreUntouched } from './invariants';
import { casesOf, SEED, Tally } from './size';
import type { Body, Proof } from './webhooks';
import { bodies, forged, genuine, huge } from './webhooks';

/** Number of concurrent requests. */
const BATCH = 50;
const ALL = ['inboundMessage', 'postback', 'deliveryReport', 'read', 'other'];
const FILTERS = {
	channels: '601',
	senders: '+12015550123, 540',
	statuses: 'delivered',
	keywords: 'STOP',
	pattern: '^.',
};
const HEADER = 'x-webhook-signature';

const tally = new Tally('deliveries');
const agent = new Agent({ keepAlive: true, maxSockets: BATCH });
afterAll(() => agent.destroy());

interface Delivery extends Body {
	proof: Proof;
	isForged: boolean;
}

const delivery = (body: fc.Arbitrary<Body>): fc.Arbitrary<Delivery> =>
	fc
		.oneof(
			{ weight: 2, arbitrary: fc.record({ body, proof: genuine, isForged: fc.constant(false) }) },
			{ weight: 1, arbitrary: fc.record({ body, proof: forged, isForged: fc.constant(true) }) },
		)
		.map(({ body: one, ...rest }) => ({ ...one, ...rest }));

/** n8n's response if the node fails; n8n then also starts an execution that shows the error. */
const NODE_FAILED = /Workflow could not be started/;

/** Sends a request and checks the invariants. */
async function deliver(
	url: string,
	secret: string,
	{ kind, content, sent, headers, isRefusedByN8n, proof, isForged }: Delivery,
) {
	const request = { headers: { ...headers, ...proof(secret, content, HEADER) }, body: sent ?? content };
	const { status, body } = await post(url, request, agent, AbortSignal.timeout(60_000));
	const about = [
		kind,
		isForged ? 'forged' : 'genuine',
		status,
		body,
		headers,
		content.subarray(0, 300).toString(),
	];
	hold(status !== null, 'Each delivery is answered', about);
	hold(!NODE_FAILED.test(body), 'The node fails at no delivery', about);
	hold(status < 500 || isRefusedByN8n === true, 'No delivery gets a 5xx response', about);
	hold(!isForged || status >= 400, 'A forged delivery is refused', about);
	keepsSecrets([secret], body);
	tally.add(isForged ? `${kind}, forged` : kind);
	return status === 200;
}

async function attack(fixture: TriggerFixture, deliveries: Delivery[]): Promise<void> {
	const { trigger } = fixture;
	const secret = fixture.secret();
	trigger.executions.length = 0;
	trigger.logs.length = 0;
	const accepted = await Promise.all(deliveries.map(async (one) => await deliver(trigger.url, secret, one)));
	await trigger.idle();
	prototypesAreUntouched();
	const answered = accepted.filter(Boolean).length;
	hold(
		trigger.executions.length <= answered,
		'Only what is accepted starts the workflow',
		trigger.executions.length,
	);
	for (const { items, error } of trigger.executions) {
		hold(error === undefined, 'No execution starts with an error', error);
		for (const { json } of items) {
			isPlainData(json);
			const { raw, ...event } = json;
			const odd = Object.values(event).filter((value) => value !== null && typeof value !== 'string');
			hold(odd.length === 0 && typeof raw === 'object', 'An event is texts and its original', odd);
		}
	}
	keepsSecrets([secret], ...trigger.logs, ...trigger.items());
}

const KINDS: Array<[name: string, service: 'nativeMsg' | 'nativeMessage', parameters: INodeParameters]> = [
	['NativeMessage, all events', 'nativeMessage', { events: ALL }],
	['NativeMessage with filters', 'nativeMessage', { events: ALL, filters: FILTERS }],
	['nativeMsg by signature, all events', 'nativeMsg', { events: ALL, check: 'signature' }],
	['nativeMsg by signature with filters', 'nativeMsg', { events: ALL, check: 'signature', filters: FILTERS }],
];

const COUNT = Math.ceil(casesOf('deliveries') / KINDS.length);

describe.each(KINDS)('the trigger for %s', (_name, service, parameters) => {
	const fixture = useTrigger(service, parameters);

	beforeEach(() => fixture.trigger.activate());

	test('withstands hostile webhook requests', async () => {
		const size = Math.min(BATCH, COUNT);
		const batch = fc.array(delivery(bodies), { minLength: size, maxLength: size });
		const property = fc.asyncProperty(batch, async (deliveries) => await attack(fixture, deliveries));
		await fc.assert(property, {
			numRuns: Math.ceil(COUNT / size),
			seed: SEED + KINDS.findIndex(([name]) => name === _name),
		});
	}, 3_600_000);

	test('withstands webhook requests of many megabytes', async () => {
		const property = fc.asyncProperty(delivery(huge), async (one) => await attack(fixture, [one]));
		await fc.assert(property, { numRuns: Math.ceil(COUNT / 1_000) });
	}, 600_000);

	test('starts nothing for a webhook request that breaks off', async () => {
		const { hostname, port, pathname } = new URL(fixture.trigger.url);
		for (const length of [1, 100, 10_000_000]) {
			const socket = connect(Number(port), hostname);
			const head = `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: ${length}`;
			await new Promise((resolve) => socket.write(`${head}\r\n\r\n{"event":"mo"`.slice(0, -length), resolve));
			socket.destroy();
			tally.add('broken off');
		}
		await attack(fixture, []);
		expect(fixture.trigger.executions).toEqual([]);
	});
});

test('reading a long text does not block n8n', () => {
	const folder = join(__dirname, '../../../dist/nodes/NativeMsgTrigger');
	const parts = [' ', '.', '"', 'stop', '1', '1\u20e3', '\u200b', '{nm:', '{nm:}', '\\', '-1.5e'];
	const script = `
		const { readBody } = require(process.argv[1] + '/body.js');
		const { eventsOf } = require(process.argv[1] + '/events.js');
		for (const part of JSON.parse(process.argv[2])) {
			const text = 'a' + part.repeat(900000 / part.length) + 'a';
			const event = { messageType: 'I', delivered: text, message: { text } };
			const json = JSON.stringify(event) + ' ';
			const [read] = eventsOf('nativeMsg', readBody(Buffer.from(json), 'json'), { optOut: [], optIn: [] });
			if (read.text !== text) throw new Error(part);
			readBody(Buffer.from('[' + part.repeat(900000 / part.length)), 'json');
			readBody(Buffer.from('[' + '1'.repeat(900000) + ']'), 'json');
		}`;
	const { status, signal, stderr } = spawnSync(
		process.execPath,
		['-e', script, folder, JSON.stringify(parts)],
		{ timeout: 20_000, encoding: 'utf8' },
	);
	expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
	tally.add('long texts', parts.length);
});
