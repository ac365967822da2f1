import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { isRefusal, isUnknown, nodeErrorOf, UnknownOutcomeError } from '../../nodes/operations/outcome';
import { NotSentError } from '../../nodes/transport/errors';

const node = { name: 'NativeMsg' } as INode;
const apiError = (message: string, httpCode?: string) =>
	new NodeApiError(node, { message }, { message, description: 'Do this', httpCode, itemIndex: 1 });

describe('the error of an item', () => {
	test('stays as it is if n8n shows it well and it names the item', () => {
		const own = apiError('No [item 1]', '404');
		expect(nodeErrorOf(node, own, 1)).toBe(own);
		const operationError = new NodeOperationError(node, 'No [item 1]');
		expect(nodeErrorOf(node, operationError, 1)).toBe(operationError);
	});

	test('gets the number of its item if it was made for another item of the request, and keeps the rest', () => {
		const error = nodeErrorOf(node, apiError('No [item 1]', '404'), 12);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: 'No [item 12]',
			description: 'Do this',
			httpCode: '404',
			context: { itemIndex: 12 },
		});
		expect(error.messages).toEqual(['No [item 12]']);
		expect(nodeErrorOf(node, error, 3).message).toBe('No [item 3]');
		expect(nodeErrorOf(node, apiError('Only [item 1] was sent'), 2).message).toBe(
			'Only [item 1] was sent [item 2]',
		);
	});

	test('has no HTTP status if the original has none', () => {
		expect((nodeErrorOf(node, apiError('No'), 2) as NodeApiError).httpCode).toBeNull();
	});

	test('becomes an error that n8n shows well, whatever its kind', () => {
		const error = nodeErrorOf(node, new NotSentError('No phone', 'Enter one'), 0);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({
			message: 'No phone [item 0]',
			description: 'Enter one',
			context: { itemIndex: 0 },
		});
		const plain = nodeErrorOf(node, new Error('No [item 0]'), 0);
		expect(plain).toBeInstanceOf(NodeOperationError);
		expect(plain.message).toBe('No [item 0]');
	});
});

test.each<[string | undefined, boolean]>([
	['400', true],
	['413', true],
	['422', true],
	['404', false],
	[undefined, false],
])('HTTP %s refuses the request: %p', (httpCode, isOne) => {
	expect(isRefusal(apiError('No', httpCode))).toBe(isOne);
	expect(isRefusal(Object.assign(new Error('No'), { httpCode }))).toBe(false);
});

test('an unknown outcome differs from a failure', () => {
	const error = new UnknownOutcomeError('Lost', 'Look it up');
	expect(isUnknown(error)).toBe(true);
	expect([error.message, error.description]).toEqual(['Lost', 'Look it up']);
	expect(isUnknown(apiError('No'))).toBe(false);
	expect(isUnknown(new Error('No'))).toBe(false);
});
