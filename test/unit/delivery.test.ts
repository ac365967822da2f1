import type { IDataObject } from 'n8n-workflow';
import { waitForDelivery } from '../../nodes/NativeMsg/message/delivery';
import type { SettleRun } from '../../nodes/operations/defineOperation';

/** Waits for a message, whose recipients have these statuses one look after the other, and the last ones for good. */
async function waitFor(statuses: string[], orFails = false) {
	let looks = 0;
	let outcome: { error?: Error; output?: IDataObject[] } = {};
	const call = () => {
		const found = statuses[Math.min(looks++, statuses.length - 1)];
		return Promise.resolve([...found].map((status, index) => ({ id: index, humanId: index, status })));
	};
	const run = {
		client: { call },
		results: { isOver: () => looks > 9, update: (_item: number, told: object) => void (outcome = told) },
		options: { afterSending: orFails ? 'failIfNotDelivered' : 'wait', waitSeconds: 3_600 },
		concurrency: 1,
		sent: [
			{
				itemIndex: 0,
				output: { requestId: 'request1' },
				request: { body: { targets: [{ targetType: 'phones', phones: ['12015550101'], channelId: 601 }] } },
			},
		],
		addHint: () => {},
		wait: () => Promise.resolve(),
	};
	await waitForDelivery(run as unknown as SettleRun);
	return { looks, ...outcome };
}

test.each([
	['D', 'delivered', 'delivered'],
	['R', 'read', 'delivered'],
	['F', 'failed', 'failed'],
])('the status %s ends the wait', async (code, status, delivery) => {
	const { looks, output } = await waitFor(['A', 'Q', 'P', 'S', code]);
	expect(looks).toBe(5);
	expect(output).toMatchObject([{ delivery, deliveries: [{ status }] }]);
});

test.each(['D', 'R'])('a message with the status %s reached its recipient', async (code) => {
	const { error, output } = await waitFor([code], true);
	expect(error).toBeUndefined();
	expect(output).toMatchObject([{ delivery: 'delivered' }]);
});

test('who has read a message is not counted among those who did not get it', async () => {
	const { error } = await waitFor(['RDF'], true);
	expect(error?.message).toBe('1 of 3 recipients did not get the message (failed)');
});
