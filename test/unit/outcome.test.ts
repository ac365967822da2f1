import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { isRefusal, nodeErrorOf, PartlyServedError } from '../../nodes/operations/outcome';
import { NotSentError, RequestError, UnknownOutcomeError } from '../../nodes/transport/errors';

const node = { name: 'NativeMsg' } as INode;
const requestError = (message: string, status?: number) => new RequestError(message, 'Do this', status);

describe('the error of an item', () => {
	test('names the item, for each that shares the request its own, and keeps the rest', () => {
		const shared = requestError('Only [item 1] was sent', 404);
		const error = nodeErrorOf(node, shared, 12);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: 'Only [item 1] was sent [item 12]',
			description: 'Do this',
			httpCode: '404',
			context: { itemIndex: 12 },
		});
		expect(error.messages).toEqual(['Only [item 1] was sent [item 12]']);
		expect(nodeErrorOf(node, shared, 0).message).toBe('Only [item 1] was sent [item 0]');
	});

	test('names no item if there is none', () => {
		expect(nodeErrorOf(node, requestError('No')).message).toBe('No');
	});

	test('has no HTTP status if the original has none', () => {
		expect((nodeErrorOf(node, requestError('No'), 2) as NodeApiError).httpCode).toBeNull();
	});

	test('becomes an error that n8n shows well, whatever its kind', () => {
		const error = nodeErrorOf(node, new NotSentError('No phone', 'Enter one'), 0);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({
			message: 'No phone [item 0]',
			description: 'Enter one',
			context: { itemIndex: 0 },
		});
		const plain = nodeErrorOf(node, new Error('No'), 0);
		expect(plain).toBeInstanceOf(NodeOperationError);
		expect(plain.message).toBe('No [item 0]');
	});
});

test.each<[number | undefined, unknown]>([
	[429, { cause: 'rate-limited' }],
	[401, { cause: 'credential-invalid' }],
	[499, undefined],
	[500, { cause: 'temporarily-unavailable' }],
	[503, { cause: 'temporarily-unavailable' }],
	[undefined, undefined],
])('n8n learns the cause of HTTP %s', (status, cause) => {
	expect((nodeErrorOf(node, requestError('No', status), 0) as { failure?: unknown }).failure).toEqual(cause);
});

test.each<[number | undefined, boolean]>([
	...[400, 403, 404, 409, 410, 413, 416, 422].map((status): [number, boolean] => [status, true]),
	...[401, 402, 405, 406, 408, 415, 421, 429, 500].map((status): [number, boolean] => [status, false]),
	[undefined, false],
])('HTTP %s refuses the request: %p', (status, isOne) => {
	expect(isRefusal(requestError('No', status))).toBe(isOne);
	expect(isRefusal(Object.assign(new Error('No'), { status }))).toBe(false);
	expect(isRefusal(new UnknownOutcomeError('No', '', status))).toBe(false);
});

test('an item that was served in part counts as unknown, so it is not repeated', () => {
	expect(new PartlyServedError('Only some')).toBeInstanceOf(UnknownOutcomeError);
	expect(requestError('No', 422)).not.toBeInstanceOf(UnknownOutcomeError);
});
