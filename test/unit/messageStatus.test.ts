import { messageRecord } from '../../nodes/NativeMsg/message/records';
import { statusName } from '../../nodes/transport/messageStatus';

test.each<[unknown, string | undefined]>([
	['A', 'accepted'],
	['P', 'pending'],
	['S', 'sent'],
	['D', 'delivered'],
	['F', 'failed'],
	['Q', 'queued'],
	['R', 'read'],
	['d', 'delivered'],
	['Delivered', 'delivered'],
	['FAILED', 'failed'],
	[' read ', 'read'],
	['on its way', undefined],
	[5, undefined],
	[null, undefined],
	[undefined, undefined],
])('the status %j of a message is %j', (status, name) => expect(statusName(status)).toBe(name));

test('a message with an unknown status says so', () => {
	expect(messageRecord({ status: 'X' }).statusName).toBe('unknown');
	expect(messageRecord({ status: 'delivered' }).statusName).toBe('delivered');
});
