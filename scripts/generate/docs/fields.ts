import type { IDisplayOptions, INodeProperties, NodeParameterValue } from 'n8n-workflow';
import type { AnyOperation } from '../../../nodes/operations/defineOperation';
import { anchorOf, code, either, sentence, table } from '../../lib/markdown/markdown';
import { choicesIn, innerFields, isGroup, namesOf } from './form-fields';
import { necessitiesInRows, necessitiesOf, necessityOf, type Necessities } from './necessity';

const HEAD = ['Field', 'Required', 'What to enter'];
const NO_FIELDS = 'There are no fields to fill in.';

/** Where a field is, and what is said about it elsewhere. */
interface Place {
	/** The groups that it is in, by their labels. */
	path: string[];
	/** The sentences about its group that also apply to it. */
	inherited: string[];
	/** The fields of the same level, and those of the whole form. */
	siblings: INodeProperties[];
	root: INodeProperties[];
	/** The headings under which groups of fields are described, by `keyOf`. */
	shared: Map<string, string>;
	/** Whether the field is one that you add, so that its default applies only from then on. */
	isAdded?: boolean;
	/** The name of the field that the heading of its table is about. */
	saidAbout?: string;
	/** The entries for fields that aren't always required, or not alone. */
	necessities?: Necessities;
}

/** The same for groups of fields that are described together. */
const keyOf = (field: INodeProperties) => JSON.stringify(field.options);

/** The field that decides which fields the form shows, if there is one; it takes no expressions. */
const selectorOf = (fields: INodeProperties[]) =>
	fields.find(({ type, noDataExpression }) => type === 'options' && noDataExpression);

/** The choices of the selector that show a field; undefined if it doesn't depend on the selector. */
function choicesFor(
	selector: INodeProperties | undefined,
	{ displayOptions }: INodeProperties,
): unknown[] | undefined {
	return displayOptions?.show?.[`${selector?.name}`] ?? displayOptions?.show?.[`/${selector?.name}`];
}

/** When a field is shown, such as `Shown when Send To is **Tags**.`, unless its table says so. */
function conditionsOf(
	{ displayOptions = {} }: INodeProperties,
	{ siblings, root, saidAbout }: Place,
): string[] {
	const partsOf = (verb: string, conditions: IDisplayOptions['show'] = {}) =>
		Object.entries(conditions).flatMap(([condition, values]) => {
			const name = condition.replace('/', '');
			if (name === saidAbout) return [];
			const field = (name === condition ? siblings : root).find((one) => one.name === name)!;
			return [`${field.displayName} ${verb} ${either(namesOf(field, values as NodeParameterValue[]))}`];
		});
	const parts = [...partsOf('is', displayOptions.show), ...partsOf("isn't", displayOptions.hide)];
	return parts.length > 0 ? [`Shown when ${parts.join(' and ')}.`] : [];
}

/** More choices than these are all countries; the dropdown shows them better than a page. */
const MAX_CHOICES = 30;

function choicesOf(field: INodeProperties): string[] {
	const all = choicesIn(field);
	if (all.length > MAX_CHOICES) return [`One of ${all.length - 1} countries.`];
	if (all.length === 0) return [];
	const beginning = field.type === 'options' ? 'One of' : 'Any of';
	if (all.every(({ description }) => !description)) {
		return [`${beginning} ${all.map(({ name }) => `**${name}**`).join(', ')}.`];
	}
	const choices = all.map(({ name, description }) =>
		description ? `**${name}**: ${sentence(description)}` : `**${name}**`,
	);
	return [`${beginning}:${choices.map((choice) => `<br>• ${choice}`).join('')}<br>`];
}

