import type { INodeParameters } from 'n8n-workflow';
import { useFixture } from '../../support/fixture';

const fixture = useFixture({ wire: true });

const including = (include: string, others: INodeParameters = {}): INodeParameters => ({
	resource: 'bot',
	operation: 'create',
	name: 'Shop',
	specifyInteractions: 'usingFields',
	interactionRows: {
		interaction: [{ name: 'Talk', intents: 'nm:start', additionalFields: { include } }],
	},
	...others,
});
const run = (parameters: INodeParameters) => fixture.engine.run({ parameters });
const MISSING =
	'"Talk" includes "Weather", but no bot of the account is listed with that name. Check the spelling, or create that bot first.';

test('an included bot that the account does not have is a hint, and the bot is created', async () => {
	const { success: known } = await run({ resource: 'bot', operation: 'getMany', returnAll: true });
	const name = String(known[0].json.name);
	const { success, hints } = await run(including(`${name}, Weather`));
	expect(success).toHaveLength(1);
	expect(hints).toEqual([MISSING]);
});

test('an included bot is also looked up if the interactions are JSON, by Preview and by Create', async () => {
	const json = {
		specifyInteractions: 'usingJson',
		interactions: '[{ "name": "Talk", "include": "Weather" }]',
	};
	for (const operation of ['create', 'preview']) {
		const { hints } = await run(including('', { ...json, operation }));
		expect(hints).toEqual([MISSING]);
	}
});

test('a name with an attribute in it is known only when the bot runs', async () => {
	const { hints } = await run(including('{topic}'));
	expect(hints).toEqual([]);
});

test('the list of bots is requested only if a bot is included, and its failure does not fail the run', async () => {
	await run(including('', { interactionRows: { interaction: [{ name: 'Talk', intents: 'nm:start' }] } }));
	const paths = () => fixture.sandbox.requests().map(({ method, path }) => `${method} ${path}`);
	expect(paths()).toEqual(['POST /v1/bots']);
	fixture.wire.mishap = ({ body }) => (body ? undefined : '403');
	const { success, hints } = await run(including('Weather'));
	expect(success).toHaveLength(1);
	expect(hints).toEqual([]);
});
