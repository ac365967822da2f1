import { catalogue } from '../../nodes/NativeMsg/catalogue';
import type { Catalogue } from '../../nodes/operations/defineOperation';
import type { RecordedRequest } from '../../sandbox/server';
import { runCase, type CaseItem, type OperationCase } from '../support/cases';
import { useFixture } from '../support/fixture';
import { cases } from './cases';

// Without a pause between them messages are delivered, or have failed, by the time they are read back.
const fixture = useFixture({ stepMs: 0 });

/** The error body in the reference's introduction. */
const VENDOR_ERROR = {
	code: '422',
	reasonPhrase: 'Unprocessable Entity',
	description:
		'The server understands the content type of the request entity and the syntax of the request entity is correct but was unable to process the contained instructions.',
	homeRef: 'https://api.nativemsg.com',
	contactEmail: 'support@nativemsg.com',
	uri: 'http://www.webdav.org/specs/rfc2518.html#STATUS_422',
};
const VENDOR_SENTENCE = VENDOR_ERROR.description.replace(/\.$/, '');

const keyOf = ({ parameters }: OperationCase) => `${parameters.resource}/${parameters.operation}`;

const named = (list: OperationCase[]) =>
	list.map((one) => [`${keyOf(one)}: ${one.title}`, one] as [string, OperationCase]);

const plainest = [...new Map([...cases].reverse().map((one) => [keyOf(one), one])).values()].reverse();

const outline = (requests: RecordedRequest[]) =>
	requests.map(({ method, path, body }) => ({ request: `${method} ${path}`, body }));

const expectedRequests = (items: CaseItem[]) => items.map(({ request, body = null }) => ({ request, body }));

const expectedOutput = ({ output }: CaseItem, item: number) =>
	output.map((json) => ({ json, pairedItem: { item } }));

describe('each operation sends what the reference documents and hands out what came back', () => {
	it.each(named(cases))('%s', async (_name, one) => {
		const { requests, success, failed, error } = await runCase(fixture, one);
		expect(error).toBeUndefined();
		expect(outline(requests)).toEqual(expectedRequests(one.items));
		expect(success).toEqual(one.items.flatMap(expectedOutput));
		expect(failed).toEqual([]);
	});

	it('in at least one case with two items or more', () => {
		const operations = Object.entries(catalogue as Catalogue).flatMap(([resource, all]) =>
			Object.keys(all).map((key) => `${resource}/${key}`),
		);
		expect(plainest.map(keyOf).sort()).toEqual(operations.sort());
		expect(cases.filter(({ items }) => items.length < 2)).toEqual([]);
	});
});

describe('an error of the API', () => {
	const fault = { kind: 'status', status: 422, body: VENDOR_ERROR, after: 1 } as const;

	/** The second of three items fails: the same as the first, which shows that the refused one was not processed. */
	const withFailure = (one: OperationCase) => {
		const [first, second] = one.items;
		return { first, second, items: [first.json, first.json, second.json], fault };
	};

	it.each(named(plainest))('stops the node: %s', async (_name, one) => {
		const { first, items } = withFailure(one);
		const { requests, success, failed, error, status } = await runCase(fixture, one, { items, fault });
		expect(status).toBe('error');
		expect(error?.message).toBe(`${VENDOR_SENTENCE} [item 1]`);
		expect(error?.description).toMatch(/Change the value named above/);
		expect(error?.httpCode).toBe('422');
		expect(error?.context?.itemIndex).toBe(1);
		expect(outline(requests)).toEqual(expectedRequests([first, first]));
		expect([...success, ...failed]).toEqual([]);
	});

	it.each(named(plainest))('leaves by the error output: %s', async (_name, one) => {
		const { first, second, items } = withFailure(one);
		const outcome = await runCase(fixture, one, { items, fault, onError: 'continueErrorOutput' });
		const error = `${VENDOR_SENTENCE} [item 1]`;
		expect(outcome.status).toBe('success');
		expect(outline(outcome.requests)).toEqual(expectedRequests([first, first, second]));
		expect(outcome.success).toEqual([...expectedOutput(first, 0), ...expectedOutput(second, 2)]);
		expect(outcome.failed).toEqual([{ json: { ...first.json, error }, pairedItem: { item: 1 } }]);
	});

	it.each(named(plainest))('stands among the results in its place: %s', async (_name, one) => {
		const { first, second, items } = withFailure(one);
		const outcome = await runCase(fixture, one, { items, fault, onError: 'continueRegularOutput' });
		const error = `${VENDOR_SENTENCE} [item 1]`;
		expect(outline(outcome.requests)).toEqual(expectedRequests([first, first, second]));
		expect(outcome.success).toEqual([
			...expectedOutput(first, 0),
			{ json: { error }, pairedItem: { item: 1 } },
			...expectedOutput(second, 2),
		]);
	});
});

