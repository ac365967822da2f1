import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import { setTimeout as delay } from 'node:timers/promises';
import { judge, toldAbout } from '../../campaigns/faults/judge';
import type { Mishap } from '../../support/wire';
import { useFixture } from '../../support/fixture';
import type { NodeRun } from '../../support/engine';
import { inOrder, jsonOf, pairsOf, phone, phoneItems, toPhones, withOptions } from './messages';

const fixture = useFixture({ wire: true });

/** What becomes of an item: how its request fares at each attempt, or that it has no number. */
type Fate = 'ok' | 'unreadable' | Mishap | `${Mishap} once`;

const mishapOf = (fate: Fate, attempt: number): Mishap | undefined => {
	if (fate === 'ok' || fate === 'unreadable') return undefined;
	if (!fate.endsWith(' once')) return fate as Mishap;
	return attempt === 1 ? (fate.slice(0, -' once'.length) as Mishap) : undefined;
};

async function run(fates: Fate[], { parameters = toPhones, ...others }: Partial<NodeRun>) {
	fixture.sandbox.reset();
	fixture.wire.reset();
	fixture.wire.mishap = ({ body, attempt }) => {
		const worst = fates.find((fate, index) => body.includes(phone(index)) && mishapOf(fate, attempt));
		return worst && mishapOf(worst, attempt);
	};
	const items = fates.map((fate, index) => ({ phone: fate === 'unreadable' ? 'nobody' : phone(index) }));
	const outcome = await fixture.engine.run({ parameters, items, ...others });
	await fixture.wire.idle();
	const orders = items.map((item) => ({ text: 'Hello', recipients: [item.phone.replace('+', '')] }));
	const verdict = judge(orders, items, outcome, fixture.sandbox.report());
	return { ...outcome, told: toldAbout(outcome, items.length), verdict };
}

/** How often the request of an item went out. */
const timesSent = (index: number) =>
	fixture.wire.passages.filter(({ body }) => body.includes(phone(index))).length;

const SETTINGS: Array<OnError | undefined> = [undefined, 'continueRegularOutput', 'continueErrorOutput'];
const SCENARIOS: Array<[name: string, fates: Fate[]]> = [
	['all are accepted', ['ok', 'ok', 'ok']],
	['the first is refused', ['422', 'ok', 'ok', 'ok']],
	['a later one is refused', ['ok', '404', 'ok', 'ok']],
	['the first is unknown', ['reset after', 'ok', 'ok']],
	['a later one is unknown', ['ok', 'cut off', 'ok', 'timeout after']],
	['the first cannot be read', ['unreadable', 'ok', 'ok']],
	['a later one cannot be read', ['ok', 'unreadable', 'ok']],
	['the first succeeds at the second try', ['404 once', 'ok', 'ok']],
	['later ones succeed at the second try', ['ok', '404 once', 'ok', '422 once']],
	['everything goes wrong', ['422', 'html', 'unreadable', '503 soon', '404 once', '500 after', 'ok']],
];

describe.each([true, false])('Retry On Fail with Combine Items set to %p', (combineItems) => {
	const parameters = withOptions(toPhones, { combineItems, recipientsPerCall: 2 });

	describe.each(SETTINGS)('and On Error set to %s', (onError) => {
		test.each(SCENARIOS)('sends nothing twice when %s', async (_name, fates) => {
			for (const maxTries of [2, 5]) {
				const { verdict, told } = await run(fates, { parameters, onError, maxTries });
				expect(verdict).toMatchObject({ twice: 0, failedButAccepted: 0, sentButNotAccepted: 0 });
				expect(verdict.told.missing).toBe(0);
				fates.forEach((fate, index) => {
					const mishap = mishapOf(fate, 1);
					const isLost = mishap !== undefined && /after|cut|html/.test(mishap);
					// A combined request that was refused as a whole isn't a message.
					if (isLost && !combineItems) expect(timesSent(index)).toBeLessThanOrEqual(1);
					if (isLost) expect(['unknown', 'dropped']).toContain(told[index]);
					if (fate === 'unreadable') expect(['failed', 'dropped']).toContain(told[index]);
				});
			}
		});
	});
});

