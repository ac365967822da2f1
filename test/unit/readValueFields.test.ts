import type { INodeProperties } from 'n8n-workflow';
import { enteredFields } from '../../nodes/operations/form/formFields';
import { readFields } from '../../nodes/operations/form/readValue';
import type { Schema } from '../../nodes/transport/contract';

const text = (displayName: string, name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	...more,
});

const read = (
	properties: Schema | Schema['properties'],
	fields: INodeProperties[],
	values: object,
	names = {},
) => {
	const schema = ('properties' in properties! ? properties : { properties }) as Schema;
	const get = (name: string) => (values as Record<string, unknown>)[name];
	return readFields(schema, enteredFields(schema, fields, get), { label: '' }, { names });
};

const STRING: Schema = { type: 'string' };
const collection = (displayName: string, name: string, options: INodeProperties[]) =>
	text(displayName, name, { type: 'collection', default: {}, options });

describe('a collection', () => {
	const options = [text('City', 'city'), text('Street', 'street')];

	test('that only groups fields is no property, and its fields are those of the form', () => {
		const fields = [text('Name', 'name'), collection('Additional Fields', 'additionalFields', options)];
		const values = { name: 'Ada', additionalFields: { city: 'Newark' } };
		expect(read({ name: STRING, city: STRING, street: STRING }, fields, values)).toEqual({
			name: 'Ada',
			city: 'Newark',
		});
		expect(read({ city: STRING }, fields, {})).toEqual({});
	});

	test('that is a property is its own object', () => {
		const address: Schema = { type: 'object', properties: { city: STRING } };
		const fields = [collection('Address', 'address', options), text('City', 'city')];
		expect(read({ address, city: STRING }, fields, { address: { city: 'Newark' }, city: 'York' })).toEqual({
			address: { city: 'Newark' },
			city: 'York',
		});
	});

	test('with the fields of an update clears a text that is empty, but nothing that has no empty value', () => {
		const properties = {
			city: STRING,
			country: { type: 'string', enum: ['US', 'CA'] },
			site: { type: 'string', format: 'uri' },
			age: { type: 'integer' },
		};
		const fields = Object.keys(properties).map((name) => text(name, name));
		const values = { city: '', country: '', site: '', age: '' };
		expect(
			read(properties, [collection('Update Fields', 'updateFields', fields)], { updateFields: values }),
		).toEqual({
			city: '',
		});
		expect(read(properties, [collection('Options', 'options', fields)], { options: values })).toEqual({});
		const named = { properties: { city: { ...STRING, minLength: 1 } } };
		expect(() =>
			read(named, [collection('Update Fields', 'updateFields', fields)], { updateFields: values }),
		).toThrow('city is required, but nothing was given');
	});
});

describe('of two fields with one name', () => {
	const kind = text('Kind', 'kind');
	const shownFor = (value: string) => ({ displayOptions: { show: { kind: [value] } } });
	const fields = [
		kind,
		text('First', 'value', shownFor('a')),
		collection('More', 'more', [text('Second', 'value', shownFor('b'))]),
	];
	const values = { value: 'one', more: { value: 'two' } };

	test('the one that shows is read', () => {
		expect(read({ value: STRING }, fields, { ...values, kind: 'a' })).toEqual({ value: 'one' });
		expect(read({ value: STRING }, fields, { ...values, kind: 'b' })).toEqual({ value: 'two' });
	});

	test('the one that is filled in is read if both show', () => {
		const both = [text('First', 'value'), collection('More', 'more', [text('Second', 'value')])];
		expect(read({ value: STRING }, both, { value: '', more: { value: 'two' } })).toEqual({ value: 'two' });
		expect(read({ value: STRING }, both, { value: 'one', more: { value: 'two' } })).toEqual({ value: 'one' });
		expect(read({ value: STRING }, both, { value: '', more: {} })).toEqual({});
	});
});

describe('a property without a field', () => {
	const latitude = { type: 'number' };
	const point: Schema = {
		type: 'object',
		properties: { latitude, longitude: latitude },
		required: ['latitude', 'longitude'],
	};
	const fields = [text('Latitude', 'latitude'), text('Longitude', 'longitude')];

	test('is sent if it can have one value only', () => {
		expect(read({ type: { type: 'string', enum: ['location'] } }, fields, {})).toEqual({ type: 'location' });
		expect(read({ type: { type: 'string', enum: ['location', 'text'] } }, fields, {})).toEqual({});
	});

	test('is an object of the fields named like its properties', () => {
		expect(read({ point }, fields, { latitude: '40.7', longitude: -74 })).toEqual({
			point: { latitude: 40.7, longitude: -74 },
		});
		expect(read({ point }, fields, {})).toEqual({});
		expect(() => read({ point }, fields, { latitude: 1 })).toThrow(
			'Longitude is required, but nothing was given',
		);
		expect(() => read({ properties: { point }, required: ['point'] }, fields, {})).toThrow(
			'Latitude and Longitude is required, but nothing was given',
		);
	});

	test('has its own name in a refusal', () => {
		expect(() => read({ properties: {}, required: ['shape'] }, fields, {})).toThrow(/^shape is required/);
	});
});