/** The default value. For most fields that you add, the service decides it. */
function defaultOf(field: INodeProperties, isAdded = false): string[] {
	const { type, default: initial, description = '' } = field;
	if (type === 'number') {
		const { maxValue } = field.typeOptions ?? {};
		const most = maxValue ? [`Maximum: ${grouped(maxValue)}.`] : [];
		return [...(isAdded && !initial ? [] : [`Default: ${grouped(Number(initial))}.`]), ...most];
	}
	if (isAdded && type === 'string' && initial) return [`Prefilled with ${code(String(initial))}.`];
	if (isAdded) return [];
	// An option that is on as soon as it is added says so in its description.
	if (type === 'boolean' && description.includes('Off unless')) return [];
	if (type === 'boolean') return [`${initial ? 'On' : 'Off'} by default.`];
	if (type === 'string' && initial) return [`Default: ${code(String(initial))}.`];
	if (type === 'options')
		return [`Default: ${choicesIn(field).find(({ value }) => value === initial)?.name}.`];
	// The preselected entry of a list.
	const { cachedResultName } = (initial ?? {}) as { cachedResultName?: string };
	return cachedResultName ? [`Default: ${cachedResultName}.`] : [];
}

const grouped = (number: number) => number.toLocaleString('en-US');

/** The examples of a placeholder such as `e.g. 540, 542 or {{ $json.id }}`, each as it can be copied. */
function examplesOf({ placeholder = '' }: INodeProperties): string[] {
	const written = /^e\.g\. (.*)/.exec(placeholder)?.[1];
	if (!written) return [];
	const examples = written.split(/(?<=\}\}) or | or (?=\{\{)/);
	return [`Example${examples.length > 1 ? 's' : ''}: ${examples.map((one) => code(one)).join(' or ')}`];
}

/** What to enter in a field that has only a name. */
const KINDS: Partial<Record<INodeProperties['type'], string>> = {
	string: 'Text.',
	number: 'A number.',
	dateTime: 'A date and time.',
	json: 'JSON.',
	collection: 'A group of fields.',
};

/** The same for a field of any type. */
function kindOf({ type, typeOptions }: INodeProperties): string | undefined {
	if (type !== 'fixedCollection') return KINDS[type];
	return typeOptions?.multipleValues ? 'One or more entries.' : KINDS.collection;
}

function entryOf(field: INodeProperties, place: Place): string {
	const { description, hint, type } = field;
	const said = [description, hint].flatMap((text) => (text ? [sentence(text)] : []));
	const choices = choicesOf(field);
	const what = [...said, ...choices];
	const all = [
		...place.inherited,
		...conditionsOf(field, place),
		...(what.length > 0 || type === 'boolean' ? what : [kindOf(field) ?? 'A value.']),
		...defaultOf(field, place.isAdded),
		...examplesOf(field),
	];
	return all.join(' ').replaceAll('<br> ', '<br>').replace(/<br>$/, '');
}

/** The rows of a field: the field itself, and the fields inside it unless they are described elsewhere. */
function rowsOf(field: INodeProperties, place: Place): string[][] {
	if (field.type === 'notice' || field.type === 'hidden') return [];
	const path = [...place.path, field.displayName];
	const row = [path.join(' > '), necessityOf(field, place.necessities, place.isAdded), entryOf(field, place)];
	if (!isGroup(field)) return [row];
	const described = place.shared.get(keyOf(field));
	if (described) return [[...row.slice(0, 2), `${row[2]} Refer to [${described}](${anchorOf(described)}).`]];
	const isSaid = field.description || field.type === 'fixedCollection';
	const inside = {
		...place,
		path,
		siblings: innerFields(field),
		isAdded: field.type === 'collection',
		necessities: field.type === 'collection' ? place.necessities : necessitiesInRows(field),
		// What the group's row says isn't repeated for each of its fields.
		inherited: isSaid ? [] : [...place.inherited, ...conditionsOf(field, place)],
	};
	return [...(isSaid ? [row] : []), ...innerFields(field).flatMap((inner) => rowsOf(inner, inside))];
}

