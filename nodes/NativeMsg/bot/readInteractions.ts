import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { Form } from '../../operations/form/form';
import { isBlank } from '../../operations/form/values';
import type { Schema } from '../../transport/contract';
import { callContract, resolveSchema } from '../../transport/contract';
import { NotSentError } from '../../transport/errors';
import type { JsonObject } from '../../transport/json';
import { isObject } from '../../transport/json';
import { mediaTypeOf } from '../message/fields';
import { actionRows } from './actionFields';
import { interactionRows } from './interactionFields';
import { modelSchema } from './model';

const fieldsOf = ({ options }: INodeProperties) => (options as INodePropertyCollection[])[0].values;
const ACTION_FIELDS = fieldsOf(actionRows);
const INTERACTION_FIELDS = fieldsOf(interactionRows);

const TEXTS: Schema = { type: 'array', items: { type: 'string' } };
const pick = ({ properties = {} }: Schema, names: string[]): Record<string, Schema> =>
	Object.fromEntries(names.map((name) => [name, properties[name]]));

const interaction = modelSchema('Interaction');
const action = modelSchema('Action');
const wait = modelSchema('Wait');
const message = resolveSchema(callContract('POST /messages').body!);

/** The properties of an interaction that have their own field. */
const INTERACTION: Schema = {
	properties: {
		...pick(interaction, ['name', 'include', 'context', 'keywords', 'validation']),
		intents: TEXTS,
	},
};

/** The properties that every action can have. */
const SETTINGS: Schema = {
	properties: {
		...pick(action, ['name', 'validation']),
		conditions: {
			type: 'array',
			items: {
				properties: {
					attribute: { type: 'string' },
					operator: { type: 'string' },
					value: {},
					channelTypes: TEXTS,
				},
				type: 'object',
			},
		},
	},
};

const only = (schema: Schema, ...names: string[]): Schema => ({
	properties: pick(schema, names),
	required: names,
});

/** Reads a row of the form by a schema. In messages, a label such as `Text` follows the place of the row. */
type Read = <T = JsonObject>(schema: Schema) => T;

const MESSAGE: Schema = { properties: pick(message, ['text', 'media', 'buttons', 'quickReplies']) };
const WAIT: Schema = {
	...wait,
	properties: { ...wait.properties, data: { type: ['string', 'array'], items: modelSchema('WaitData') } },
};
const DIALOG: Schema = {
	properties: { breakOut: TEXTS, cancel: TEXTS, startOver: TEXTS },
};
const [ATTRIBUTES, EMAIL, REQUEST, NOTE] = (
	['AssignAttributes', 'Email', 'HttpRequest', 'Note'] as const
).map(modelSchema);
const PAUSE = modelSchema('Pause');
const [TAGS, EXECUTE, GOTO] = ['assignTags', 'execute', 'goto'].map((name) => only(action, name));

/** A single name instead of a list of one, if the object model takes both. */
const oneOrMany = (names: unknown) =>
	Array.isArray(names) && names.length === 1 ? (names[0] as string) : names;

/** An object without the properties for which `says` is true. */
function without(object: JsonObject, says: (value: unknown, name: string) => boolean): JsonObject {
	return Object.fromEntries(Object.entries(object).filter(([name, value]) => !says(value, name)));
}

const withOneOrMany = (object: JsonObject, name: string): JsonObject =>
	name in object ? { ...object, [name]: oneOrMany(object[name]) } : object;

function readMessage(read: Read): JsonObject {
	const content = read(MESSAGE);
	if (['text', 'media', 'quickReplies', 'buttons'].every((name) => isBlank(content[name]))) {
		throw new NotSentError('Text or Media URL is required, but nothing was given');
	}
	const mediaType = typeof content.media === 'string' ? mediaTypeOf(content.media) : undefined;
	return { ...content, ...(mediaType && { mediaType }) };
}

function readDialog(read: Read): JsonObject {
	return Object.fromEntries(
		Object.entries(read(DIALOG)).map(([name, names]) => [name, { execute: oneOrMany(names) }]),
	);
}

function readAttributes(read: Read): JsonObject {
	const { attributes } = read<{ attributes: JsonObject[] }>(ATTRIBUTES);
	// False is the default, so it is omitted.
	return { attributes: attributes.map((one) => without(one, (value) => value === false)) };
}

/** Builds the content of the API's Action object for each type of action. */
const READERS: Partial<Record<string, (read: Read) => JsonObject>> = {
	assignAttributes: (read) => ({ assignAttributes: readAttributes(read) }),
	assignTags: (read) => withOneOrMany(read(TAGS), 'assignTags'),
	execute: (read) => withOneOrMany(read(EXECUTE), 'execute'),
	finishDialog: () => ({ finishDialog: true }),
	goto: (read) => withOneOrMany(read(GOTO), 'goto'),
	httpRequest: (read) => ({ send: { request: read(REQUEST) } }),
	pause: (read) => ({ pause: without(read(PAUSE), (value) => value === 0) }),
	sendEmail: (read) => ({ send: { email: read(EMAIL) } }),
	sendMessage: (read) => ({ send: { message: readMessage(read) } }),
	sendNote: (read) => ({ send: { note: read(NOTE) } }),
	startDialog: (read) => ({ startDialog: readDialog(read) }),
	subscribe: () => ({ subscribe: true }),
	unsubscribe: () => ({ subscribe: false }),
	waitForReply: (read) => ({ waitFor: withOneOrMany(read(WAIT), 'data') }),
};