test('a required field is missing only where the form shows it', () => {
	const fields = [
		text('Kind', 'kind'),
		text('Number', 'number', { required: true, displayOptions: { show: { kind: ['a', 'b'] } } }),
	];
	expect(() => read({ number: STRING }, fields, { kind: 'b', number: ' ' })).toThrow(
		'Number is required, but nothing was given',
	);
	expect(read({ number: STRING }, fields, { kind: 'c', number: ' ' })).toEqual({});
	expect(() => read({ number: STRING }, [{ ...fields[1] }], {})).toThrow('Number is required');
});

test('a field of another name than its property is found by its own', () => {
	expect(read({ destination: STRING }, [text('To', 'to')], { to: 'Ada' }, { destination: 'to' })).toEqual({
		destination: 'Ada',
	});
});

test('a form with nothing in it is refused with the names of what could be filled in', () => {
	const schema = { properties: { city: STRING, street: STRING }, minProperties: 1 };
	const fields = [text('City', 'city'), text('Street', 'street')];
	expect(() => read(schema, fields, {})).toThrow(
		'City or Street needs at least one value, but nothing was given',
	);
	expect(() =>
		read(schema, [text('Human', 'human'), collection('Update Fields', 'more', fields)], {}),
	).toThrow(/^Update Fields needs at least one value/);
	expect(read(schema, fields, { street: 'Main Street' })).toEqual({ street: 'Main Street' });
});

describe('a rule that depends on another property', () => {
	const schema: Schema = {
		properties: { kind: STRING, text: STRING, media: STRING, title: STRING },
		allOf: [
			{
				if: { properties: { kind: { const: 'card' } } },
				then: {
					anyOf: [{ required: ['text'] }, { required: ['media'] }],
					properties: { title: { maxLength: 5 }, text: {} },
				},
			},
		],
	};
	const fields = [
		text('Kind', 'kind'),
		text('Text', 'text'),
		text('Media URL', 'media'),
		text('Title', 'title'),
	];

	test('requires one of several, and names them', () => {
		expect(() => read(schema, fields, { kind: 'card' })).toThrow(
			'Text or Media URL is required, but nothing was given',
		);
		expect(read(schema, fields, { kind: 'card', media: 'm' })).toEqual({ kind: 'card', media: 'm' });
		expect(read(schema, fields, { kind: 'text' })).toEqual({ kind: 'text' });
	});

	test('limits what is given', () => {
		expect(() => read(schema, fields, { kind: 'card', text: 't', title: 'longer' })).toThrow(
			'Title can have at most 5 characters, but 6 were given',
		);
		const fits = { kind: 'card', text: 't', title: 'short' };
		expect(read(schema, fields, fits)).toEqual(fits);
		expect(read(schema, fields, { ...fits, kind: 'text', title: 'longer' }).title).toBe('longer');
	});
});

describe('rows', () => {
	const rows = (values: INodeProperties[]) =>
		text('Rows', 'rows', {
			type: 'fixedCollection',
			default: {},
			options: [{ displayName: 'Row', name: 'row', values }],
		});
	const nameValue = rows([text('Name', 'name'), text('Value', 'value')]);
	const object = { rows: { type: 'object' } };

	test('of one field are a list of plain values without gaps', () => {
		const properties = { rows: { type: 'array', items: STRING } };
		const fields = [rows([text('Value', 'value')])];
		expect(read(properties, fields, { rows: { row: [{ value: 'a' }, { value: 'b' }] } })).toEqual({
			rows: ['a', 'b'],
		});
		expect(read(properties, fields, { rows: {} })).toEqual({});
		expect(() => read(properties, fields, { rows: { row: [{ value: 'a' }, { value: '' }] } })).toThrow(
			'Rows, entry 2 is required, but nothing was given',
		);
	});

	test('of several fields are a list of objects', () => {
		const items = { type: 'object', properties: { name: STRING, value: { type: 'integer' } } };
		const properties = { rows: { type: 'array', items } };
		expect(read(properties, [nameValue], { rows: { row: [{ name: 'a', value: '1' }] } })).toEqual({
			rows: [{ name: 'a', value: 1 }],
		});
		expect(() => read(properties, [nameValue], { rows: { row: [{ name: 'a', value: 'x' }] } })).toThrow(
			'Rows, entry 1, Value must be a whole number, but "x" was given',
		);
	});

	test('of names and values are one object, and each needs both', () => {
		expect(
			read(object, [nameValue], {
				rows: {
					row: [
						{ name: 'city', value: '' },
						{ name: 'zip', value: 7 },
					],
				},
			}),
		).toEqual({ rows: { city: '', zip: 7 } });
		expect(read(object, [nameValue], { rows: {} })).toEqual({});
		expect(() => read(object, [nameValue], { rows: { row: [{ name: ' ', value: 'x' }] } })).toThrow(
			'Rows has an entry without a name',
		);
		expect(() => read(object, [nameValue], { rows: { row: [{ name: 'city' }] } })).toThrow(
			'Rows, city is required, but nothing was given',
		);
		expect(() => read(object, [nameValue], { rows: { row: ['city'] } })).toThrow(
			'Rows must be a list of names and values, but "city" was given',
		);
	});
});
