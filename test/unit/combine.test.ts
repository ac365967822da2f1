import { combineList } from '../../nodes/operations/combine';
import type { RequestOf } from '../../nodes/transport/endpoint';

type Subscribe = 'POST /channels/{channel_id}/subscribe';
const share = () => ({});
const request = {
	path: { channel_id: 5 },
	body: { humanIds: [1, 2], other: true },
} as unknown as RequestOf<Subscribe>;

test('combineList takes the entries of the list as recipients, each as its own subject', () => {
	const rule = combineList<Subscribe>('humanIds', { byDefault: true, share });
	expect(rule.recipients(request)).toEqual([
		{ subject: '1', identity: '1', value: 1 },
		{ subject: '2', identity: '2', value: 2 },
	]);
	expect([rule.byDefault, rule.share]).toEqual([true, share]);
});

test('combineList can give an entry another subject', () => {
	const subject = (entry: unknown) => `human ${String(entry)}`;
	const rule = combineList<Subscribe>('humanIds', { byDefault: false, share, subject });
	expect(rule.recipients(request).map((one) => one.subject)).toEqual(['human 1', 'human 2']);
	expect(rule.byDefault).toBe(false);
});

test('combineList changes nothing but the recipients of a request', () => {
	const rule = combineList<Subscribe>('humanIds', { byDefault: true, share });
	const others = [{ subject: '', identity: '', value: 7 }];
	expect(rule.withRecipients(request, others)).toEqual({
		path: { channel_id: 5 },
		body: { humanIds: [7], other: true },
	});
});
