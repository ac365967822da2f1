import type { INodeParameters } from 'n8n-workflow';
import { useFixture } from '../../support/fixture';
import { time } from '../../support/handSleep';
import { useKeptByN8n } from '../../support/keptByN8n';
import { jsonOf, phone, phoneItems, toPhones, withBroadcast, withOptions } from './messages';

const fixture = useFixture();
useKeptByN8n();

const posts = () => fixture.sandbox.requests().filter(({ method }) => method === 'POST');
const onError = 'continueErrorOutput';
const toSessions: INodeParameters = {
	resource: 'message',
	operation: 'sendSession',
	channelId: 'chan_telegram',
	to: '={{ $json.phone }}',
	text: 'Hello',
};

describe('a run with more than Broadcast allows', () => {
	const tooMany = 'This run has 4 recipients, but Recipients at Most is 3, so nothing was sent';
	const tooDear = 'This run takes 8 SMS parts, but SMS Parts at Most is 7, so nothing was sent';
	const LONG = 'a'.repeat(161);

	test.each<[string, INodeParameters, string]>([
		['recipients', withBroadcast(toPhones, { maxRecipients: 3 }), tooMany],
		[
			'recipients in requests of their own',
			withOptions(withBroadcast(toPhones, { maxRecipients: 3 }), { combineItems: false }),
			tooMany,
		],
		['SMS parts', withBroadcast({ ...toPhones, text: LONG }, { maxParts: 7 }), tooDear],
	])('of %s is refused as a whole, with the numbers', async (_what, parameters, sentence) => {
		const { failed, success } = await fixture.engine.run({ parameters, items: phoneItems(4), onError });
		expect(success).toEqual([]);
		expect(jsonOf(failed).map(({ error }) => error)).toEqual(
			[0, 1, 2, 3].map((item) => `${sentence} [item ${item}]`),
		);
		expect(jsonOf(failed)[0].details).toMatchObject({ outcome: 'notSent' });
		const stopped = await fixture.engine.run({ parameters, items: phoneItems(4) });
		expect(stopped.error?.message).toBe(`${sentence} [item 0]`);
		expect(posts()).toEqual([]);
		const preview = await fixture.engine.run({
			parameters: { ...parameters, operation: 'preview' },
			items: phoneItems(4),
		});
		expect(preview.hints[0]).toBe(sentence);
		expect(jsonOf(preview.success)[3]).toMatchObject({ ok: false, problems: [sentence] });
	});

	test('of OTT messages is refused as well', async () => {
		const parameters = withBroadcast(toSessions, { maxRecipients: 3 });
		const { error } = await fixture.ott.guide.run({ node: 'nativeMsgOtt', parameters, items: phoneItems(4) });
		expect(error?.message).toBe(`${tooMany} [item 0]`);
		expect(fixture.sandbox.report().ott.accepted).toBe(0);
	});

	test('is sent if it is at the limit, and a recipient who occurs twice counts once', async () => {
		const parameters = withBroadcast(toPhones, { maxRecipients: 3, maxParts: 3 });
		const items = [...phoneItems(3), { phone: phone(0) }];
		const { success, error } = await fixture.engine.run({ parameters, items });
		expect([error, success.length]).toEqual([undefined, 4]);
		expect(fixture.sandbox.report().accepted).toBe(3);
	});

	test('counts only the remaining recipients if an earlier try sent to the others', async () => {
		fixture.sandbox.addFault({ kind: 'status', status: 422, after: 1, times: 1 });
		const parameters = withOptions(withBroadcast(toPhones, { maxRecipients: 3 }), {
			combineItems: false,
			concurrency: 1,
		});
		const { error } = await fixture.engine.run({ parameters, items: phoneItems(3), maxTries: 3 });
		expect(error).toBeUndefined();
		expect(fixture.sandbox.report()).toMatchObject({ accepted: 3, maxPerRecipient: 1 });
	});

	test.each([
		[{ maxRecipients: 0 }, 'Recipients at Most'],
		[{ maxParts: 'many' }, 'SMS Parts at Most'],
		[{ messagesPerMinute: -1 }, 'Messages per Minute'],
	])('does not start with the setting %j', async (settings, label) => {
		const parameters = withBroadcast(toPhones, settings);
		const { error } = await fixture.engine.run({ parameters, items: phoneItems(1) });
		expect(error?.message).toMatch(new RegExp(`^${label} must be`));
		expect(posts()).toEqual([]);
	});

	test('says that SMS Parts at Most has no effect if no SMS channel is known', async () => {
		const parameters = withBroadcast({ ...toPhones, channelId: '603' }, { maxParts: 1 });
		const { hints } = await fixture.engine.run({ parameters, items: phoneItems(1) });
		expect(hints).toContainEqual(expect.stringMatching(/SMS Parts at Most<\/b> has no effect/));
	});
});

