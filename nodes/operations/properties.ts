import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { AnyOperation, Catalogue } from './defineOperation';
import { broadcastGroup } from './broadcastOptions';
import { byDisplayName } from './commonFields';
import { optionFields } from './runOptions';

/** The resource, and per resource the operation, that a new node starts with. */
export interface Defaults {
	resource: string;
	operations: Record<string, string>;
}

/** What a resource is called: `phoneNumber` becomes `Phone Number`. */
export function titleOf(resource: string): string {
	return resource.replace(/([A-Z])/g, ' $1').replace(/^./, (letter) => letter.toUpperCase());
}

const byName = (a: INodePropertyOptions, b: INodePropertyOptions) => a.name.localeCompare(b.name);

function resourceSelector(catalogue: Catalogue, initial: string): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: Object.keys(catalogue)
			.map((value) => ({ name: titleOf(value), value }))
			.sort(byName),
		default: initial,
	};
}

function operationSelector(catalogue: Catalogue, resource: string, initial: string): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: Object.values(catalogue[resource])
			.map(({ option }) => option)
			.sort(byName),
		default: initial,
	};
}

/** The fields of an operation, with the settings that every operation of its kind has. */
export function fieldsOf(operation: AnyOperation): INodeProperties[] {
	const own = operation.fields.find(({ name }) => name === 'options');
	const others = operation.fields.filter((field) => field !== own);
	const broadcast = broadcastGroup(operation);
	if (broadcast) others.push(broadcast);
	const options = optionFields(operation);
	if (options.length === 0) return others;
	const collection: INodeProperties = {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: options.sort(byDisplayName),
	};
	return [...others, collection];
}

function shownFor(resource: string, operations: string[], field: INodeProperties): INodeProperties {
	const { show, ...others } = field.displayOptions ?? {};
	return {
		...field,
		displayOptions: { ...others, show: { resource: [resource], operation: operations, ...show } },
	};
}

/** Operations with the very same form share its fields, so that the form is there once and keeps what was entered. */
function sharingForms(operations: Record<string, AnyOperation>): Array<[keys: string[], AnyOperation]> {
	const groups = new Map<INodeProperties[], [string[], AnyOperation]>();
	for (const [key, operation] of Object.entries(operations)) {
		const [keys] = groups.get(operation.fields) ?? [[]];
		groups.set(operation.fields, [[...keys, key], operation]);
	}
	return [...groups.values()];
}

/** The whole form of a node: the selectors, and the fields of each operation shown for that operation only. */
export function propertiesOf(catalogue: Catalogue, defaults: Defaults): INodeProperties[] {
	const resources = Object.keys(catalogue);
	return [
		resourceSelector(catalogue, defaults.resource),
		...resources.map((resource) => operationSelector(catalogue, resource, defaults.operations[resource])),
		...resources.flatMap((resource) =>
			sharingForms(catalogue[resource]).flatMap(([keys, operation]) =>
				fieldsOf(operation).map((field) => shownFor(resource, keys, field)),
			),
		),
	];
}
