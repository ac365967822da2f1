import type { INodeProperties } from 'n8n-workflow';
import type { AnyOperation, Catalogue } from './defineOperation';
import { broadcastGroup } from './broadcastOptions';
import { byDisplayName, byName } from './commonFields';
import { optionFields } from './runOptions';

/** The resource of a new node, and the initial operation of each resource. */
export interface Defaults {
	resource: string;
	operations: Record<string, string>;
}

/** The title of a resource: `phoneNumber` becomes `Phone Number`. */
export function titleOf(resource: string): string {
	return resource.replace(/([A-Z])/g, ' $1').replace(/^./, (letter) => letter.toUpperCase());
}

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

/** A field, and the operations that show it. */
interface SharedField {
	field: INodeProperties;
	keys: string[];
}

/**
 * The fields of all operations of a resource. A field that several operations share appears once if their field orders
 * agree, which keeps the form small.
 */
function sharedFields(operations: Record<string, AnyOperation>): SharedField[] {
	const shared: SharedField[] = [];
	/** Operations with the same form also share its options, which `fieldsOf` creates anew each time. */
	const forms = new Map<INodeProperties[], INodeProperties[]>();
	for (const [key, operation] of Object.entries(operations)) {
		const fields = forms.get(operation.fields) ?? fieldsOf(operation);
		forms.set(operation.fields, fields);
		let position = 0;
		for (const field of fields) {
			const known = shared.findIndex((one, index) => index >= position && one.field === field);
			if (known < 0) shared.splice(position, 0, { field, keys: [key] });
			else shared[known].keys.push(key);
			position = (known < 0 ? position : known) + 1;
		}
	}
	return shared;
}

/** The whole form of a node: the selectors, and the fields of each operation shown for that operation only. */
export function propertiesOf(catalogue: Catalogue, defaults: Defaults): INodeProperties[] {
	const resources = Object.keys(catalogue);
	return [
		resourceSelector(catalogue, defaults.resource),
		...resources.map((resource) => operationSelector(catalogue, resource, defaults.operations[resource])),
		...resources.flatMap((resource) =>
			sharedFields(catalogue[resource]).map(({ field, keys }) => shownFor(resource, keys, field)),
		),
	];
}
