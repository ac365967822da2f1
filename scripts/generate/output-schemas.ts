// What n8n shows as a node's output before the first run: a JSON schema for each operation, in the folder that n8n looks in.

import { createPlan } from '../../nodes/operations/run/plan';
import { previewPlan } from '../../nodes/operations/run/preview';

const MAX_DEPTH = 6;
/** What a bot is made of differs from bot to bot, and what a channel is set up with from channel to channel. */
const OPEN = /\/(Interaction|OttWhatsAppConfig)$/;
/** What combining adds to the output of each item; see docs/broadcasts.md. */
const COUNTS = { itemsInRequest: 1, recipients: 1, duplicateRecipients: 0 };

/**
 * The schemas of all operations of a node.
 *
 * @param {object} spec the parsed contract
 * @param {import('../../nodes/operations/defineOperation').Catalogue} catalogue
 * @returns {Array<[path: string, schema: object]>} path below `__schema__`
 */
export function outputSchemas(spec, catalogue) {
	return Object.entries(catalogue).flatMap(([resource, operations]) =>
		Object.entries(operations).map(([key, operation]) => [
			`v1.0.0/${resource}/${key}.json`,
			{ ...schemaOf((operation.preview ? previewOf : outputOf)(spec, operation)), version: 1 },
		]),
	);
}

/** What one item of the operation's output looks like, worked out by the operation's own code from a sample answer. */
function outputOf(spec, { endpoint, output, simplify, combine }) {
	const [method, path] = endpoint.split(' ');
	const item = spec.paths[path];
	const call = item[method.toLowerCase()];
	const { schema, example } = resolve(spec, call.responses['200']).content['application/json'];
	const answer = withExample(sampleOf(spec, schema), example);
	const parameters = [...(item.parameters ?? []), ...(call.parameters ?? [])].map((part) =>
		resolve(spec, part),
	);
	const request = {
		path: Object.fromEntries(
			parameters.filter((part) => part.in === 'path').map((part) => [part.name, sampleOf(spec, part.schema)]),
		),
	};
	const [first] = [output?.(answer, request) ?? answer].flat();
	const shown = simplify ? simplify(first) : first;
	return combine?.byDefault ? { ...shown, ...COUNTS } : shown;
}

/** What a preview puts out for the only item of a run. */
function previewOf(spec, operation) {
	const [method, path] = operation.endpoint.split(' ');
	const { schema } = resolve(spec, spec.paths[path][method.toLowerCase()].requestBody).content[
		'application/json'
	];
	const request = { body: sampleOf(spec, schema) };
	const preview = operation.preview(request, { readObject: () => ({}) });
	const plan = createPlan(1);
	plan.add({ itemIndex: 0, operation, request, preview });
	let output;
	previewPlan(plan, { update: (_itemIndex, outcome) => ({ output } = outcome) });
	return output[0];
}

function resolve(spec, part) {
	if (!part.$ref) return part;
	return part.$ref
		.split('/')
		.slice(1)
		.reduce((node, name) => node[name], spec);
}

/** A value with everything that a schema documents. */
function sampleOf(spec, schema, depth = 0) {
	const { type, properties, items, allOf, oneOf, anyOf, enum: choices, const: only } = resolve(spec, schema);
	if (depth > MAX_DEPTH || OPEN.test(schema.$ref ?? '')) return {};
	if (only !== undefined || choices) return only ?? choices[0];
	if ((oneOf ?? anyOf) && !properties) return {};
	if (allOf && !properties) {
		return Object.assign({}, ...allOf.map((part) => sampleOf(spec, part, depth)));
	}
	const kinds = [type ?? 'object'].flat();
	// Where a text may also come as what it stands for, that is what comes out.
	const kind = ['array', 'object', 'string', 'integer', 'number', 'boolean'].find((name) =>
		kinds.includes(name),
	);
	if (kind === 'array') return items ? [sampleOf(spec, items, depth + 1)] : [];
	if (kind !== 'object') return { string: 'text', integer: 1, number: 1, boolean: true }[kind];
	return Object.fromEntries(
		Object.entries(properties ?? {}).map(([name, part]) => [name, sampleOf(spec, part, depth + 1)]),
	);
}

/** The documented example counts more than the sample, for texts that an operation takes apart. */
function withExample(sample, example) {
	if (typeof sample !== 'object' || Array.isArray(sample) || typeof example !== 'object') return sample;
	const texts = Object.entries(example ?? {}).filter(([, value]) => typeof value === 'string');
	return { ...sample, ...Object.fromEntries(texts.filter(([name]) => typeof sample[name] === 'string')) };
}

function schemaOf(value) {
	if (value === null) return { type: 'null' };
	if (Array.isArray(value)) return { type: 'array', ...(value.length > 0 && { items: schemaOf(value[0]) }) };
	if (typeof value !== 'object') return { type: Number.isInteger(value) ? 'integer' : typeof value };
	const properties = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, schemaOf(part)]));
	return { type: 'object', ...(Object.keys(properties).length > 0 && { properties }) };
}
