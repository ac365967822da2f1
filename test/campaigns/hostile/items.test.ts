/** @jest-environment-options {"ownLibraries": true} */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Endpoint } from '../../../nodes/transport/endpoint';
import { callContract } from '../../../nodes/transport/contract';
import type { RawRequest } from '../../support/recorder';
import { useRecorder } from '../../support/recorder';
import { SECRETS, useEngines } from './engines';
import {
	endpointOf,
	hold,
	isMeant,
	isPlainData,
	isSentence,
	keepsSecrets,
	outcomesOf,
	useLogs,
	prototypesAreUntouched,
} from './invariants';
import type { Place } from './places';
import { allPlaces, throwing } from './places';
import { casesOf, SEED, Tally } from './size';
import type { Hostile } from './values';
import { hostile, hugeText } from './values';

/** Items per run of the node. */
const BATCH = 100;

const THROWN = 'expressions that throw';

/** Values that n8n itself fails to read; its message is then the error of the item. */
const FAILS_IN_N8N = new Set(['deep nesting', 'cycles', 'trap objects', THROWN]);

const recorder = useRecorder();
const logs = useLogs();
const tally = new Tally('items');
const places = allPlaces();
const engines = useEngines(recorder);

/** Responds as the contract says, with a record that has fields of every response. */
function answer(request: RawRequest) {
	const record = {
		id: 1,
		requestId: 'request1',
		status: 'D',
		humanId: 1,
		code: 200,
		message: 'Humans [1] were added',
	};
	const endpoint = endpointOf(request, places.flatMap(({ endpoints }) => endpoints) as Endpoint[]);
	const isList = endpoint !== undefined && callContract(endpoint).answer === 'array';
	return { status: 200, body: isList ? [record] : record };
}

/** Runs a place with hostile items and checks all invariants. */
async function attack(
	{ node, format, parameters, endpoints, json, isOfRun }: Place,
	values: Hostile[],
): Promise<void> {
	const items = values.map(({ value }) => ({ ...json, hostile: value }) as IDataObject);
	recorder.requests.length = 0;
	recorder.answer = answer;
	logs.length = 0;
	const outcome = await engines[format ?? 'nativeMsg'].run({
		node,
		parameters,
		items,
		onError: 'continueErrorOutput',
	});
	prototypesAreUntouched();
	outcomesOf(outcome, items.length).forEach((found, index) =>
		hold(found.length > 0, 'Each item has an outcome', values[index]),
	);
	for (const { json: output } of outcome.success) {
		// A held item is returned unchanged.
		isPlainData(output.held === true ? { ...output, hostile: null } : output);
	}
	for (const { json: output, pairedItem } of outcome.failed) {
		// The first item decides for the whole run.
		const kinds = [values[(pairedItem as { item: number }).item].kind, ...(isOfRun ? [values[0].kind] : [])];
		isSentence(
			output.error,
			kinds.some((kind) => FAILS_IN_N8N.has(kind)),
		);
		keepsSecrets(SECRETS, output.error);
	}
	for (const request of recorder.requests) {
		isMeant(request, endpoints);
		keepsSecrets(SECRETS, request.url, request.body);
	}
	keepsSecrets(SECRETS, ...logs, ...outcome.hints, ...outcome.success.map(({ json: output }) => output));
	for (const { kind } of values) tally.add(kind);
}

const COUNT = casesOf('items');
const perPlace = Math.ceil(COUNT / places.length);

/** Attacks a place with this many values in runs of at most `size` items. @throws Error that names the place */
async function assertHolds(
	place: Place,
	index: number,
	count: number,
	size: number,
	value = hostile,
): Promise<void> {
	const values = fc.array(value, { minLength: size, maxLength: size });
	const property = fc.asyncProperty(values, async (chosen) => await attack(place, chosen));
	try {
		await fc.assert(property, { numRuns: Math.ceil(count / size), seed: SEED + index });
	} catch (error) {
		throw new Error(`${place.name}: ${(error as Error).message}`, { cause: error });
	}
}

test(`${places.length} places of the forms withstand hostile values of items`, async () => {
	for (const [index, place] of places.entries()) {
		const size = place.isAlone ? 1 : Math.min(place.isOfRun ? 4 : BATCH, perPlace);
		await assertHolds(place, index, perPlace, size);
	}
}, 3_600_000);

test('the forms withstand expressions that throw', async () => {
	const some = places.filter((_place, index) => index % Math.ceil(places.length / (COUNT / 40)) === 0);
	const value = hostile.map((one) => ({ ...one, kind: THROWN }));
	for (const [index, place] of some.entries())
		await assertHolds(throwing(place, index), index, 4, place.isAlone ? 1 : 4, value);
}, 3_600_000);

/** Where a text is sent as it is, split, parsed, compared, quoted and matched. */
const LONG = [
	...['message/send text', 'message/send phones', 'bot/create interactions', 'bot/get botId'],
	...['message/sendSession guide text', 'message/sendTemplate guide options.templateText'],
];

test('the forms withstand texts of ten million characters', async () => {
	const some = places.filter(({ name }) => LONG.includes(name));
	expect(some).toHaveLength(LONG.length);
	for (const [index, place] of some.entries())
		await assertHolds(place, index, Math.ceil(COUNT / 5_000), 1, hugeText);
}, 3_600_000);
