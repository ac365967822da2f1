import type { INodeParameters } from 'n8n-workflow';
import { useFixture } from '../../support/fixture';
import { useWaitingN8n } from '../../support/waitingN8n';

const fixture = useFixture();
const held = useWaitingN8n();

const ask = async (parameters: INodeParameters = {}, others: object = {}) =>
	await held.n8n.ask(
		fixture.engine,
		{
			parameters: {
				resource: 'message',
				operation: 'sendAndWait',
				targetType: 'phones',
				phones: '={{ $json.phone }}',
				channelId: '601',
				message: '=Order {{ $json.what }}?',
				...parameters,
			},
			items: [{ phone: '+12025550101', what: 'a laptop' }],
			...others,
		},
		() => fixture.sandbox.requests(),
	);

const post = async (link: string, fields: Record<string, string> = {}) =>
	await fetch(link, { method: 'POST', body: new URLSearchParams(fields) });

describe('a question', () => {
	it('waits, and goes on with the reply', async () => {
		const waiting = await ask();
		expect(waiting.error).toBeUndefined();
		expect(waiting.status).toBe('waiting');
		const page = await (await fetch(waiting.link)).text();
		expect(page).toContain('Order a laptop?');
		const response = await post(waiting.link, { choice: '1' });
		expect(response.status).toBe(200);
		expect(held.n8n.outputs(waiting.id)).toEqual([
			[
				{
					data: {
						approved: false,
						choice: 'Decline',
						text: null,
						chatInput: null,
						respondedAt: expect.any(String),
					},
					timedOut: false,
					requestId: 'request00000001',
				},
			],
		]);
	});

	it('goes on when the time is over', async () => {
		const waiting = await ask({
			options: {
				limitWaitTime: { values: { limitType: 'afterTimeInterval', resumeAmount: 2, resumeUnit: 'days' } },
			},
		});
		expect(waiting.waitTill).toBeInstanceOf(Date);
		await held.n8n.timeOver(waiting.id);
		expect(held.n8n.outputs(waiting.id)).toEqual([
			[
				{
					data: { approved: null, choice: null, text: null, chatInput: null, respondedAt: null },
					timedOut: true,
					requestId: 'request00000001',
				},
			],
		]);
	});
});
