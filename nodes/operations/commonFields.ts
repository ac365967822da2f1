import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { compareNames } from '../transport/text';

/** Sorts the options of a collection in the order that n8n's linter requires. */
export const byDisplayName = (a: INodeProperties, b: INodeProperties) =>
	compareNames(a.displayName, b.displayName);

/** Sorts choices in the order that n8n's linter requires. */
export const byName = (a: INodePropertyOptions, b: INodePropertyOptions) => compareNames(a.name, b.name);

/** The two fields of every list. The API doesn't support pagination, so the list is cut after it was fetched. */
export const returnAllOrLimit: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		displayOptions: { show: { returnAll: [false] } },
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
	},
];

/**
 * Rows titled by the value of one of their fields, so folded rows can be told apart. n8n 2.41 shows the titles where its
 * new collections are turned on, which is an experiment (`048_collection_overhaul`), and otherwise ignores them.
 */
export const rowsTitledBy = (name: string) => ({
	multipleValues: true,
	fixedCollection: { itemTitle: `={{ $collection.item.value.${name}?.replace(/^=/, "") }}` },
});

/** Rows with a name and a value each, sent as one object. */
export function nameValueRows(
	displayName: string,
	name: string,
	{ entry = 'Attribute', description }: { entry?: string; description?: string } = {},
): INodeProperties {
	const placeholder = `Add ${entry}`;
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: rowsTitledBy('name'),
		placeholder,
		default: {},
		description,
		options: [
			{
				displayName: entry,
				name: 'attribute',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
					},
				],
			},
		],
	};
}

/** Names and values dragged from the input, one by one or all at once, and sent like the rows above. */
export function draggedFields(displayName: string, name: string, what: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'assignmentCollection',
		typeOptions: { assignment: { hideType: true } },
		default: {},
		description: `${what}. Drag input fields here, or select Add All in the menu of this field.`,
	};
}

/** The field for an operation's `simplify`. */
export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};
