// The "Required" column in the tables of fields.
import type { INodeProperties } from 'n8n-workflow';
import { namedSchema, rulesFor } from '../../../nodes/transport/contract';
import { either } from '../../lib/markdown/markdown';
import { choicesIn, innerFields, namesOf, rowsIn } from './form-fields';

/** The entries for fields that aren't always required, or not alone, such as `Yes, or Title`. */
export type Necessities = Map<INodeProperties, string>;

/**
 * Whether a field may be left empty. A dropdown never is, because a choice is preselected.
 *
 * @param isAdded whether the field is one that you add
 */
export function necessityOf(field: INodeProperties, necessities?: Necessities, isAdded = false): string {
	const { required, type, default: initial } = field;
	if (required) return 'Yes';
	const necessity = necessities?.get(field);
	if (necessity) return necessity;
	return type === 'options' && initial !== '' && !isAdded ? 'Preset' : 'No';
}

/** The fields of a form. Those in a collection that only groups fields count as fields of the form. */
const fieldsIn = (fields: INodeProperties[]): INodeProperties[] =>
	fields.flatMap((field) =>
		field.type === 'collection' && !field.description ? fieldsIn(innerFields(field)) : [field],
	);

const orOthers = (others: INodeProperties[]) =>
	['Yes', ...(others.length > 0 ? [either(others.map(({ displayName }) => displayName))] : [])].join(', or ');

/**
 * The entries for fields of which at least one is required.
 *
 * @param lists the names of these fields, for an operation
 */
export function necessitiesOf(fields: INodeProperties[], lists: string[][] = []): Necessities {
	const there = fieldsIn(fields);
	const groups = lists.map((names) => there.filter(({ name }) => names.includes(name)));
	// A group that contains another one requires nothing more.
	const isImplied = (group: INodeProperties[]) =>
		groups.some((other) => other.length < group.length && other.every((field) => group.includes(field)));
	const entries = groups
		.filter((group) => !isImplied(group))
		.flatMap((group) =>
			group.map((field): [INodeProperties, string] => [
				field,
				orOthers(group.filter((other) => other !== field)),
			]),
		);
	return new Map(entries);
}

/** The schemas of the contract whose rules depend on the `type` of a row, by the name of the rows. */
const ROW_SCHEMAS = new Map<string, 'Button' | 'QuickReply'>([
	['button', 'Button'],
	['quickReply', 'QuickReply'],
]);

/** The entries for the fields of a row, such as a button, by the contract's rules for some choices of its `type`. */
export function necessitiesInRows(group: INodeProperties): Necessities {
	const schemaName = group.type === 'fixedCollection' ? ROW_SCHEMAS.get(rowsIn(group).name) : undefined;
	if (!schemaName) return new Map();
	const fields = innerFields(group).filter(({ name }) => name !== 'type');
	const selector = innerFields(group).find(({ name }) => name === 'type')!;
	const all = choicesIn(selector).map(({ value }) => value);
	const rulesOf = (value: unknown) => rulesFor(namedSchema(schemaName), { type: value as string });
	const shownFor = ({ displayOptions }: INodeProperties) => displayOptions?.show?.type ?? all;

	function necessityIn(field: INodeProperties): string | undefined {
		const shown = shownFor(field);
		const isNeeded = (value: unknown) =>
			rulesOf(value).some(({ required }) => required?.includes(field.name));
		const spared = shown.filter((value) => !isNeeded(value));
		if (spared.length === 0) return 'Yes';
		if (spared.length < shown.length) {
			return `Yes, unless ${selector.displayName} is ${either(namesOf(selector, spared))}`;
		}
		const [value] = shown;
		const ways = rulesOf(value).flatMap(({ anyOf = [] }) => anyOf.flatMap(({ required = [] }) => required));
		if (shown.length > 1 || !ways.includes(field.name)) return undefined;
		const others = fields.filter(
			(other) => other !== field && ways.includes(other.name) && shownFor(other).includes(value as string),
		);
		return others.length > 0 ? orOthers(others) : undefined;
	}

	return new Map(
		fields.flatMap((field): Array<[INodeProperties, string]> => {
			const necessity = necessityIn(field);
			return necessity ? [[field, necessity]] : [];
		}),
	);
}
