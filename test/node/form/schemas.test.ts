import type { INodeParameters } from 'n8n-workflow';
import { useFixture } from '../../support/fixture';
import { phoneItems, toPhones } from '../broadcast/messages';

const fixture = useFixture();

/** How many different objects the nodes keep something about while they send to so many people. */
async function keysFor(parameters: INodeParameters, count: number): Promise<number> {
	const set = jest.spyOn(WeakMap.prototype, 'set');
	const { error } = await fixture.engine.run({ parameters, items: phoneItems(count) });
	expect(error).toBeUndefined();
	const keys = new Set(set.mock.calls.map(([key]) => key));
	set.mockRestore();
	return keys.size;
}

// What the form of an operation looks like by a schema is worked out once for each schema object. A schema that is made
// anew for each item made combined items take more than twice as long.
test.each<[string, INodeParameters]>([
	['a text', toPhones],
	['media', { ...toPhones, messageType: 'media', media: 'https://example.com/picture.png' }],
	['a preview', { ...toPhones, operation: 'preview' }],
	[
		'a new contact',
		{ resource: 'human', operation: 'addByPhone', channelId: '601', phone: '={{ $json.phone }}' },
	],
])('the schemas that %s is read by are the same for every item', async (_what, parameters) => {
	await keysFor(parameters, 1);
	const few = await keysFor(parameters, 2);
	expect(few).toBeGreaterThan(0);
	expect(await keysFor(parameters, 12)).toBe(few);
});
