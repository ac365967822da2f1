import type { IDataObject } from 'n8n-workflow';
import { waitForDelivery } from '../../nodes/NativeMsg/message/delivery';
import type { SettleRun } from '../../nodes/operations/defineOperation';

/** Waits for a message whose recipients have these statuses in successive lookups, and the last ones from then on. */
async function waitFor(
	statuses: string[],
	orFails = false,
	{ record = {}, phones = ['12015550101'] }: { record?: object; phones?: string[] } = {},
) {
	let looks = 0;
	let outcome: { error?: Error; output?: IDataObject[] } = {};
	const call = () => {
		const found = statuses[Math.min(looks++, statuses.length - 1)];
		return Promise.resolve(
			[...found].map((status, index) => ({ id: index, humanId: index, status, ...record })),
		);
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
				request: { body: { targets: [{ targetType: 'phones', phones, channelId: 601 }] } },
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

test('a recipient who read a message is not counted among those who did not get it', async () => {
	const { error } = await waitFor(['RDF'], true);
	expect(error?.message).toBe("1 of 3 recipients didn't get the message (failed)");
});

test('the phone number is reported only if there is a single recipient', async () => {
	const one = await waitFor(['D']);
	expect(one.output).toMatchObject([{ deliveries: [{ phone: '+12015550101', reason: null }] }]);
	const two = await waitFor(['DD'], false, { phones: ['12015550101', '12015550102'] });
	expect(two.output).toMatchObject([{ deliveries: [{ phone: null }, { phone: null }] }]);
	const told = await waitFor(['DD'], false, {
		phones: ['12015550101', '12015550102'],
		record: { phone: '+12015550101' },
	});
	expect(told.output).toMatchObject([{ deliveries: [{ phone: '+12015550101' }, {}] }]);
});

test.each([
	[{ error: 'Unknown subscriber' }, 'Unknown subscriber'],
	[{ errors: [{ message: 'Unknown subscriber' }] }, 'Unknown subscriber'],
	[{ message: { text: 'Hello', title: 'Sale' } }, null],
])('says why a message failed if its record %p does', async (record, reason) => {
	const { output } = await waitFor(['F'], false, { record });
	expect(output).toMatchObject([{ deliveries: [{ reason }] }]);
	const fine = await waitFor(['D'], false, { record });
	expect(fine.output).toMatchObject([{ deliveries: [{ reason: null }] }]);
});
