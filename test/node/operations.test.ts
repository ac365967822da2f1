import { catalogue } from '../../nodes/NativeMsg/catalogue';
import type { Catalogue } from '../../nodes/operations/defineOperation';
import { counts, runCase, type OperationCase } from '../support/cases';
import { useFixture } from '../support/fixture';
import { describeOperations } from '../support/operationTests';
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

describeOperations(
	fixture,
	cases,
	{ node: 'NativeMsg', catalogue: catalogue as Catalogue },
	{
		status: 422,
		body: VENDOR_ERROR,
		sentence: VENDOR_ERROR.description.replace(/\.$/, ''),
		remedy: /Change the value named above/,
	},
);

describe('the output for an inconsistent record of the reference', () => {
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
	])('has one shape for a message, %s', async (_spelling, message) => {
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
	])('has status %s as %s, type %s as %s', async (status, statusName, messageType, messageTypeName) => {
		const parameters = { resource: 'message', operation: 'get', messageId: '1' };
		const [message] = await outputOf(parameters, { ...exampleMessage, status, messageType });
		expect(message).toMatchObject({ status, statusName, messageType, messageTypeName });
	});

	it.each([
		['JSON text', '[{"name":"interaction #1"}]', [{ name: 'interaction #1' }]],
		['a list', [{ name: 'interaction #1' }], [{ name: 'interaction #1' }]],
		['text that is not JSON', 'v0.1', 'v0.1'],
	])('has one shape for a revision whose data is %s', async (_kind, data, clean) => {
		const revision = { id: 13, botId: 129, revision: 1, name: 'awesome bot', data };
		const one = { resource: 'bot', operation: 'getRevision', botId: '129', revision: 1 };
		expect(await outputOf(one, revision)).toEqual([{ ...revision, data: clean }]);
		const many = { resource: 'bot', operation: 'getRevisions', botId: '129', returnAll: true };
		expect(await outputOf(many, [revision])).toEqual([{ ...revision, data: clean }]);
	});

	it.each([
		[
			'Humans [123456, 123457] were successfully added and subscribed to channel 121222 and assigned to tags [1234, 5678].',
			{ humanId: null, humanIds: [123456, 123457] },
		],
		['Humans [123456] were successfully added to channel 601.', { humanId: 123456, humanIds: [123456] }],
		['Nobody was added.', { humanId: null, humanIds: [] }],
	])('has the human IDs in: %s', async (message, ids) => {
		const parameters = { resource: 'human', operation: 'addByPhone', channelId: '601', phone: '12015550101' };
		expect(await outputOf(parameters, { code: 200, message })).toEqual([
			{ phone: '+12015550101', ...ids, message, ...counts() },
		]);
	});
});