/** When messages were accepted, and how many each time; ms after the first. */
function sentAt(): Array<[at: number, messages: number]> {
	const all = posts();
	return all.map(({ at, body }) => {
		const { targets } = body as { targets?: Array<{ phones: string[] }> };
		return [at - all[0].at, targets?.flatMap(({ phones }) => phones).length ?? 1];
	});
}

describe('Messages per Minute', () => {
	test.each<[string, INodeParameters, Array<[number, number]>]>([
		[
			'of their own',
			{ combineItems: false, concurrency: 1 },
			[0, 1, 2, 3, 4].map((index) => [index * 6_000, 1]),
		],
		[
			'in combined requests',
			{ recipientsPerCall: 2, concurrency: 1 },
			[
				[0, 2],
				[12_000, 2],
				[24_000, 1],
			],
		],
	])('is the pace of messages %s', async (_how, options, expected) => {
		const parameters = withOptions(withBroadcast(toPhones, { messagesPerMinute: 10 }), options);
		const { success } = await fixture.engine.run({ parameters, items: phoneItems(5) });
		expect(success).toHaveLength(5);
		expect(sentAt()).toEqual(expected);
	});

	test('limits how many recipients a request has', async () => {
		const parameters = withOptions(withBroadcast(toPhones, { messagesPerMinute: 20 }), { concurrency: 1 });
		await fixture.engine.run({ parameters, items: phoneItems(50) });
		expect(sentAt()).toEqual([
			[0, 20],
			[60_000, 20],
			[120_000, 10],
		]);
	});

	test('applies to all runs with the credential together, and to no other request', async () => {
		const parameters = withOptions(withBroadcast(toPhones, { messagesPerMinute: 10 }), {
			combineItems: false,
		});
		const credentialId = 'paced';
		const run = (first: number) =>
			fixture.engine.run({ credentialId, parameters, items: phoneItems(first + 3).slice(first) });
		const start = time.now();
		await Promise.all([run(0), run(3)]);
		expect(posts()).toHaveLength(6);
		// The first goes at once, and five follow.
		expect(time.now() - start).toBe(30_000);
		const before = time.now();
		await fixture.engine.run({ credentialId, parameters: toPhones, items: phoneItems(1) });
		expect(time.now()).toBe(before);
	});

	test('is not used up by recipients who have the message', async () => {
		const parameters = withOptions(
			withBroadcast(toPhones, { messagesPerMinute: 10, broadcastName: 'sale' }),
			{ combineItems: false },
		);
		const run = { parameters, workflowId: 'paced' };
		await fixture.engine.run({ ...run, items: phoneItems(5) });
		const before = time.now();
		const { success } = await fixture.engine.run({ ...run, items: phoneItems(6) });
		expect(success.filter(({ json }) => json.status === 'skipped')).toHaveLength(5);
		expect(time.now() - before).toBeLessThanOrEqual(6_000);
		expect(fixture.sandbox.report()).toMatchObject({ accepted: 6, maxPerRecipient: 1 });
	});

	test('shows in a preview how long the run takes', async () => {
		const parameters = withBroadcast({ ...toPhones, operation: 'preview' }, { messagesPerMinute: 20 });
		const { success } = await fixture.engine.run({ parameters, items: phoneItems(50) });
		expect(success[0].json).toMatchObject({ requestCount: 3, totalRecipientCount: 50, totalMinutes: 2 });
	});

	test('does not keep a canceled execution going', async () => {
		const parameters = withOptions(withBroadcast(toPhones, { messagesPerMinute: 1 }), {
			combineItems: false,
		});
		const canceled = (async () => {
			while (posts().length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
		})();
		const { status } = await fixture.engine.run({ parameters, items: phoneItems(50), cancelWhen: canceled });
		expect(status).toBe('canceled');
		expect(posts().length).toBeLessThan(10);
	});
});