/** The type of an action; `json` has no reader. */
const TYPE: Schema = {
	properties: { type: { type: 'string', enum: [...Object.keys(READERS), 'json'] } },
	required: ['type'],
};

/** Merges an object into another one. Nested objects are merged too, any other value is replaced. */
function merged(base: JsonObject, more: JsonObject): JsonObject {
	const entries = Object.entries(more).map(([name, value]) => {
		const before = base[name];
		return [name, isObject(before) && isObject(value) ? merged(before, value) : value];
	});
	return { ...base, ...(Object.fromEntries(entries) as JsonObject) };
}

interface Condition {
	attribute?: string;
	operator: string;
	value?: unknown;
	channelTypes?: string[];
}

function conditionOf({ attribute, operator, value = '', channelTypes = [] }: Condition): JsonObject {
	const presence = /^is (present|absent)$/.exec(operator)?.[1];
	const comparison = presence ? [attribute, 'is', presence] : [attribute, operator, value];
	return {
		...(channelTypes.length > 0 && { channelTypes }),
		...(attribute !== undefined && { comparisons: [comparison] }),
	};
}

/** Reads the interactions entered in rows, and names each problem by its place in the form. */
class RowReader {
	readonly faults: string[] = [];

	constructor(private readonly form: Form) {}

	/** Runs one step of the reading and collects its error, so the other steps can report theirs. */
	private tried<T>(place: string, step: () => T): T | undefined {
		try {
			return step();
		} catch (error) {
			const { message } = error as Error;
			this.faults.push(message.startsWith(place) ? message : `${place}, ${message}`);
			return undefined;
		}
	}

	private json(row: JsonObject, name: string, label: string): JsonObject {
		const { [name]: value } = this.form.readRow<JsonObject>(
			{ properties: { [name]: { type: 'object' } } },
			[{ displayName: label, name, type: 'json', default: '' }],
			row,
			'',
		);
		return (value ?? {}) as JsonObject;
	}

	private action(row: JsonObject, place: string): JsonObject {
		const read: Read = (schema) => this.form.readRow(schema, ACTION_FIELDS, row, place);
		const { type } = read<{ type: string }>(TYPE);
		const reader = READERS[type];
		const content = reader ? reader(read) : this.json(row, 'json', 'Action (JSON)');
		if (Object.keys(content).length === 0) {
			throw new NotSentError(`${place}, Action (JSON) is required, but nothing was given`);
		}
		const { conditions, ...settings } = read<{ conditions?: Condition[]; validation?: JsonObject }>(SETTINGS);
		return merged(
			{
				...withValidation(settings),
				...(conditions && { conditions: conditions.map(conditionOf) }),
				...content,
			},
			this.json((row.settings ?? {}) as JsonObject, 'moreProperties', 'More Properties (JSON)'),
		);
	}

	interaction(row: JsonObject, place: string): JsonObject {
		const actions = rowsIn(row.actions, 'action').map((one, index) => {
			const where = `${place}, Action ${index + 1}`;
			return this.tried(where, () => this.action(one, where)) ?? {};
		});
		const own = this.tried(place, () => {
			const read = this.form.readRow<JsonObject>(INTERACTION, INTERACTION_FIELDS, row, place);
			const additional = (row.additionalFields ?? {}) as JsonObject;
			return merged(
				{ ...withOneOrMany(withValidation(read), 'include'), ...(actions.length > 0 && { actions }) },
				this.json(additional, 'moreProperties', 'More Properties (JSON)'),
			);
		});
		return own ?? {};
	}
}

function withValidation(object: JsonObject): JsonObject {
	const { validation } = object;
	if (!isObject(validation)) return object;
	return { ...object, validation: withOneOrMany(validation, 'executeOnError') };
}

const rowsIn = (collection: unknown, group: string): JsonObject[] =>
	[((collection ?? {}) as Record<string, unknown>)[group] ?? []].flat() as JsonObject[];

/**
 * Reads the interactions entered in fields, in the API's shape.
 *
 * @returns the interactions, and a sentence for each invalid value
 */
export function readInteractionRows(form: Form): { interactions: JsonObject[]; faults: string[] } {
	const reader = new RowReader(form);
	const interactions = rowsIn(form.get(interactionRows.name), 'interaction').map((row, index) =>
		reader.interaction(row, `Interaction ${index + 1}`),
	);
	return { interactions, faults: reader.faults };
}
