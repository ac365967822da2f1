import type { IDataObject } from 'n8n-workflow';
import type { PayloadFormat } from '../../../nodes/transport/credential';
import { inSequence } from '../../support/cases';
import { failedJson } from '../../support/failedJson';
import { runNode, useFixture } from '../../support/fixture';
import { refusedByTheApi } from './refusals/byTheApi';
import { session, type Refusal } from './refusals/refusal';
import { unsent } from './refusals/unsent';

const fixture = useFixture();

const HOUR_MS = 60 * 60 * 1000;
const OUT_OF_REACH = '+12025550197';
const REACHED_BY_RETRY = '+12025550199';

const sendTo = (to: string) => runNode(fixture, 'guide', { parameters: session({ to }) });

/** The good value first and last, the bad ones between them, on an account that has what these need. */
async function run(
	format: PayloadFormat,
	{ parameters, good, bad }: Refusal,
	onError?: 'continueErrorOutput',
) {
	const { sandbox } = fixture;
	sandbox.reset();
	sandbox.markInbound('+12025550150');
	for (const to of [OUT_OF_REACH, '+12025550140']) await sendTo(to);
	const { length } = sandbox.requests();
	const items = [good, ...bad, good].map((value) => ({ value }) as IDataObject);
	const outcome = await runNode(fixture, format, { parameters: inSequence(parameters), items, onError });
	return {
		...outcome,
		items,
		statuses: sandbox
			.requests()
			.slice(length)
			.map(({ status }) => (status === 200 || status === 201 ? 'accepted' : status)),
	};
}

const each = [...unsent, ...refusedByTheApi].flatMap((refusal) =>
	(refusal.formats ?? ['guide', 'reference']).map((format): [string, PayloadFormat, Refusal] => [
		refusal.what,
		format,
		refusal,
	]),
);

describe('a request that cannot be sent', () => {
	it.each(each)(
		'fails only its own item, in a single sentence: %s, format %s',
		async (_what, format, refusal) => {
			const { bad, sentence, status } = refusal;
			const { failed, success, items, statuses } = await run(format, refusal, 'continueErrorOutput');
			expect(failed).toEqual(
				bad.map((value, index) => ({
					json: {
						...items[index + 1],
						...failedJson(`${sentence.replace('VALUE', String(value))} [item ${index + 1}]`, {
							outcome: status ? 'refused' : 'notSent',
							status,
						}),
					},
					pairedItem: { item: index + 1 },
				})),
			);
			expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: bad.length + 1 }]);
			expect(statuses).toEqual(['accepted', ...(status ? bad.map(() => status) : []), 'accepted']);
		},
	);

	it.each(each)('stops the node, and says what to do: %s, format %s', async (_what, format, refusal) => {
		const { error, success, statuses } = await run(format, refusal);
		expect(error?.message).toMatch(/^[^\n]{10,300}[^.] \[item 1\]$/);
		expect(error?.description).toMatch(refusal.remedy);
		expect(error?.context?.itemIndex).toBe(1);
		expect(error?.httpCode).toBe(refusal.status?.toString());
		expect(success).toEqual([]);
		// What cannot be sent is found out before anything is sent.
		expect(statuses).toEqual(refusal.status ? ['accepted', refusal.status] : []);
	});
});

describe('a message that failed', () => {
	const retry = async (messageId: unknown) => {
		const parameters = { resource: 'message', operation: 'retry', messageId: String(messageId) };
		const { error, success } = await runNode(fixture, 'guide', { parameters });
		return error ? error.message : success[0].json.status;
	};

	it('is delivered by a retry, and cannot be retried again', async () => {
		const [{ json }] = (await sendTo(REACHED_BY_RETRY)).success;
		expect(json).toMatchObject({ status: 'failed', errorMessage: expect.stringMatching(/reached/) });
		expect(await retry(json.messageId)).toBe('sent');
		expect(await retry(json.messageId)).toBe('only failed messages can be retried [item 0]');
		expect(fixture.sandbox.report().ott).toMatchObject({ accepted: 1, maxPerRecipient: 1 });
	});

	it('may fail again, which is not an error', async () => {
		const [{ json }] = (await sendTo(OUT_OF_REACH)).success;
		expect(await retry(json.messageId)).toBe('failed');
		expect(await retry(json.messageId)).toBe('failed');
	});
});

it('the session window is open for 24 hours, and only WhatsApp has one', async () => {
	const { sandbox } = fixture;
	sandbox.markInbound('+12025550141', Date.now() - 23.9 * HOUR_MS);
	sandbox.markInbound('+12025550142', Date.now() - 24.1 * HOUR_MS);
	const statusOf = async (channelId: string, to: string) => {
		const { error } = await runNode(fixture, 'guide', { parameters: session({ channelId, to }) });
		return error?.httpCode ?? 'sent';
	};
	expect(await statusOf('chan_whatsapp', '+12025550141')).toBe('sent');
	expect(await statusOf('chan_whatsapp', '+12025550142')).toBe('400');
	expect(await statusOf('chan_viber', '+12025550142')).toBe('sent');
	expect(await statusOf('chan_telegram', '+12025550142')).toBe('sent');
});