/** The fields of a form shown for one choice of the selector or, without one, those that don't depend on it. */
function fieldsFor(
	fields: INodeProperties[],
	selector: INodeProperties | undefined,
	choice?: unknown,
): INodeProperties[] {
	const belongs = (field: INodeProperties) => {
		const choices = choicesFor(selector, field);
		return choice === undefined ? choices === undefined : choices?.includes(choice);
	};
	return fields.flatMap((field) => {
		const inner =
			field.type === 'collection' &&
			choicesFor(selector, field) === undefined &&
			fieldsFor(innerFields(field), selector, choice);
		if (!inner) return belongs(field) ? [field] : [];
		return inner.length > 0 ? [{ ...field, options: inner }] : [];
	});
}

/** Every group of fields in the tables of a form, including repeated ones. */
function groupsIn(fields: INodeProperties[]): INodeProperties[] {
	return fields.filter(isGroup).flatMap((field) => [field, ...groupsIn(innerFields(field))]);
}

/** The headings for groups that occur several times, each with its first occurrence. */
function sharedGroups(tables: INodeProperties[][]): Array<[field: INodeProperties, heading: string]> {
	const byKey = new Map<string, INodeProperties[]>();
	for (const field of tables.flatMap(groupsIn)) {
		byKey.set(keyOf(field), [...(byKey.get(keyOf(field)) ?? []), field]);
	}
	return [...byKey.values()]
		.filter((group) => group.length > 1)
		.map((group) => {
			const names = new Set(group.map(({ displayName }) => displayName));
			return [group[0], `Fields of ${[...names].join(' and ')}`];
		});
}

/** The notices of a form. */
const noticesOf = (fields: INodeProperties[]) =>
	fields.filter(({ type }) => type === 'notice').map(({ displayName }) => `> ${displayName}`);

/**
 * The form of an operation as Markdown: one table or, if a selector decides about the form, one for common fields and one
 * for each choice. A group of fields that occurs several times is described once.
 *
 * @param selector the selector, if the form doesn't show which one it is
 * @param needs of an operation
 */
export function describeForm(
	fields: INodeProperties[],
	selector: INodeProperties | undefined = selectorOf(fields),
	needs: AnyOperation['needs'] = {},
): string {
	const choices = selector ? choicesIn(selector) : [];
	const parts = [undefined, ...choices.map(({ value }) => value)].map((choice) =>
		fieldsFor(fields, selector, choice),
	);
	const shared = sharedGroups(parts);
	const place: Place = {
		path: [],
		inherited: [],
		siblings: fields,
		root: fields,
		shared: new Map(shared.map(([field, heading]) => [keyOf(field), heading])),
	};
	const tableOf = (part: INodeProperties[], where = place) =>
		table(
			HEAD,
			part.flatMap((field) => rowsOf(field, where)),
		);
	const [common, ...special] = parts;
	return [
		...(common.length > 0 ? [tableOf(common)] : [NO_FIELDS]),
		...noticesOf(fields),
		...choices.flatMap(({ name, description, value }, index) => [
			`### ${selector!.displayName}: ${name}`,
			...(description ? [sentence(description)] : []),
			special[index].length === 0
				? NO_FIELDS
				: tableOf(special[index], {
						...place,
						saidAbout: selector!.name,
						necessities: necessitiesOf(special[index], needs[String(value)]),
					}),
		]),
		...shared.flatMap(([field, heading]) => [
			`### ${heading}`,
			tableOf(innerFields(field), {
				...place,
				siblings: innerFields(field),
				isAdded: field.type === 'collection',
				necessities: necessitiesInRows(field),
			}),
		]),
	].join('\n\n');
}

/** A table of options with their defaults. */
export function describeOptions(fields: INodeProperties[]): string {
	const place: Place = { path: [], inherited: [], siblings: fields, root: fields, shared: new Map() };
	return table(
		['Option', 'What it does'],
		fields.map((field) => [field.displayName, entryOf(field, place)]),
	);
}
