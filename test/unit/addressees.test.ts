import type { Recipient } from '../../nodes/operations/combine';
import type { AnyOperation } from '../../nodes/operations/defineOperation';
import { addresseesOf, isNamed, keepOnly, ownRecipients } from '../../nodes/operations/run/addressees';
import { newBroadcast } from '../../nodes/operations/run/broadcast';
import type { Call, Share } from '../../nodes/operations/run/plan';

const recipient = (subject: string): Recipient => ({ subject, identity: `to ${subject}`, value: subject });
const shareOf = (recipients: Recipient[], broadcastName?: string) =>
	({ item: { broadcastName }, recipients }) as unknown as Share;

const addressee = (subject: string) => `<${subject}>`;
const combining = {
	addressee,
	combine: {
		recipients: (request: string[]) => request.map(recipient),
		withRecipients: (_request: string[], kept: Recipient[]) => kept.map(({ subject }) => subject),
	},
} as unknown as AnyOperation;
const plain = { addressee, subjects: (request: string[]) => request } as unknown as AnyOperation;

/** A call to these people, of which a combined one has them in its shares. */
const callOf = (operation: AnyOperation, people: string[], isCombined = false) =>
	({
		operation,
		request: people,
		size: people.length,
		broadcast: isCombined ? newBroadcast() : undefined,
	}) as unknown as Call;

test.each([
	['of an operation that combines', callOf(combining, ['Ann', 'Bob']), ['to Ann', 'to Bob']],
	['of any other operation', callOf(plain, ['Ann', 'Bob']), ['Ann', 'Bob']],
	['of a combined call', callOf(combining, ['Ann', 'Bob'], true), ['to Cem']],
])("an item's own recipients are those %s", (_what, call, identities) => {
	const share = shareOf([recipient('Cem')]);
	expect(ownRecipients(call, share).map(({ identity }) => identity)).toEqual(identities);
});

test('a recipient is claimed for the broadcast name, and named in words', () => {
	const found = addresseesOf(callOf(combining, ['Ann']), shareOf([], 'sale'));
	expect(found).toEqual([{ recipient: recipient('Ann'), key: '["sale","Ann"]', words: '<Ann>' }]);
	expect([isNamed(shareOf([], 'sale')), isNamed(shareOf([]))]).toEqual([true, false]);
});

describe('once some of the recipients are removed', () => {
	const kept = [{ recipient: recipient('Bob'), key: '', words: '' }];

	test('a combined call is smaller, and its item has the others', () => {
		const call = callOf(combining, ['Ann', 'Bob', 'Cem', 'Dee'], true);
		const share = shareOf(['Ann', 'Bob', 'Cem'].map(recipient));
		keepOnly(call, share, kept);
		expect(call.size).toBe(2);
		expect(share.recipients).toEqual([recipient('Bob')]);
		expect(call.request).toEqual(['Ann', 'Bob', 'Cem', 'Dee']);
	});

	test.each<[operation: AnyOperation, left: typeof kept, request: string[]]>([
		[combining, kept, ['Bob']],
		// A request without recipients isn't sent anyway.
		[combining, [], ['Ann', 'Bob']],
		[plain, kept, ['Ann', 'Bob']],
	])('a separate request has the others (%#)', (operation, left, request) => {
		const call = callOf(operation, ['Ann', 'Bob']);
		keepOnly(call, shareOf([]), left);
		expect(call.request).toEqual(request);
		expect(call.size).toBe(2);
	});
});
