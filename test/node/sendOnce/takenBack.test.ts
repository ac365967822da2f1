import type { Mishap } from '../../support/wire';
import { useFixture } from '../../support/fixture';
import { useKeptByN8n } from '../../support/keptByN8n';
import { jsonOf, phone, phoneItems } from '../broadcast/messages';
import { apart, KINDS, named, onceEach, runOn, timesSent } from './messages';

const fixture = useFixture({ wire: true });
const kept = useKeptByN8n();

const onError = 'continueErrorOutput' as const;
const mend = () => (fixture.wire.mishap = () => undefined);
const fail = (index: number, mishap: Mishap) => {
	fixture.wire.mishap = ({ body }) => (body.includes(phone(index)) ? mishap : undefined);
};

describe('a claim is released', () => {
	test.each(KINDS)('when the service refuses one of the %s', async (_name, node, parametersWith) => {
		const run = { node, parameters: parametersWith(), items: phoneItems(9), onError };
		fail(4, '422');
		const { failed } = await runOn(fixture, run);
		expect(jsonOf(failed)).toMatchObject([{ details: { outcome: 'refused' } }]);
		expect(kept.size()).toBe(8);
		mend();
		const { success } = await runOn(fixture, run);
		expect(jsonOf(success).filter(({ status }) => status !== 'skipped')).toHaveLength(1);
		expect(timesSent(fixture, node)).toEqual(onceEach(9));
	});

	test.each<[Mishap, string]>([
		['401', 'the credential is refused'],
		['402', 'the balance is used up'],
		['refused', 'there is no connection'],
		['429', 'the service refuses for too many requests'],
	])('after %s, when %s', async (mishap) => {
		fixture.wire.mishap = () => mishap;
		const headers = { 'retry-after': '3600' };
		if (mishap === '429') {
			mend();
			fixture.sandbox.addFault({ kind: 'status', status: 429, headers, times: 99 });
		}
		const { failed } = await fixture.engine.run({ parameters: apart(), items: phoneItems(12), onError });
		expect(failed).toHaveLength(12);
		expect(kept.size()).toBe(0);
	});

	test('when all of a text is refused, also from those that were not tried', async () => {
		fixture.wire.mishap = () => '422';
		const parameters = named({ recipientsPerCall: 20 });
		const { failed } = await fixture.engine.run({ parameters, items: phoneItems(100), onError });
		expect(failed).toHaveLength(100);
		expect(kept.size()).toBe(0);
	});

	test('when the node stops at another item', async () => {
		fail(0, '422');
		const { error } = await fixture.engine.run({ parameters: apart(), items: phoneItems(50) });
		expect(error?.message).toBe('Refused with 422 [item 0]');
		expect(kept.size()).toBe(0);
	});

	test('when the execution is canceled before the request goes out', async () => {
		let release = () => {};
		const released = new Promise<void>((resolve) => (release = resolve));
		fixture.wire.hold = ({ body }) => (body.includes(phone(3)) ? released : undefined);
		const cancelWhen = fixture.wire.until(() => fixture.wire.passages.length > 3);
		const parameters = apart({ concurrency: 1 });
		await fixture.engine.run({ parameters, items: phoneItems(50), cancelWhen });
		release();
		await fixture.wire.idle();
		// Three were sent, and the fourth is unknown.
		expect(kept.size()).toBe(5);
		fixture.wire.hold = () => undefined;
		const { failed } = await fixture.engine.run({ parameters, items: phoneItems(50), onError });
		expect(jsonOf(failed).map((json) => json.phone)).toEqual([phone(3)]);
		expect(fixture.sandbox.report().recipients).toEqual(onceEach(50, 3));
	});

	test('and the next of the same name gets its turn, if the one before it was refused', async () => {
		const items = [
			{ phone: phone(0), text: 'One' },
			{ phone: phone(0), text: 'Two' },
		];
		fixture.wire.mishap = ({ body }) => (body.includes('One') ? '422' : undefined);
		const parameters = { ...named(), text: '={{ $json.text }}' };
		const { success } = await fixture.engine.run({ parameters, items, onError });
		expect(success[0].json.status).toBe('accepted');
		expect(fixture.sandbox.report().recipients).toEqual(onceEach(1));
	});
});

describe('the tries of one execution', () => {
	test.each(KINDS)('send %s once with Retry On Fail', async (_name, node, parametersWith) => {
		fixture.wire.mishap = ({ body, attempt }) =>
			body.includes(phone(2)) && attempt === 1 ? '422' : undefined;
		const run = { node, parameters: parametersWith(), items: phoneItems(6), maxTries: 3 };
		const { error, success } = await runOn(fixture, run);
		expect(error).toBeUndefined();
		expect(jsonOf(success).some(({ status }) => status === 'skipped')).toBe(false);
		expect(timesSent(fixture, node)).toEqual(onceEach(6));
		expect(kept.size()).toBe(6);
	});

	test('do not resend unknown items, whatever is chosen for other executions', async () => {
		fail(1, 'reset after');
		const parameters = apart({ sendUnknownAgain: true });
		const { error } = await fixture.engine.run({ parameters, items: phoneItems(3), maxTries: 3 });
		expect(error?.message).toMatch(/^It's unknown whether this was sent/);
		expect(fixture.sandbox.report().recipients).toEqual(onceEach(3));
	});
});

describe('the end of a run', () => {
	test('reports how many were sent, skipped, unknown, and failed, and marks the execution', async () => {
		await fixture.engine.run({ parameters: apart(), items: phoneItems(2) });
		fixture.wire.mishap = ({ body }) => {
			if (body.includes(phone(2))) return 'reset after';
			return body.includes(phone(3)) ? '422' : undefined;
		};
		const run = { parameters: apart(), items: phoneItems(5), onError: 'continueErrorOutput' as const };
		const { hints, customData } = await fixture.engine.run(run);
		expect(hints).toEqual([
			expect.stringMatching(
				/^The broadcast "sale": 1 sent, 2 skipped .*, 1 unknown, 1 failed \(1: Refused with 422\)\./,
			),
		]);
		expect(customData).toEqual({ broadcastName: 'sale' });
	});
});
