import { phones, useSandbox } from './client';

const STEP_MS = 1000;

const { sandbox, clock, call, get, sendTo } = useSandbox({ stepMs: STEP_MS });

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

	it('takes messages from accepted to delivered and, for even numbers, read, and to failed for numbers that end in 0199', async () => {
		const start = clock.now();
		const { requestId } = (await sendTo(phones('12015550101', '12015550199', '12015550102'))).body;
		const statuses = async (step: number) => {
			clock.advanceTo(start + step * STEP_MS);
			const records: Array<{ status: string }> = await get(`/messages/requests/${requestId}`);
			return records.map(({ status }) => status).join('');
		};
		const seen = [];
		for (const step of [0.33, 0.34, 0.67, 1, 2, 2.99, 3]) seen.push(await statuses(step));
		expect(seen).toEqual(['AAA', 'QQQ', 'PPP', 'SFS', 'DFD', 'DFD', 'DFR']);
		expect(sandbox().report()).toMatchObject({ delivered: 2, byStatus: { D: 1, F: 1, R: 1 } });
	});

	it('writes times in UTC, without a zone, wherever it runs', async () => {
		expect(new Date('2031-02-03').getTimezoneOffset()).not.toBe(0);
		clock.advanceTo(Date.parse('2031-02-03T04:05:06Z'));
		const { requestId } = (await sendTo(phones('12015550102'))).body;
		clock.advance(3 * STEP_MS);
		expect(await get('/messages/100001')).toEqual({
			id: 100_001,
			botId: 451,
			channelId: 601,
			requestId,
			humandId: 1001,
			sent: '2031-02-03T04:05:07',
			status: 'R',
			messageType: 'O',
			delivered: '2031-02-03T04:05:08',
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
			delivered: 0,
			requests: 2,
			recipients: { '12015550101': 2, '12015550102': 1, 'human:545': 1 },
			maxPerRecipient: 2,
			named: { '12015550101': 2, '12015550102': 1, 'human:545': 1 },
			byStatus: { A: 4, Q: 0, P: 0, S: 0, D: 0, F: 0, R: 0 },
		});
	});

	it('reports how often each recipient was named, also when a request names one twice', async () => {
		await sendTo(phones('+12015550101', '12015550101', '12025550141'), { targetType: 'humans', ids: [541] });
		await call('POST', '/messages', { text: '', targets: [phones('12015550101')] });
		expect(sandbox().report()).toMatchObject({
			recipients: { '12015550101': 1, '12025550141': 1 },
			named: { '12015550101': 2, '12025550141': 2 },
			maxPerRecipient: 2,
		});
	});
});
