import type { Form } from '../../operations/form/form';
import { rulesFor, wrongCount } from '../../transport/contract';
import type { JsonObject } from '../../transport/json';
import { isAbsent, isObject } from '../../transport/json';
import { channelTypeFindings } from './channelTypes';
import { inFormWords } from './formWords';
import { FROM_INPUT_ITEMS, specifyInteractions, USING_JSON } from './interactionFields';
import type { ModelSchema } from './model';
import { resolveModel } from './model';
import { readInteractionRows } from './readInteractions';
import { isTemplate, nameFindings } from './references';

const KINDS: Record<string, [article: string, test: (value: unknown) => boolean]> = {
	string: ['a text', (value) => typeof value === 'string'],
	// A text may refer to a number in an attribute.
	integer: ['a number', (value) => typeof value === 'number' || typeof value === 'string'],
	number: ['a number', (value) => typeof value === 'number' || typeof value === 'string'],
	boolean: ['true or false', (value) => typeof value === 'boolean' || typeof value === 'string'],
	array: ['a list', Array.isArray],
	object: ['an object', isObject],
	null: ['null', (value) => value === null],
};

function typeFindings({ type }: ModelSchema, value: unknown, path: string): string[] {
	const kinds = [type ?? []].flat().map((name) => KINDS[name]);
	if (kinds.length === 0 || kinds.some(([, test]) => test(value))) return [];
	return [`${path} must be ${kinds.map(([article]) => article).join(' or ')}`];
}

function valueFindings({ enum: choices, pattern }: ModelSchema, value: unknown, path: string): string[] {
	// A tag such as `{color}` is replaced before the text is used.
	if (value === null || (typeof value === 'string' && isTemplate(value))) return [];
	if (choices && !choices.includes(value as string)) return [`${path} must be one of ${choices.join(', ')}`];
	const fits = pattern === undefined || new RegExp(pattern).test(value as string);
	return fits ? [] : [`${path} is not what the object model allows there: ${value as string}`];
}

/** How well an alternative suits a value: by its type, then by how many of the value's properties it knows. */
function fitOf(unresolved: ModelSchema, value: unknown): number {
	const schema = resolveModel(unresolved);
	if (typeFindings(schema, value, '').length > 0) return -1;
	return isObject(value)
		? Object.keys(schema.properties ?? {}).filter((name) => !isAbsent(value[name])).length
		: 0;
}

/** The findings of the alternative that fits best. */
function alternativeFindings({ oneOf, anyOf }: ModelSchema, value: unknown, path: string): string[] {
	const alternatives = (oneOf ?? anyOf ?? []).map((schema) => ({
		fit: fitOf(schema, value),
		findings: findingsOf(schema, value, path),
	}));
	const [best] = alternatives.sort((a, b) => b.fit - a.fit || a.findings.length - b.findings.length);
	return best?.findings ?? [];
}

function listFindings(schema: ModelSchema, value: unknown[], path: string): string[] {
	const rule = wrongCount(schema, value.length);
	const inside = value.flatMap((entry, index) => {
		const part = schema.prefixItems?.[index] ?? schema.items;
		return part ? findingsOf(part, entry, `${path}[${index}]`) : [];
	});
	return [...(rule ? [`${path} ${rule}`] : []), ...inside];
}

function objectFindings(schema: ModelSchema, value: JsonObject, path: string): string[] {
	const required = [schema, ...rulesFor(schema, value)].flatMap((part) => part.required ?? []);
	const missing = required.filter((name) => isAbsent(value[name]));
	const clashes = (schema.exclusive ?? [])
		.map((names) => names.filter((name) => !isAbsent(value[name])))
		.filter((names) => names.length > 1);
	const known = Object.entries(schema.properties ?? {}).filter(([name]) => !isAbsent(value[name]));
	return [
		...missing.map((name) => `${path}.${name} is required`),
		...clashes.map((names) => `${path} can have only one of ${names.join(', ')}`),
		...known.flatMap(([name, part]) => findingsOf(part, value[name], `${path}.${name}`)),
	];
}

function findingsOf(unresolved: ModelSchema, value: unknown, path: string): string[] {
	const schema = resolveModel(unresolved);
	const wrongType = typeFindings(schema, value, path);
	if (wrongType.length > 0) return wrongType;
	return [
		...valueFindings(schema, value, path),
		...alternativeFindings(schema, value, path),
		...(Array.isArray(value) ? listFindings(schema, value, path) : []),
		...(isObject(value) ? objectFindings(schema, value, path) : []),
	];
}

/**
 * Finds what contradicts the documented object model in a bot's interactions: missing properties, actions that exclude
 * each other, and invalid values. Unknown properties pass, because nativeMsg's own examples use some.
 *
 * @returns a sentence with its path for each finding, such as `interactions[0].actions[2].waitFor.content is required`
 */
export function findingsIn(interactions: unknown[]): string[] {
	return interactions.flatMap((interaction, index) =>
		findingsOf({ $ref: 'Interaction' }, interaction, `interactions[${index}]`),
	);
}

const MAX_SHOWN = 5;

/** Joins the first findings into one sentence. */
export function sentenceOf(findings: string[]): string {
	const more = findings.length > MAX_SHOWN ? `; and ${findings.length - MAX_SHOWN} more` : '';
	return findings.slice(0, MAX_SHOWN).join('; ') + more;
}

/**
 * The entered interactions: those of the rows, or the JSON list, or the list in a whole bot, as Get returns it and the
 * reference shows it.
 *
 * @throws NotSentError with all problems in the rows, or if the JSON is another object
 */
export function enteredInteractions(form: Form): unknown {
	if (form.get(specifyInteractions.name) !== USING_JSON) {
		const { interactions, faults } = readInteractionRows(form);
		if (faults.length > 0) form.refuse(sentenceOf(faults));
		return interactions;
	}
	const entered = form.readJson('interactions');
	const [only, ...others] = [entered].flat();
	if (others.length === 0 && isObject(only) && Array.isArray(only.interactions)) return only.interactions;
	if (isObject(entered)) {
		form.refuse(
			'Interactions (JSON) must be a list of interactions, or a bot with such a list, but another object was given',
		);
	}
	return entered;
}

/**
 * Checks interactions against the object model, messages for a channel type against its limits, and the names, if these
 * are all interactions of the bot.
 *
 * @throws NotSentError with all problems in the interactions, by their labels in the form or their paths in the JSON
 */
export function checkInteractions(form: Form, interactions: unknown[]): void {
	const given = form.get(specifyInteractions.name);
	const names = given === FROM_INPUT_ITEMS ? [] : nameFindings(interactions);
	const wrong = findingsIn(interactions);
	// The channel check relies on the object model.
	const findings = [...(wrong.length > 0 ? wrong : channelTypeFindings(interactions)), ...names];
	if (findings.length === 0) return;
	const isJson = given === USING_JSON;
	form.refuse(
		isJson
			? `Interactions (JSON): ${sentenceOf(findings)}`
			: sentenceOf(findings.map((finding) => inFormWords(finding))),
	);
}
