import type { INodeParameters, INodeType } from 'n8n-workflow';
import { Engine } from '../../support/engine';
import { useFixture } from '../../support/fixture';
import { loadPackage } from '../../support/loader';

const fixture = useFixture();

/** What the user is offered, by name. */
async function offered(filter?: string, paginationToken?: string) {
	const found = await fixture.engine.search('searchCountries', { filter, paginationToken });
	return { ...found, names: found.results.map(({ name }) => name) };
}

describe('the list of the Default Country', () => {
	it('has none first, then all countries by name, without a request', async () => {
		const names: string[] = [];
		for (let token: unknown = '0'; token !== undefined; ) {
			const page = await offered('', String(token));
			names.push(...page.names);
			token = page.paginationToken;
		}
		expect(names.slice(0, 2)).toEqual(['(None)', 'Afghanistan']);
		expect(names.length).toBeGreaterThan(240);
		expect(new Set(names).size).toBe(names.length);
		expect(fixture.sandbox.requests()).toEqual([]);
	});

	it('is searched by name', async () => {
		expect((await offered('united king')).results).toEqual([{ name: 'United Kingdom', value: 'GB' }]);
		expect((await offered('nowhere')).results).toEqual([]);
	});

	it('exists in each node', async () => {
		const loader = await loadPackage();
		for (const name of ['nativeMsg', 'nativeMsgOtt', 'nativeMsgTrigger']) {
			const { methods } = loader.getNode(name).type as INodeType;
			expect(methods?.listSearch).toHaveProperty('searchCountries');
		}
	});

	it.each<[string, unknown]>([
		['chosen from the list', { __rl: true, mode: 'list', value: 'GB', cachedResultName: 'United Kingdom' }],
		['entered by its code', { __rl: true, mode: 'code', value: 'gb' }],
		['of an expression', '={{ "GB" }}'],
		['stored by a form that had no list', 'GB'],
	])('sets the country of numbers without a country code: %s', async (_how, defaultCountry) => {
		const parameters = {
			resource: 'message',
			operation: 'send',
			targetType: 'phones',
			phones: '020 7946 0958',
			channelId: '601',
			text: 'Hello',
			options: { defaultCountry },
		} as INodeParameters;
		const { error } = await fixture.engine.run({ parameters });
		expect(error).toBeUndefined();
		expect(Object.keys(fixture.sandbox.report().recipients)).toEqual(['442079460958']);
	});

	it('is refused if there is no such country', async () => {
		const parameters = {
			resource: 'message',
			operation: 'send',
			targetType: 'phones',
			phones: '020 7946 0958',
			channelId: '601',
			text: 'Hello',
			options: { defaultCountry: { __rl: true, mode: 'code', value: 'Atlantis' } },
		};
		const { error } = await fixture.engine.run({ parameters });
		expect(error?.message).toBe(
			'Default Country must be the ISO code of a country, such as GB, but "Atlantis" was given [item 0]',
		);
	});
});

// n8n's editor loads every form at once.
test.each([
	['nativeMsg', 150_000],
	['nativeMsgOtt', 45_000],
] as const)('the form of %s has at most %i bytes', async (name, limit) => {
	const engine = await Engine.start({});
	expect(Buffer.byteLength(JSON.stringify(engine.description(name)))).toBeLessThanOrEqual(limit);
});
