/** @jest-environment-options {"ownLibraries": true} */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { callContract } from '../../../nodes/transport/contract';
import type { Endpoint } from '../../../nodes/transport/endpoint';
import type { OperationCase } from '../../support/cases';
import type { NodeName } from '../../support/engine';
import { useHandTime } from '../../support/handSleep';
import { nodes } from '../../support/nodes';
import { useRecorder } from '../../support/recorder';
import { KEY, SECRETS, TOKEN, useEngines } from './engines';
import {
	hold,
	isMeant,
	isPlainData,
	isSentence,
	keepsSecrets,
	outcomesOf,
	useLogs,
	prototypesAreUntouched,
} from './invariants';
import type { WireAnswer } from './server';
import { useHostileServer } from './server';
import { casesOf, SEED, Tally } from './size';
import type { Material } from './wireAnswers';
import { anyAnswer, drippingAnswer, hugeAnswer, limits, wrongTypes } from './wireAnswers';

// Hostile responses ask for pauses of any length; here, each is over immediately.
useHandTime();
afterEach(() => jest.restoreAllMocks());

/** Responses per run of the node. */
const BATCH = 100;
const COUNT = casesOf('answers');

const server = useHostileServer();
const elsewhere = useRecorder();
const logs = useLogs();
const tally = new Tally('answers');
const engines = useEngines(server);

/** One way to run each operation. */
interface Target {
	name: string;
	node: NodeName;
	one: OperationCase;
	endpoint: Endpoint;
	/** Whether the request may be repeated without harm. */
	isRepeatable: boolean;
	/** A documented response. */
	valid: unknown;
}

const targets = nodes.flatMap(({ name: node, catalogue, cases }) => {
	const found = new Map<string, Target>();
	for (const one of cases) {
		const { resource, operation } = one.parameters;
		const { endpoint, ask } = catalogue[resource][operation];
		// It takes one item, and sends the same request as another operation.
		if (ask) continue;
		// The first response would be that of the lookup.
		if (one.lookUp) continue;
		const { answer, idempotent } = callContract(endpoint);
		const { output } = one.items[0];
		const name = `${resource}/${operation} ${one.format ?? ''}`;
		const valid = answer === 'array' ? output : output[0];
		found.set(name, { name, node, one, endpoint, isRepeatable: idempotent, valid });
	}
	return [...found.values()];
});

const materialOf = ({ valid, node }: Target): Material => ({
	valid,
	secrets: [node === 'nativeMsg' ? TOKEN : KEY],
	elsewhere: elsewhere.url,
	here: server.url,
});

/** Starts an attack with these responses; the returned function checks what must hold for every response. */
function begin(answers: WireAnswer[]): (endpoints: string[]) => void {
	server.requests.length = 0;
	server.given.length = 0;
	server.answers = [...answers];
	logs.length = 0;
	return (endpoints) => {
		prototypesAreUntouched();
		hold(elsewhere.requests.length === 0, 'No other server is called', elsewhere.requests);
		for (const request of server.requests) {
			isMeant(request, endpoints);
			keepsSecrets(SECRETS, request.url, request.body);
		}
		keepsSecrets(SECRETS, ...logs);
		for (const kind of server.given) tally.add(kind);
	};
}

/** Runs an operation with one item per response. */
async function run(
	{ node, one, endpoint, isRepeatable }: Target,
	count: number,
	areAllAccepted = false,
): Promise<void> {
	const options = { ...(one.parameters.options as IDataObject), combineItems: false, concurrency: 20 };
	const parameters = { ...one.parameters, options } as OperationCase['parameters'];
	const items = Array.from({ length: count }, (_, index) => one.items[index % one.items.length].json);
	const outcome = await engines[one.format ?? 'nativeMsg'].run({
		node,
		parameters,
		items,
		onError: 'continueErrorOutput',
	});
	const isList = callContract(endpoint).answer === 'array';
	outcomesOf(outcome, count).forEach((found) => hold(found.length > 0 || isList, 'Each item has an outcome'));
	for (const { json } of outcome.success) isPlainData(json);
	keepsSecrets(SECRETS, ...outcome.success.map(({ json }) => json), ...outcome.hints);
	for (const { json } of outcome.failed) {
		isSentence(json.error);
		keepsSecrets(SECRETS, json.error);
		const mayRepeat = !/^It's unknown whether/.test(json.error);
		hold(
			isRepeatable || !areAllAccepted || !mayRepeat,
			'What was accepted never counts as failed',
			json.error,
		);
	}
}

