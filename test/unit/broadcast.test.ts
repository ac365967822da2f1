import { newBroadcast, noteRefusal, noteUnrefused } from '../../nodes/operations/run/broadcast';
import { RequestError } from '../../nodes/transport/errors';

const refusal = (message: string, status = 422) => new RequestError(message, '', status);

test('nothing is known about a new broadcast', async () => {
	const { lookedInto, ...others } = newBroadcast();
	expect(others).toEqual({
		hasLoans: false,
		served: new Set(),
		inDoubt: new Map(),
		wasAccepted: false,
		sameRefusals: 0,
		isProven: false,
		underWay: 0,
	});
	await lookedInto;
});

test('refusals count as the same if status and message are', () => {
	const broadcast = newBroadcast();
	const counts = [
		refusal('No'),
		refusal('No'),
		refusal('Gone'),
		refusal('Gone', 410),
		refusal('Gone', 410),
		refusal('Gone', 410),
	].map((one) => {
		noteRefusal(broadcast, one);
		expect(broadcast.lastRefusal).toBe(one);
		return broadcast.sameRefusals;
	});
	expect(counts).toEqual([1, 2, 1, 1, 2, 3]);
	expect(broadcast.isProven).toBe(false);
});

test.each([true, false])(
	'a request that is not refused starts the count anew (accepted: %s)',
	(isAccepted) => {
		const broadcast = { ...newBroadcast(), refusalOfAll: refusal('No') };
		noteRefusal(broadcast, refusal('No'));
		noteUnrefused(broadcast, isAccepted);
		expect(broadcast).toMatchObject({ isProven: true, wasAccepted: isAccepted, sameRefusals: 0 });
		expect(broadcast.lastRefusal).toBeUndefined();
		// Only an accepted one shows that not all are refused.
		expect(broadcast.refusalOfAll === undefined).toBe(isAccepted);
		noteUnrefused(broadcast, false);
		expect(broadcast.wasAccepted).toBe(isAccepted);
	},
);
