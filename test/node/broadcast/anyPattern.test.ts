import fc from 'fast-check';
import type { OnError } from 'n8n-workflow';
import { judge, toldAbout } from '../../campaigns/faults/judge';
import { MISHAPS } from '../../support/wire';
import { useFixture } from '../../support/fixture';
import { phone, toPhones, withOptions } from './messages';

const fixture = useFixture({ wire: true });

// Those that take long are left to the fault campaign.
const QUICK = MISHAPS.filter(
	(mishap) => !['429', 'refused', 'timeout before', 'timeout after'].includes(mishap),
);

const items = fc.array(
	fc.record({
		text: fc.constantFrom('Hello', 'Bye'),
		people: fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 3 }),
		isReadable: fc.nat(9).map((chance) => chance > 0),
	}),
	{ minLength: 1, maxLength: 12 },
);
/** What happens to the requests, in the order in which the node makes them; nothing to those after. */
const pattern = fc.array(fc.option(fc.constantFrom(...QUICK), { freq: 2, nil: undefined }), {
	maxLength: 12,
});
const settings = fc.record({
	combineItems: fc.boolean(),
	recipientsPerCall: fc.integer({ min: 1, max: 5 }),
	concurrency: fc.integer({ min: 1, max: 5 }),
});
const onErrors = fc.constantFrom<OnError>('continueErrorOutput', 'continueRegularOutput');
const tries = fc.constantFrom(undefined, 2, 5);

test('each item gets one truthful result, in order, whatever the items are and whatever goes wrong', async () => {
	const { engine, sandbox, wire } = fixture;
	await fc.assert(
		fc.asyncProperty(
			items,
			pattern,
			settings,
			onErrors,
			tries,
			async (list, mishaps, options, onError, maxTries) => {
				sandbox.reset();
				wire.reset();
				wire.mishap = () => mishaps[wire.passages.length - 1];
				const input = list.map(({ text, people, isReadable }) => ({
					text,
					phone: isReadable ? people.map(phone) : 'nobody',
				}));
				const outcome = await engine.run({
					parameters: withOptions({ ...toPhones, text: '={{ $json.text }}' }, options),
					items: input,
					onError,
					maxTries,
				});
				await wire.idle();

				const pairs = [outcome.success, outcome.failed].map((branch) =>
					branch.map(({ pairedItem }) => (pairedItem as { item: number }).item),
				);
				const byOrder = (a: number, b: number) => a - b;
				expect(pairs.flat().sort(byOrder)).toEqual([...list.keys()]);
				for (const branch of pairs) expect(branch).toEqual([...branch].sort(byOrder));
				if (onError === 'continueErrorOutput') {
					outcome.failed.forEach(({ json }, index) => expect(json).toMatchObject(input[pairs[1][index]]));
				}

				const told = toldAbout(outcome, list.length);
				list.forEach(({ isReadable }, index) => {
					if (!isReadable) expect(told[index]).toBe('failed');
				});
				const orders = list.map(({ text, people, isReadable }) => ({
					text,
					recipients: isReadable ? people.map((person) => phone(person).slice(1)) : [],
				}));
				const report = sandbox.report();
				const verdict = judge(orders, outcome, report);
				if (options.combineItems) expect(verdict.twice).toBe(0);
				// Apart, each item that names somebody sends to them.
				for (const [person, times] of Object.entries(report.named)) {
					const naming = orders.filter(({ recipients: all }) => all.includes(person)).length;
					expect(times).toBeLessThanOrEqual(naming);
				}
				expect(verdict).toMatchObject({ failedButAccepted: 0, sentButNotAccepted: 0 });
			},
		),
		// The time limit is for finding the smallest case of a failure.
		{ numRuns: 150, interruptAfterTimeLimit: 60_000 },
	);
}, 180_000);
