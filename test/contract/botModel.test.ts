import type { IDataObject } from 'n8n-workflow';
import { modelSchema } from '../../nodes/NativeMsg/bot/model';
import type { Schema } from '../../nodes/transport/contract';
import { everyInteraction } from '../node/cases/interactions';
import { useFixture } from '../support/fixture';

const fixture = useFixture();

/** Everything that a bot can contain, as documented in the reference. */
const MODEL: Schema = { type: 'array', items: modelSchema('Interaction') };

/** The parts of the object model without a field: they are entered as JSON of their action or interaction. */
const AS_JSON = [
	// Training data with mapped values.
	'[].intents[]',
	'[].expressions',
	// Distances, and conditions joined by operators other than "and".
	'[].actions[].conditions[].unit',
	'[].actions[].conditions[].precision',
	'[].actions[].conditions[].operator',
	// Cards, and buttons filled in from lists in attributes.
	'[].actions[].send.message.title',
	'[].actions[].send.message.carousel',
	'[].actions[].send.message.list',
	'[].actions[].send.message.richCard',
	'[].actions[].send.message.populateQuickReplies',
	'[].actions[].send.message.populateButtons',
	'[].actions[].send.rss',
	'[].actions[].send.json',
	'[].actions[].send.populate',
	'[].actions[].dataCapture',
	// Deprecated.
	'[].actions[].updateAttribute',
	'[].actions[].assignAttributes.attributes[].replace',
	'[].actions[].assignAttributes.attributes[].takeNext',
	'[].actions[].assignAttributes.attributes[].takeNextPath',
	'[].actions[].assignAttributes.attributes[].process',
	'[].actions[].assignAttributes.attributes[].embeddingMode',
	'[].actions[].assignAttributes.value',
	'[].actions[].assignAttributes.evaluate',
	'[].actions[].assignAttributes.replace',
	'[].actions[].assignAttributes.takeNext',
	'[].actions[].assignAttributes.process',
	'[].actions[].assignAttributes.embeddingMode',
	'[].actions[].assignAttributes.remove',
	'[].actions[].startDialog.breakOut.rollback',
	'[].actions[].startDialog.cancel.rollback',
	'[].actions[].startDialog.startOver.rollback',
	'[].actions[].updateSettings',
];

const isPlainObject = (value: unknown) =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The paths of the properties of a schema that none of the values has. */
function missing(schema: Schema, values: unknown[], path: string): string[] {
	if (values.length === 0) return [path];
	const alternatives = schema.oneOf ?? schema.anyOf;
	if (alternatives) {
		return alternatives.flatMap((one) =>
			missing(
				one,
				values.filter((value) => isPlainObject(value) === (one.properties !== undefined)),
				path,
			),
		);
	}
	const lists = values.filter(Array.isArray);
	if (schema.items && lists.length > 0) return missing(schema.items, lists.flat(), `${path}[]`);
	return Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
		const inside = values.map((value) => (value as IDataObject | null)?.[name]);
		return missing(
			part,
			inside.filter((value) => value !== undefined),
			`${path}.${name}`,
		);
	});
}

/** The smallest value of a schema that has what a path leads to, such as `[].actions[].pause`. */
function sample(schema: Schema, path: string): unknown {
	const { oneOf, anyOf, items, properties = {}, required = [], enum: choices, pattern } = schema;
	const alternatives = oneOf ?? anyOf;
	const next = /^\.(\w+)/.exec(path)?.[1];
	if (alternatives) {
		const withNext = alternatives.find((one) => next !== undefined && next in (one.properties ?? {}));
		return sample(withNext ?? alternatives.at(-1)!, path);
	}
	const type = [schema.type ?? 'string'].flat()[0];
	if (type === 'array') return [sample(items!, path.replace(/^\[\]/, ''))];
	if (type === 'object') {
		const names = new Set([...required, ...(next === undefined ? Object.keys(properties) : [next])]);
		const entries = [...names].map((name) => [
			name,
			sample(properties[name], name === next ? path.slice(name.length + 1) : ''),
		]);
		return Object.fromEntries(entries);
	}
	// The only pattern is that of an operator.
	const text = pattern === undefined ? 'some text' : 'and';
	return choices?.[0] ?? { boolean: true, number: 1, integer: 1 }[type] ?? text;
}

test('every property of the object model has a field, but for those named here', () => {
	const byFields = everyInteraction('Hours').map(({ actions, ...others }) => ({
		...others,
		// Entered as JSON.
		actions: (actions as IDataObject[]).filter(({ updateSettings }) => updateSettings === undefined),
	}));
	expect(missing(MODEL, [byFields], '').sort()).toEqual([...AS_JSON].sort());
});

test.each(AS_JSON)('%s is reachable by the JSON of its action or interaction', async (path) => {
	const [interaction] = sample(MODEL, path) as [IDataObject & { actions?: IDataObject[] }];
	const { actions, ...others } = interaction;
	const row = actions
		? {
				name: 'some text',
				actions: { action: actions.map((action) => ({ type: 'json', json: JSON.stringify(action) })) },
			}
		: { additionalFields: { moreProperties: JSON.stringify(others) } };
	const { error } = await fixture.engine.run({
		parameters: {
			resource: 'bot',
			operation: 'create',
			name: 'Bot',
			specifyInteractions: 'usingFields',
			interactionRows: { interaction: [row] },
		},
	});
	expect(error).toBeUndefined();
	expect(fixture.sandbox.requests().at(-1)).toMatchObject({
		status: 200,
		body: { interactions: [interaction] },
	});
});
