import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { allForms, everyField, type PlacedField } from '../support/allForms';

const nodes = Object.entries(allForms).filter(([form]) => form !== 'nativeMsgApi');

const fields = nodes.flatMap(([form, properties]) => everyField(form, properties));

/** The fields that an operation shows, in their order. */
function formOf(form: string, resource: string, operation: string): INodeProperties[] {
	return allForms[form].filter(({ displayOptions }) => {
		const { show = {} } = displayOptions ?? {};
		return show.resource?.includes(resource) && show.operation?.includes(operation);
	});
}

const takesOnePhone = ([, { placeholder, type }]: PlacedField) =>
	type === 'string' && placeholder === 'e.g. +12015550123';

test('a field that takes phone numbers says under it that they need their country code', () => {
	const phones = fields.filter(takesOnePhone);
	expect(phones.length).toBeGreaterThan(8);
	expect(phones.flatMap(([place, { hint }]) => (hint ? [] : [place]))).toEqual([]);
});

test('the data of a contact is entered in one place, and options only affect how requests are made', () => {
	const form = formOf('nativeMsg', 'human', 'addByPhone');
	const namesIn = (group: string) =>
		(form.find(({ name }) => name === group)!.options as INodeProperties[]).map(({ name }) => name);
	expect(namesIn('additionalFields')).toEqual(
		expect.arrayContaining(['firstName', 'lastName', 'company', 'subscribe', 'tagNames', 'updateExisting']),
	);
	expect(namesIn('options')).toEqual(
		expect.not.arrayContaining(['subscribe', 'tagIds', 'tagNames', 'updateExisting']),
	);
});

test('attributes have the same name everywhere', () => {
	const texts = fields.flatMap(([place, { displayName, description = '' }]) => [
		[place, displayName],
		[place, description],
	]);
	expect(texts.filter(([, text]) => /custom (field|attribute)/i.test(text))).toEqual([]);
});

test('filters come before the number of results', () => {
	const lists = ['channel', 'human'].map((resource) =>
		formOf('nativeMsg', resource, 'getMany').map(({ name }) => name),
	);
	for (const names of lists) expect(names.indexOf('filters')).toBeLessThan(names.indexOf('returnAll'));
});

const lists = fields.filter(
	([, { type, typeOptions }]) => type === 'fixedCollection' && typeOptions?.multipleValues === true,
);

test('the heading of a collapsed row is the value of one of its fields', () => {
	const titled = lists.filter(([, { typeOptions }]) => typeOptions?.fixedCollection?.itemTitle);
	expect(titled.length).toBeGreaterThan(10);
	for (const [, { typeOptions, options }] of titled) {
		const [, name] = /item\.value\.(\w+)/.exec(typeOptions!.fixedCollection!.itemTitle!)!;
		const [{ values }] = options as INodePropertyCollection[];
		expect(values.map((field) => field.name)).toContain(name);
	}
});

test.each([
	['carousel', 'card', 1],
	['list', 'entry', 2],
])('a %s opens with the rows that it needs, and shows the title and image of each', (name, row, count) => {
	const [[, { default: initial, typeOptions, options }]] = lists.filter(([, field]) => field.name === name);
	expect(initial).toEqual({ [row]: Array.from({ length: count }, () => ({ title: '' })) });
	expect(typeOptions?.hideOptionalFields).toBe(true);
	const [{ values }] = options as INodePropertyCollection[];
	const shown = values.filter((field) => field.required ?? field.typeOptions?.showEvenWhenOptional);
	expect(shown.map((field) => field.name)).toEqual(['title', 'imageUrl']);
});