describe('Retry On Fail', () => {
	const apart = withOptions(toPhones, { combineItems: false });
	const onError: OnError = 'continueErrorOutput';

	test('sends refused items again on each try, and nothing else', async () => {
		const fates: Fate[] = ['422', 'ok', '404', 'ok'];
		const { success, failed } = await run(fates, { parameters: apart, onError, maxTries: 4 });
		expect(fates.map((_fate, index) => timesSent(index))).toEqual([4, 1, 4, 1]);
		expect(pairsOf(success)).toEqual([{ item: 1 }, { item: 3 }]);
		expect(jsonOf(failed).map(({ error }) => error)).toEqual([
			'Refused with 422 [item 0]',
			'Refused with 404 [item 2]',
		]);
	});

	test('returns what earlier tries sent as if the last try had sent it', async () => {
		const { success, error } = await run(['ok', '404 once', 'ok'], { parameters: apart, maxTries: 3 });
		expect(error).toBeUndefined();
		expect(pairsOf(success)).toEqual(inOrder(3));
		expect(new Set(jsonOf(success).map(({ requestId }) => requestId)).size).toBe(3);
		expect([0, 1, 2].map(timesSent)).toEqual([1, 2, 1]);
	});

	test('keeps reporting an item whose outcome is unknown as unknown', async () => {
		const fates: Fate[] = ['reset after', 'ok'];
		const { failed, told } = await run(fates, { parameters: apart, onError, maxTries: 5 });
		expect(told).toEqual(['unknown', 'sent']);
		expect(failed[0].json.error).toBe(
			"It's unknown whether this was sent: The connection to the server was lost [item 0]",
		);
		const { error } = await run(fates, { parameters: apart, maxTries: 5 });
		expect(error?.message).toBe(failed[0].json.error);
		expect(error?.description).toContain('Check nativeMsg before you retry');
		expect(timesSent(0)).toBe(1);
	});

	test.each(['$now.toMillis()', 'Math.random()'])(
		'recognizes an item whose text contains %s, which differs on each reading',
		async (expression) => {
			const parameters = { ...toPhones, text: `={{ "It is " + ${expression} }}` };
			const fates: Fate[] = ['ok', 'reset after', '404'];
			for (const combineItems of [true, false]) {
				const { verdict } = await run(fates, {
					parameters: withOptions(parameters, { combineItems }),
					maxTries: 5,
				});
				expect(verdict.twice).toBe(0);
				expect([0, 1].map(timesSent)).toEqual([1, expect.any(Number)]);
				expect(timesSent(1)).toBeLessThanOrEqual(1);
			}
		},
	);

	test('serves the recipients that a sent item shares with a refused one', async () => {
		const { wire, sandbox, engine } = fixture;
		wire.mishap = ({ body, attempt }) => (body.includes(phone(1)) && attempt === 1 ? '404' : undefined);
		// So that the item after it is accepted before this one is refused.
		wire.hold = ({ body }) => (body.includes(phone(1)) ? delay(100) : undefined);
		const items = [{ phone: phone(0) }, { phone: phone(1) }, { phone: [1, 2].map(phone) }];
		const parameters = withOptions(toPhones, { recipientsPerCall: 1 });
		const { success, error } = await engine.run({ parameters, items, maxTries: 2 });
		expect(error).toBeUndefined();
		expect(pairsOf(success)).toEqual(inOrder(3));
		const once = [0, 1, 2].map((index) => [phone(index).slice(1), 1]);
		expect(sandbox.report().recipients).toEqual(Object.fromEntries(once));
	});
});

describe('the node context', () => {
	test('stays empty without Retry On Fail', async () => {
		const { context } = await run(['ok', '422', 'reset after'], { onError: 'continueErrorOutput' });
		expect(context).toEqual({});
	});

	test('holds what must not be sent again, with Retry On Fail', async () => {
		const parameters = withOptions(toPhones, { combineItems: false });
		const fates: Fate[] = ['ok', '422', 'reset after'];
		const { context } = await run(fates, { parameters, onError: 'continueErrorOutput', maxTries: 2 });
		expect((context.sent as IDataObject[]).map(({ items }) => items)).toEqual(['0', '2']);
	});
});

describe('further runs of the node in one execution, as in a loop', () => {
	test.each([true, false])('send again, even to the same people; combined: %p', async (combineItems) => {
		const parameters = withOptions(toPhones, { combineItems });
		const laterItems = [phoneItems(3), phoneItems(1)];
		const { runs } = await fixture.engine.run({ parameters, items: phoneItems(2), laterItems, maxTries: 3 });
		expect(runs.map(pairsOf)).toEqual([2, 3, 1].map(inOrder));
		expect(fixture.sandbox.report().recipients).toEqual({
			[phone(0).slice(1)]: 3,
			[phone(1).slice(1)]: 2,
			[phone(2).slice(1)]: 1,
		});
	});

	test('have separate tries', async () => {
		fixture.wire.mishap = ({ body, attempt }) =>
			body.includes(phone(0)) && attempt === 3 ? '404' : undefined;
		const parameters: INodeParameters = withOptions(toPhones, { combineItems: false });
		const again = [phoneItems(2), phoneItems(2)];
		const { runs } = await fixture.engine.run({
			parameters,
			items: phoneItems(2),
			laterItems: again,
			maxTries: 2,
			onError: 'continueRegularOutput',
		});
		expect(
			runs
				.map(jsonOf)
				.flat()
				.filter(({ error }) => error),
		).toEqual([]);
		expect([0, 1].map(timesSent)).toEqual([4, 3]);
	});
});

describe('the tool of an AI agent', () => {
	const parameters = { ...toPhones, phones: "={{ $fromAI('phone', 'the number', 'string') }}" };

	test('does not repeat a message whose outcome is unknown, with Retry On Fail', async () => {
		fixture.wire.mishap = () => 'reset after';
		const { success } = await fixture.engine.run({
			parameters,
			items: phoneItems(2),
			maxTries: 5,
			asTool: true,
		});
		expect(fixture.sandbox.report()).toMatchObject({ accepted: 2, maxPerRecipient: 1 });
		expect(jsonOf(success).map(({ answer }) => answer)).toEqual(
			[0, 1].map(() => expect.stringContaining("It's unknown whether this was sent")),
		);
	});

	test('sends a refused message again, with Retry On Fail', async () => {
		fixture.wire.mishap = ({ attempt }) => (attempt < 3 ? '404' : undefined);
		const { success } = await fixture.engine.run({
			parameters,
			items: phoneItems(1),
			maxTries: 3,
			asTool: true,
		});
		expect(String(success[0].json.answer)).toContain('request00000001');
		expect(timesSent(0)).toBe(3);
	});

	test('sends the same message again if the agent asks for it', async () => {
		const items = [{ phone: phone(0) }, { phone: phone(0) }];
		await fixture.engine.run({ parameters, items, maxTries: 3, asTool: true });
		expect(fixture.sandbox.report().accepted).toBe(2);
	});
});
