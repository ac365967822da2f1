import { isWaiting } from '../../nodes/NativeMsg/message/deliveryFields';

test.each([
	['wait', true],
	['failIfNotDelivered', true],
	['dontWait', false],
	[undefined, false],
])('after sending, %s waits for delivery: %s', (afterSending, waits) => {
	expect(isWaiting({ afterSending })).toBe(waits);
});
