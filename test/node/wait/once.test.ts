import { useFixture } from '../../support/fixture';
import { KeptByN8n } from '../../support/keptByN8n';
import { useWaitingN8n } from '../../support/waitingN8n';
import { ask, repliesTo, submit } from './asking';

const fixture = useFixture();
const waiting = useWaitingN8n();

beforeAll(async () => void (await KeptByN8n.start()));

const sends = () => fixture.sandbox.requests().filter(({ method }) => method === 'POST');

describe('a question', () => {
	it('is for one item: with several items, no one is asked', async () => {
		const { status, error } = await ask(fixture, waiting.n8n, {}, { items: [{}, {}, {}] });
		expect(status).toBe('error');
		expect(error?.message).toBe(
			'Send and Wait for Response takes one item at a time, but 3 came in [item 0]',
		);
		expect(error?.description).toContain('Loop Over Items');
		expect(sends()).toEqual([]);
	});

	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'that is refused does not wait, with On Error %s',
		async (onError) => {
			fixture.sandbox.addFault({ kind: 'status', status: 422, body: {}, match: { method: 'POST' } });
			const outcome = await ask(fixture, waiting.n8n, {}, { onError });
			expect(outcome.status).toBe('success');
			const [failed] = onError === 'continueErrorOutput' ? outcome.failed : outcome.success;
			expect(failed.json.error).toMatch(/\[item 0\]$/);
		},
	);

	it('with an unknown outcome is not sent again by Retry On Fail', async () => {
		fixture.sandbox.addFault({ kind: 'reset-after', match: { method: 'POST' } });
		const { error } = await ask(fixture, waiting.n8n, {}, { maxTries: 3 });
		expect(error?.message).toMatch(/^It's unknown whether/);
		expect(Object.values(fixture.sandbox.report().recipients)).toEqual([1]);
	});

	it('that was definitely not sent is sent by the next try, and then waits', async () => {
		fixture.sandbox.addFault({ kind: 'status', status: 422, body: {}, times: 1, match: { method: 'POST' } });
		const asked = await ask(fixture, waiting.n8n, {}, { maxTries: 2 });
		expect(asked.status).toBe('waiting');
		expect((await submit(asked.link, { choice: '0' })).status).toBe(200);
		expect(repliesTo(waiting.n8n, asked)).toMatchObject([{ data: { approved: true } }]);
		expect(Object.values(fixture.sandbox.report().recipients)).toEqual([1]);
	});

	it('is asked once for each Broadcast Name: the second time it neither sends nor waits', async () => {
		const parameters = { broadcast: { broadcastName: 'laptop' } };
		expect((await ask(fixture, waiting.n8n, parameters)).status).toBe('waiting');
		const again = await ask(fixture, waiting.n8n, parameters);
		expect(again.status).toBe('success');
		expect(again.success[0].json).toMatchObject({ status: 'skipped', broadcastName: 'laptop' });
		expect(Object.values(fixture.sandbox.report().recipients)).toEqual([1]);
	});
});
