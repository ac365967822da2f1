import { phones, useSandbox } from './client';

const STEP_MS = 1000;

const { sandbox, clock, call, get, sendTo } = useSandbox({ stepMs: STEP_MS });

/** A time as the API writes it. */
const inApi = (ms: number) => new Date(ms).toISOString().slice(0, 19);

async function recipientsOf(...targets: unknown[]): Promise<number[]> {
	const { requestId } = (await sendTo(...targets)).body;
	return (await get(`/messages/requests/${requestId}`)).map(
		(record: { humandId: number }) => record.humandId,
	);
}

describe('the sandbox with messages', () => {
	it.each([
		['humans', [{ targetType: 'humans', ids: [542, 540] }], [542, 540]],
		['channels', [{ targetType: 'channels', ids: [601] }], [540, 541, 544]],
		['tags', [{ targetType: 'tags', ids: [4, 5] }], [540, 541, 543]],
		['phones, known and new', [phones('+12025550141', '12015550101')], [541, 1001]],
		['subscribed only', [{ targetType: 'channels', ids: [601], subscription: true }], [540, 541]],
		[
			'a human named several times',
			[{ targetType: 'humans', ids: [541, 541] }, phones('12025550141'), { targetType: 'tags', ids: [4] }],
			[541, 540, 543],
		],
	])('serves each recipient once: %s', async (_case, targets, expected) => {
		expect(await recipientsOf(...targets)).toEqual(expected);
	});

	it.each([
		['Human #999', { text: 'x', targets: [phones('12015550101'), { targetType: 'humans', ids: [999] }] }],
		['Channel #999', { text: 'x', targets: [{ ...phones('12015550101'), channelId: 999 }] }],
		['Tag #999', { text: 'x', targets: [{ targetType: 'tags', ids: [999] }] }],
		['targets[0].channelId', { text: 'x', targets: [{ targetType: 'phones', phones: ['12015550101'] }] }],
		['no content', { text: '', targets: [phones('12015550101')] }],
	])('refuses the whole request: %s', async (problem, body) => {
		const answer = await call('POST', '/messages', body);
		expect(answer.status).toBe(422);
		expect(answer.body.description).toContain(problem);
		expect(sandbox().report()).toMatchObject({ accepted: 0, requests: 0 });
		expect(await get('/humans')).toHaveLength(6);
	});

	it('takes messages from accepted to delivered, and to failed for numbers that end in 0199', async () => {
		const start = clock.now();
		const { requestId } = (await sendTo(phones('12015550101', '12015550199'))).body;
		const statuses = async (step: number) => {
			clock.advanceTo(start + step * STEP_MS);
			const records: Array<{ status: string }> = await get(`/messages/requests/${requestId}`);
			return records.map(({ status }) => status).join('');
		};
		expect([await statuses(0.49), await statuses(0.5), await statuses(1), await statuses(2)]).toEqual([
			'AA',
			'PP',
			'SF',
			'DF',
		]);
		expect(await get('/messages/100001')).toEqual({
			id: 100_001,
			botId: 451,
			channelId: 601,
			requestId,
			humandId: 1001,
			sent: inApi(start + STEP_MS),
			status: 'D',
			messageType: 'O',
			delivered: inApi(start + 2 * STEP_MS),
			profilePic: null,
			message: { text: 'Hello' },
		});
	});

	it('reports what was accepted, for each recipient and each status', async () => {
		await sendTo(phones('+12015550101', '12015550102'));
		await sendTo(phones('12015550101'), { targetType: 'humans', ids: [545] });
		expect(sandbox().report()).toEqual({
			ott: expect.anything(),
			accepted: 4,
			requests: 2,
			recipients: { '12015550101': 2, '12015550102': 1, 'human:545': 1 },
			maxPerRecipient: 2,
			named: { '12015550101': 2, '12015550102': 1, 'human:545': 1 },
			byStatus: { A: 4, P: 0, S: 0, D: 0, F: 0 },
		});
	});

	it('reports how often each recipient was named, also when a request names one twice', async () => {
		await sendTo(phones('+12015550101', '12015550101', '12025550141'), { targetType: 'humans', ids: [541] });
		await call('POST', '/messages', { text: '', targets: [phones('12015550101')] });
		expect(sandbox().report()).toMatchObject({
			recipients: { '12015550101': 1, '12025550141': 1 },
			named: { '12015550101': 2, '12025550141': 2 },
		});
	});
});
