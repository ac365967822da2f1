import { useFixture } from '../../support/fixture';
import { phone, phoneItems, toPhones, waiting, withBroadcast, withOptions } from './messages';

const fixture = useFixture();

test('duplicate recipients are counted in a hint next to the output', async () => {
	const items = [...phoneItems(3), { phone: phone(0) }, { phone: `${phone(1)}, ${phone(1)}` }];
	const { hints } = await fixture.engine.run({ parameters: toPhones, items });
	expect(hints).toEqual([expect.stringMatching(/\(3 left out\).*Combine Items/)]);
});

test.each([
	[
		withBroadcast(toPhones, { keptRecipients: 5 }),
		'Kept Recipients</b> has no effect without Broadcast Name',
	],
	[withBroadcast(toPhones, { sendUnknownAgain: true }), 'Send Unknown Again</b> has no effect without'],
	[
		waiting(withOptions(toPhones, { combineItems: true })),
		'Combine Items</b> has no effect while the node waits',
	],
	[
		withOptions(toPhones, { combineItems: false, recipientsPerCall: 5 }),
		'Recipients per Request</b> has no effect',
	],
])('a hint names the setting without effect in %j', async (parameters, words) => {
	const { hints } = await fixture.engine.run({ parameters, items: phoneItems(1) });
	expect(hints.filter((hint) => !hint.startsWith('This run'))).toEqual([expect.stringContaining(words)]);
});

test('settings with an effect are followed without a hint', async () => {
	const named = withBroadcast(toPhones, { broadcastName: 'sale', keptRecipients: 5 });
	const { hints } = await fixture.engine.run({
		parameters: { ...named, options: { combineItems: true, recipientsPerCall: 5 } },
		items: phoneItems(1),
	});
	expect(hints.filter((hint) => /no effect/.test(hint))).toEqual([]);
});

test('a hint suggests combining a thousand separate requests, but not fewer or combined ones', async () => {
	const separate = withOptions(toPhones, { combineItems: false, concurrency: 50 });
	// It counts items, no matter what their outcome is.
	const items = [phoneItems(1)[0], ...Array.from({ length: 999 }, () => ({ phone: 'nobody' }))];
	const onError = 'continueErrorOutput';
	const many = await fixture.engine.run({ parameters: separate, items, onError });
	expect(many.hints).toEqual([expect.stringMatching(/^Each of the 1000 items .*Combine Items/)]);
	const few = await fixture.engine.run({ parameters: separate, items: items.slice(1), onError });
	const combined = await fixture.engine.run({ parameters: toPhones, items, onError });
	expect([...few.hints, ...combined.hints]).toEqual([]);
});