describe('an id that exists nowhere', () => {
	const withId = plainest.filter(({ unknownId }) => unknownId);

	it.each(named(withId))('is reported in the words of the API: %s', async (_name, one) => {
		const { json, error: sentence } = one.unknownId!;
		const [first] = one.items;
		const items = [first.json, { ...first.json, ...json }];
		const { error, requests } = await runCase(fixture, one, { items });
		expect(error?.message).toBe(`${sentence} [item 1]`);
		expect(error?.description).toBe(
			'Check the ID: it may be mistyped, deleted, or belong to another account.',
		);
		expect(error?.httpCode).toBe('404');
		expect(requests.map(({ status }) => status)).toEqual([200, 404]);

		const { failed } = await runCase(fixture, one, { items, onError: 'continueErrorOutput' });
		expect(failed).toEqual([
			{ json: { ...items[1], error: `${sentence} [item 1]` }, pairedItem: { item: 1 } },
		]);
	});

	it('is tried with every operation whose path has an id', () => {
		const operations = Object.entries(catalogue as Catalogue).flatMap(([resource, all]) =>
			Object.entries(all).flatMap(([key, { endpoint }]) =>
				/_id\}/.test(endpoint) ? [`${resource}/${key}`] : [],
			),
		);
		expect(withId.map(keyOf).sort()).toEqual(operations.sort());
	});
});

describe('what the reference contradicts itself about comes out in one shape', () => {
	const answerWith = (body: unknown) => ({ kind: 'status', status: 200, body }) as const;

	/** The example of the reference, verbatim. */
	const exampleMessage = {
		id: 8767223,
		botId: 56456,
		channelId: 5377889,
		requestId: 'jh2h4hKj3Khjaak123jhgvn1v12n31m',
		humandId: 5667322,
		sent: '2017-02-24T18:00:44',
		status: 'D',
		messageType: 'O',
		delivered: '2017-02-24T18:00:44',
		profilePic: 'https://example.com/pictureOfMe.jpg',
		message: {
			text: 'This is a message that will go out to humans.',
			media: 'https://example.com/pictureOfSomething.png',
		},
	};

	const outputOf = async (parameters: OperationCase['parameters'], answer: unknown) => {
		const { success } = await runCase(
			fixture,
			{ title: '', parameters, items: [] },
			{ items: [{}], fault: answerWith(answer) },
		);
		return success.map(({ json }) => json);
	};

	it.each([
		['as its examples spell them', exampleMessage],
		[
			'as its tables spell them',
			(({ humandId: humanId, profilePic: profilePicUrl, ...rest }) => ({ ...rest, humanId, profilePicUrl }))(
				exampleMessage,
			),
		],
	])('humanId and profilePicUrl of messages, %s', async (_spelling, message) => {
		const { humandId, profilePic, ...others } = exampleMessage;
		const clean = {
			...others,
			humanId: humandId,
			profilePicUrl: profilePic,
			statusName: 'delivered',
			messageTypeName: 'outbound',
		};
		expect(await outputOf({ resource: 'message', operation: 'get', messageId: '1' }, message)).toEqual([
			clean,
		]);
		const list = { resource: 'message', operation: 'getMany', requestId: 'x', returnAll: true };
		expect(await outputOf(list, [message, message])).toEqual([clean, clean]);
	});

	it.each([
		['A', 'accepted', 'O', 'outbound'],
		['P', 'pending', 'I', 'inbound'],
		['S', 'sent', 'B', 'blast'],
		['D', 'delivered', 'O', 'outbound'],
		['F', 'failed', 'O', 'outbound'],
		['Q', 'queued', 'O', 'outbound'],
		['R', 'read', 'O', 'outbound'],
		['X', 'unknown', 'X', 'unknown'],
	])('status %s is %s and type %s is %s', async (status, statusName, messageType, messageTypeName) => {
		const parameters = { resource: 'message', operation: 'get', messageId: '1' };
		const [message] = await outputOf(parameters, { ...exampleMessage, status, messageType });
		expect(message).toMatchObject({ status, statusName, messageType, messageTypeName });
	});

	it.each([
		['JSON text', '[{"name":"interaction #1"}]', [{ name: 'interaction #1' }]],
		['a list', [{ name: 'interaction #1' }], [{ name: 'interaction #1' }]],
		['text that is not JSON', 'v0.1', 'v0.1'],
	])('data of a revision, sent as %s', async (_kind, data, clean) => {
		const revision = { id: 13, botId: 129, revision: 1, name: 'awesome bot', data };
		const one = { resource: 'bot', operation: 'getRevision', botId: '129', revision: 1 };
		expect(await outputOf(one, revision)).toEqual([{ ...revision, data: clean }]);
		const many = { resource: 'bot', operation: 'getRevisions', botId: '129', returnAll: true };
		expect(await outputOf(many, [revision])).toEqual([{ ...revision, data: clean }]);
	});

	it.each([
		[
			'Humans [123456, 123457] were successfully added and subscribed to channel 121222 and assigned to tags [1234, 5678].',
			[123456, 123457],
		],
		['Nobody was added.', []],
	])('ids of added humans, which stand in a sentence: %s', async (message, humanIds) => {
		const parameters = { resource: 'human', operation: 'addByPhone', channelId: '601', phone: '12015550101' };
		expect(await outputOf(parameters, { code: 200, message })).toEqual([{ code: 200, message, humanIds }]);
	});
});
