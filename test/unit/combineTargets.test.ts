import { combineTargets, targetName } from '../../nodes/NativeMsg/message/combineTargets';
import type { RequestOf } from '../../nodes/transport/endpoint';

const requestTo = (...targets: object[]) =>
	({ body: { text: 'Hello', targets } }) as unknown as RequestOf<'POST /messages'>;
const phones = { targetType: 'phones', channelId: 601, subscription: true };
const humans = { targetType: 'humans', channelId: 602 };

test('phone numbers and IDs are recipients, each with its target', () => {
	const request = requestTo({ ...phones, phones: ['+1 201'] }, { ...humans, ids: [7], phones: null });
	expect(combineTargets.recipients(request)).toEqual([
		{ subject: 'phones 1201', identity: '601 true phones 1201', value: { target: phones, phone: '+1 201' } },
		{ subject: 'humans 7', identity: '602 undefined humans 7', value: { target: humans, id: 7 } },
	]);
});

test('recipients are grouped by target again', () => {
	const request = requestTo(
		{ ...phones, phones: ['1', '2'] },
		{ ...humans, ids: [7, 8] },
		{ ...phones, phones: ['3'] },
	);
	const recipients = combineTargets.recipients(request);
	expect(combineTargets.withRecipients(requestTo(), recipients)).toEqual(
		requestTo({ ...phones, phones: ['1', '2', '3'] }, { ...humans, ids: [7, 8] }),
	);
});

test('items share requests unless the node waits for each delivery', () => {
	expect(combineTargets.byDefault).toBe(true);
	expect(combineTargets.isImpossible!({})).toBe(false);
	expect(combineTargets.isImpossible!({ afterSending: 'wait' })).toBe(true);
	expect(combineTargets.isImpossible!({ afterSending: 'dontWait' })).toBe(false);
});

test('an item that shared a request gets what is known about the request', () => {
	const receipt = { status: 'accepted', requestId: '1' };
	expect(combineTargets.share(receipt, [])).toEqual(receipt);
});

test.each([
	['phones 12015550101', '+12015550101'],
	['humans 540', 'human 540'],
	['channels 601', 'channel 601'],
	['tags 7', 'tag 7'],
])('the recipient %s is called %s', (subject, name) => expect(targetName(subject)).toBe(name));
