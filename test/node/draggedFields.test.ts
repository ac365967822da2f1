import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { dragged } from '../support/cases';
import { runNode, useFixture } from '../support/fixture';

const fixture = useFixture();

const assignment = (name: string, value: unknown, type = 'string') => ({ id: name, name, value, type });
const setAttributes = (draggedAttributes: unknown): INodeParameters => ({
	resource: 'human',
	operation: 'setAttributes',
	humanId: '540',
	specifyAttributes: 'dragged',
	draggedAttributes: draggedAttributes as INodeParameters,
});
const template = (draggedParameters: unknown): INodeParameters => ({
	resource: 'message',
	operation: 'sendTemplate',
	to: '+12025550140',
	channelId: 'chan_whatsapp',
	templateId: 'tmpl_order',
	parametersAs: 'dragged',
	draggedParameters: draggedParameters as INodeParameters,
});

/** The body that is sent for one item, or why none is. */
async function bodyOf(
	parameters: INodeParameters,
	json: IDataObject = {},
	format?: 'guide' | 'reference',
): Promise<IDataObject | string | undefined> {
	fixture.sandbox.reset();
	const { error } = await runNode(fixture, format, { parameters, items: [json] });
	const sent = fixture.sandbox.requests().find(({ method }) => method !== 'GET');
	return (sent?.body as IDataObject | undefined) ?? error?.message;
}

describe('dragged fields', () => {
	it('take a whole column set, with any name and kind of value', async () => {
		const columns = Array.from({ length: 60 }, (_, index) => `column_${index}`);
		const json = Object.fromEntries(
			columns.map((name, index) => [name, index % 2 ? `value ${index}` : index]),
		);
		expect(await bodyOf(setAttributes(dragged(...columns)), json)).toEqual(json);
		const odd = [
			assignment('First Name', '={{ $json["First Name"] }}'),
			assignment('visits', '={{ $json.visits }}', 'number'),
			assignment('vip', true, 'boolean'),
			assignment('tags', '={{ $json.tags }}', 'array'),
		];
		const body = await bodyOf(setAttributes({ assignments: odd }), {
			'First Name': 'Ada',
			visits: 3,
			tags: ['a'],
		});
		expect(JSON.stringify(body)).toBe('{"First Name":"Ada","visits":3,"vip":true,"tags":["a"]}');
	});

	it('may be one expression for all values', async () => {
		expect(await bodyOf(setAttributes('={{ $json }}'), { plan: 'gold', visits: 2 })).toEqual({
			plan: 'gold',
			visits: 2,
		});
	});

	it.each<[string, INodeParameters, string]>([
		[
			'a column that the item does not have',
			setAttributes(dragged('plan', 'planet')),
			'Attributes, planet is required, but nothing was given',
		],
		[
			'a field without a name',
			setAttributes({ assignments: [assignment(' ', 'x')] }),
			'Attributes has an entry without a name',
		],
		[
			'no field',
			setAttributes({ assignments: [] }),
			'Attributes needs at least one value, but nothing was given',
		],
		['nothing at all', setAttributes({}), 'Attributes needs at least one value, but nothing was given'],
		[
			'an expression that is no set of values',
			setAttributes('={{ 7 }}'),
			'Attributes must be a JSON object, but 7 was given',
		],
	])('refuse %s', async (_what, parameters, message) => {
		expect(await bodyOf(parameters, { plan: 'gold' })).toBe(`${message} [item 0]`);
	});

	it('of a template keep their order, whatever their names are', async () => {
		const columns = {
			assignments: [assignment('2', 'first'), assignment('1', 'second'), assignment('1', 'third')],
		};
		expect(await bodyOf(template(columns), {}, 'guide')).toMatchObject({
			parameters: ['first', 'second', 'third'],
		});
	});

	it.each<['guide' | 'reference', string]>([
		['guide', 'Parameters, entry 2 is required, but nothing was given [item 0]'],
		['reference', 'Parameters, total is required, but nothing was given [item 0]'],
	])('of a template in the format %s have no gaps', async (format, message) => {
		expect(await bodyOf(template(dragged('order', 'total')), { order: 'A', total: '' }, format)).toBe(
			message,
		);
		expect(await bodyOf(template(dragged('order', 'total')), { order: 'A' }, format)).toBe(message);
	});

	it.each(['guide', 'reference'] as const)(
		'of a template in the format %s are refused if they are an expression without a result',
		async (format) => {
			for (const nothing of ['={{ $json.nothing }}', '={{ null }}', '={{ "" }}'])
				expect(await bodyOf(template(nothing), {}, format)).toBe(
					'Parameters is required, but nothing was given [item 0]',
				);
		},
	);

	it('of a template are empty if nothing was dragged', async () => {
		expect(await bodyOf(template({}), {}, 'guide')).not.toHaveProperty('parameters');
		expect(await bodyOf(template({}), {}, 'reference')).not.toHaveProperty('variables');
	});
});
