import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import {
	CutShortError,
	detailsOf,
	hasFailed,
	hasOutput,
	isHeld,
	isInDoubt,
	isRefusal,
	isSkipped,
	nodeErrorOf,
	NotTriedError,
	PartlyServedError,
} from '../../nodes/operations/outcome';
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

describe('an item that was not tried', () => {
	test('says why, how those before it failed, and what to do', () => {
		const error = new NotTriedError('Nothing more was tried', requestError('The balance is used up', 402));
		expect(error.message).toBe('Nothing more was tried: The balance is used up');
		expect(error.description).toBe('Nothing was sent for this item. Do this');
	});

	test('says only that nothing was sent if there is nothing to do', () => {
		const error = new NotTriedError('Nothing more was tried', new RequestError('No', '', 402));
		expect(error.description).toBe('Nothing was sent for this item.');
	});
});

test.each<[error: Error, outcome: string | undefined]>([
	[new NotSentError('No'), 'notSent'],
	[requestError('No', 422), 'refused'],
	[new UnknownOutcomeError('Lost', ''), 'unknown'],
	[new PartlyServedError('Some'), 'partlySent'],
	[new CutShortError('Some'), 'partlySent'],
	[new Error('A bug'), undefined],
])('the details of %s have the outcome %s', (error, outcome) => {
	expect(detailsOf(error)?.outcome).toBe(outcome);
});

test('outcomes are told apart, also those of an operation that returned nothing', () => {
	const sent = { output: [{ status: 'accepted' }] };
	const nothing = { output: [] };
	const skipped = { output: [{ skippedReason: 'has it' }] };
	const held = { output: [{ held: true }] };
	const failed = { error: new NotSentError('No') };
	const unknown = { error: new UnknownOutcomeError('Lost', '') };
	const all = [sent, nothing, skipped, held, failed, unknown, undefined];
	const those = (fits: (outcome: (typeof all)[number]) => boolean) => all.filter((outcome) => fits(outcome));
	expect(those(hasOutput)).toEqual([sent, nothing, skipped, held]);
	expect(those(isSkipped)).toEqual([skipped]);
	expect(those(isHeld)).toEqual([held]);
	expect(those(hasFailed)).toEqual([failed, unknown]);
	expect(those(isInDoubt)).toEqual([unknown]);
});
