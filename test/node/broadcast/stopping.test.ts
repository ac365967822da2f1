import { useFixture } from '../../support/fixture';
import { phoneItems, toPhones, withOptions } from './messages';

const fixture = useFixture();

/** One request after the other. */
const inTurn = withOptions(toPhones, { combineItems: false, concurrency: 1 });

test('an error that stops the node names the other items that were sent', async () => {
	fixture.sandbox.addFault({ kind: 'status', status: 422, after: 2 });
	const { error } = await fixture.engine.run({ parameters: inTurn, items: phoneItems(5) });
	expect(error?.message).toMatch(/\[item 2\]$/);
	expect(error?.description).toMatch(
		/Before the node stopped, items 0-1 were done\. To get a result for each item, set On Error to continue\.$/,
	);
	expect(fixture.sandbox.report().accepted).toBe(2);
});

test('an error that stops the node names the items whose outcome is unknown', async () => {
	fixture.sandbox.addFault({ kind: 'reset-after', after: 1 });
	const { error } = await fixture.engine.run({ parameters: inTurn, items: phoneItems(5) });
	expect(error?.description).toContain('item 0 was done; it is unknown whether item 1 was sent.');
});

test('an error that stops the node does not mention other items if none were sent or there are none', async () => {
	const items = [...phoneItems(2), { phone: 'nonsense' }];
	const unreadable = await fixture.engine.run({ parameters: inTurn, items });
	fixture.sandbox.addFault({ kind: 'reset-after' });
	const alone = await fixture.engine.run({ parameters: inTurn, items: phoneItems(1) });
	for (const { error } of [unreadable, alone]) {
		expect(error?.description).toMatch(/./);
		expect(error?.description).not.toContain('Before the node stopped');
	}
});