async function attack(target: Target, answers: WireAnswer[], areAllAccepted = false): Promise<void> {
	const held = begin(answers);
	await run(target, answers.length, areAllAccepted);
	held([target.endpoint]);
}

/** @throws Error that names the operation */
async function assertHolds(
	target: Target,
	answer: fc.Arbitrary<WireAnswer>,
	count: number,
	areAllAccepted = false,
) {
	const size = Math.min(count, BATCH);
	const answers = fc.array(answer, { minLength: size, maxLength: size });
	const property = fc.asyncProperty(answers, async (chosen) => await attack(target, chosen, areAllAccepted));
	try {
		await fc.assert(property, { numRuns: Math.ceil(count / size), seed: SEED + targets.indexOf(target) });
	} catch (error) {
		throw new Error(`${target.name}: ${(error as Error).message}`, { cause: error });
	}
}

const perTarget = Math.ceil(COUNT / targets.length / 2);

test(`each of ${targets.length} operations withstands hostile responses`, async () => {
	for (const target of targets) await assertHolds(target, anyAnswer(materialOf(target)), perTarget);
}, 3_600_000);

test('each operation withstands responses of other types to accepted requests', async () => {
	for (const target of targets) await assertHolds(target, wrongTypes(materialOf(target)), perTarget, true);
}, 3_600_000);

const named = (name: string) => targets.find((target) => target.name.trim() === name)!;

test('a send withstands rate limits that make no sense', async () => {
	const send = named('message/send');
	const [runs, items] = [10, 5];
	const answers = fc.array(limits(materialOf(send)), { minLength: runs * items, maxLength: runs * items });
	const property = fc.asyncProperty(answers, async (chosen) => {
		const held = begin(chosen);
		// Each run has its own account, because a response may block the account for later items.
		await Promise.all(Array.from({ length: runs }, async () => await run(send, items)));
		held([send.endpoint]);
	});
	await fc.assert(property, { numRuns: Math.ceil(COUNT / 1_000) });
}, 3_600_000);

test('operations withstand responses of tens of megabytes', async () => {
	for (const name of ['message/send', 'channel/getMany', 'message/sendSession guide']) {
		const target = named(name);
		await fc.assert(
			fc.asyncProperty(hugeAnswer(materialOf(target)), async (answer) => await attack(target, [answer])),
			{ numRuns: Math.ceil(COUNT / 4_000) },
		);
	}
}, 600_000);

test('a response that arrives a byte at a time ends with the timeout', async () => {
	const timeout = AbortSignal.timeout.bind(AbortSignal);
	const asked = jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(ms / 300));
	for (const target of targets) {
		if (target.isRepeatable) continue;
		await attack(target, [drippingAnswer], true);
	}
	expect(new Set(asked.mock.calls.flat())).toEqual(new Set([60_000]));
	asked.mockRestore();
}, 60_000);

test('the dropdowns of the form withstand hostile responses', async () => {
	const methods = Object.keys(engines.nativeMsg.nodeType().methods!.listSearch!);
	const valid = [
		{ id: 1, name: 'One', description: 'One', revision: 1, channelType: 'dlc', phone: '+12015550123' },
	];
	const material = { ...materialOf(targets[0]), valid };
	const property = fc.asyncProperty(
		fc.constantFrom(...methods),
		anyAnswer(material),
		async (method, answer) => {
			const held = begin([answer]);
			try {
				const { results } = await engines.nativeMsg.search(method, {
					parameters: { botId: { __rl: true, mode: 'id', value: 1 } },
				});
				isPlainData(results);
				keepsSecrets(SECRETS, results);
			} catch (error) {
				isSentence((error as Error).message);
				keepsSecrets(SECRETS, error);
			}
			held([
				'GET /channels',
				'GET /bots',
				'GET /bots/{bot_id}/revisions',
				'GET /humans',
				'GET /channels/types',
			]);
		},
	);
	await fc.assert(property, { numRuns: Math.ceil(COUNT / 40) });
}, 3_600_000);
