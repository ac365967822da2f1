import type { AnyOperation } from '../../nodes/operations/defineOperation';
import type { Share } from '../../nodes/operations/run/plan';
import { errorOf, skippedOutput, skippedRecipients, warning } from '../../nodes/operations/run/skipped';

const shareOf = (operation: Partial<AnyOperation> = {}): Share => ({
	item: { itemIndex: 0, operation: operation as AnyOperation, broadcastName: 'sale' },
	recipients: [],
	duplicates: 2,
});
const SIX = ['Ann', 'Bob', 'Cem', 'Dee', 'Eve', 'Fay'];

test('recipients who have the message are listed in the order of the reasons', () => {
	expect(
		skippedRecipients({ elsewhere: ['Cem'], sent: ['Bob'], sentBefore: ['Ann'], full: ['Dee'] }),
	).toEqual(['Ann', 'Bob', 'Cem']);
	expect(skippedRecipients({})).toEqual([]);
});

test('a skipped item has the usual fields without values, and says who has the message', () => {
	const operation = { output: () => ({ requestId: null }), combine: {} } as unknown as AnyOperation;
	expect(skippedOutput(shareOf(operation), { sentBefore: ['Ann'], sent: ['Bob'] })).toEqual({
		output: [
			{
				requestId: null,
				status: 'skipped',
				broadcastName: 'sale',
				skippedReason: '"sale" was already sent to Ann, Bob',
				skippedRecipients: ['Ann', 'Bob'],
				requestItemCount: 0,
				recipientCount: 0,
				duplicateCount: 2,
			},
		],
	});
});

test('a skipped item names who is being sent to right now, and counts beyond the fifth', () => {
	expect(skippedOutput(shareOf(), { elsewhere: SIX, sentBefore: ['Gus'] })).toEqual({
		output: [
			{
				status: 'skipped',
				broadcastName: 'sale',
				skippedReason: 'Another execution is sending "sale" to Ann, Bob, Cem, Dee, Eve and 1 more right now',
				skippedRecipients: ['Gus', ...SIX],
			},
		],
	});
});

test.each([
	[
		{ unknown: ['Ann', 'Bob'], full: ['Cem'] },
		false,
		'UnknownOutcomeError',
		'It\'s unknown whether Ann, Bob got "sale": an earlier attempt has no stored result',
	],
	[
		{ full: SIX.slice(1) },
		false,
		'NotSentError',
		'Kept Recipients is used up, so "sale" wasn\'t sent to Bob, Cem, Dee, Eve, Fay: n8n keeps 500 recipients for this node',
	],
	[
		{ full: SIX },
		true,
		'PartlyServedError',
		'Kept Recipients is used up, so "sale" wasn\'t sent to Ann, Bob, Cem, Dee, Eve and 1 more: n8n keeps 500 recipients for this node',
	],
])('recipients left out as %j fail the item: partly sent %s', (leftOut, isPartlySent, kind, message) => {
	const error = errorOf(shareOf(), leftOut, 500, isPartlySent)!;
	expect([error.constructor.name, error.message]).toEqual([kind, message]);
});

test('an item does not fail if those left out have the message', () => {
	expect(errorOf(shareOf(), { sent: ['Ann'] }, 500, false)).toBeUndefined();
});

test.each([
	[399, undefined],
	[
		400,
		/^n8n keeps 400 recipients for this node, and Kept Recipients allows 500\. .* <b>Broadcast > Kept Recipients<\/b>/,
	],
	[600, /^n8n keeps 600 recipients/],
])('with %i of 500 kept recipients, the warning is %s', (kept, text) => {
	const told = warning(kept, 500);
	if (text) expect(told).toMatch(text);
	else expect(told).toBeUndefined();
});
