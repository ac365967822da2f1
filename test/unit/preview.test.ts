import { combineTargets } from '../../nodes/NativeMsg/message/combineTargets';
import type { AnyOperation } from '../../nodes/operations/defineOperation';
import type { PreparedItem } from '../../nodes/operations/run/plan';
import { createPlan } from '../../nodes/operations/run/plan';
import { previewHeld, previewPlan, refusedOutput } from '../../nodes/operations/run/preview';
import type { Results } from '../../nodes/operations/run/results';

const operation = {
	endpoint: 'POST /messages',
	combine: combineTargets,
	addressee: (subject: string) => subject,
} as unknown as AnyOperation;
const reading = { endpoint: 'GET /bots', describe: () => ({ map: 'A map' }) } as unknown as AnyOperation;

const targetsOf = (phones: string[]) => [{ targetType: 'phones', phones, channelId: 601 }];
const itemTo = (phones: string[], others: Partial<PreparedItem> = {}) =>
	({ operation, request: { body: { text: 'Hi', targets: targetsOf(phones) } }, ...others }) as Omit<
		PreparedItem,
		'itemIndex'
	>;

/** Collects the outputs. */
function collected() {
	const outputs: unknown[] = [];
	const results = {
		update: (itemIndex: number, { output }: { output: unknown[] }) => ([outputs[itemIndex]] = output),
	} as unknown as Results;
	return { outputs, results };
}

/** The outputs for these items, of which two recipients at most share a request, if any. */
function previewOf(items: Array<Omit<PreparedItem, 'itemIndex'>>, run: object = {}, isCombined = true) {
	const plan = createPlan(isCombined ? 2 : undefined);
	for (const [itemIndex, item] of items.entries()) plan.add({ ...item, itemIndex });
	const { outputs, results } = collected();
	previewPlan(plan, results, run);
	return outputs;
}

const requestTo = (...phones: string[]) => ({
	method: 'POST',
	path: '/messages',
	body: { text: 'Hi', targets: targetsOf(phones) },
});

test('the first item of a request has it whole, and the others refer to it', () => {
	const items = [itemTo(['1']), itemTo(['2', '1']), itemTo(['1', '2']), itemTo(['3'])];
	const totals = { requestCount: 2, totalRecipientCount: 3 };
	const answer = { ok: true, to: null, problems: [] };
	expect(previewOf(items)).toEqual([
		{
			...answer,
			requestNumber: 1,
			requestItemCount: 2,
			recipientCount: 1,
			duplicateCount: 0,
			...totals,
			request: requestTo('1', '2'),
		},
		{
			...answer,
			requestNumber: 1,
			requestItemCount: 2,
			recipientCount: 1,
			duplicateCount: 1,
			...totals,
			requestOfItem: 0,
		},
		{
			...answer,
			requestNumber: 1,
			requestItemCount: 2,
			recipientCount: 0,
			duplicateCount: 2,
			...totals,
			requestOfItem: 0,
		},
		{
			...answer,
			requestNumber: 2,
			requestItemCount: 1,
			recipientCount: 1,
			duplicateCount: 0,
			...totals,
			request: requestTo('3'),
		},
	]);
});

test('separate requests count the recipients of their item', () => {
	expect(previewOf([itemTo(['1', '2']), itemTo(['2'])], {}, false)).toMatchObject([
		{
			requestNumber: 1,
			recipientCount: 2,
			requestCount: 2,
			totalRecipientCount: 3,
			request: requestTo('1', '2'),
		},
		{ requestNumber: 2, recipientCount: 1, duplicateCount: 0, request: requestTo('2') },
	]);
});

test('an operation without recipients has no counts, and may describe its request', () => {
	expect(previewOf([{ operation: reading, request: {} as never }])).toEqual([
		{
			ok: true,
			problems: [],
			requestNumber: 1,
			requestItemCount: 1,
			requestCount: 1,
			map: 'A map',
			request: { method: 'GET', path: '/bots', body: undefined },
		},
	]);
});

test('the totals include SMS parts and minutes if they are known', () => {
	const cost = { parts: 3, output: { smsParts: 3 } };
	const paid = [itemTo(['1', '2'], { cost }), itemTo(['3'], { cost })];
	expect(previewOf(paid, { messagesPerMinute: 4 })).toMatchObject([
		{ smsParts: 3, totalRecipientCount: 3, totalSmsParts: 9, totalMinutes: 0.5 },
		{ smsParts: 3, totalRecipientCount: 3, totalSmsParts: 9, totalMinutes: 0.5 },
	]);
	const [plain] = previewOf([itemTo(['1'])]);
	expect(plain).not.toHaveProperty('totalSmsParts');
	expect(plain).not.toHaveProperty('totalMinutes');
});

test('what is known about recipients is shown for each item, if it was looked up', () => {
	const foretold = new Map([[1, { alreadySentCount: 1, unknownCount: 2 }]]);
	expect(previewOf([itemTo(['1']), itemTo(['2'])], { foretold })).toMatchObject([
		{ alreadySentCount: 0, unknownCount: 0 },
		{ alreadySentCount: 1, unknownCount: 2 },
	]);
	expect(previewOf([itemTo(['1'])])[0]).not.toHaveProperty('unknownCount');
});

test('problems make an item not ok, and a refusal of the run all of them', () => {
	const doubtful = itemTo(['1'], {
		preview: { problems: ['Too long'], first: { text: 'Hi' }, details: { channels: [] } },
	});
	expect(previewOf([doubtful, itemTo(['2'])])).toMatchObject([
		{ ok: false, problems: ['Too long'], text: 'Hi', channels: [] },
		{ ok: true, problems: [] },
	]);
	expect(previewOf([doubtful, itemTo(['2'])], { refusal: 'Too many' })).toMatchObject([
		{ ok: false, problems: ['Too many'], text: 'Hi' },
		{ ok: false, problems: ['Too many'] },
	]);
});

const NONE = { requestNumber: null, requestItemCount: 0, recipientCount: 0, duplicateCount: 0 };

test('an item that would be refused has its problems, and its request if it could be read', () => {
	expect(refusedOutput(['No text'], { operation })).toEqual({
		ok: false,
		to: null,
		problems: ['No text'],
		...NONE,
		request: null,
	});
	const item = {
		...itemTo(['1'], { preview: { first: { text: 'Hi' }, details: { channels: [] } } }),
		itemIndex: 3,
	};
	expect(refusedOutput(['No text'], item)).toEqual({
		ok: false,
		to: null,
		text: 'Hi',
		problems: ['No text'],
		...NONE,
		channels: [],
		request: requestTo('1'),
	});
	expect(refusedOutput(['No name'], { operation: reading })).toEqual({
		ok: false,
		problems: ['No name'],
		requestNumber: null,
		requestItemCount: 0,
		request: null,
	});
});

test('an item in quiet hours says until when, and has no part in a request', () => {
	const { outputs, results } = collected();
	const held = { held: true, sendAt: '2030-01-01T08:00:00.000Z', heldReason: 'Quiet hours' } as const;
	previewHeld(results, { ...itemTo(['1']), itemIndex: 1 }, held);
	expect(outputs[1]).toEqual({ ok: true, to: null, problems: [], ...held, ...NONE, request: requestTo('1') });
});
