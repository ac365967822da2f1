// What the nodes need to know of the contract in order to read a form and send a call, without its prose.

const METHODS = ['get', 'post', 'put', 'delete'];
const KEPT = new Set([
	'$ref',
	'type',
	'const',
	'enum',
	'format',
	'minLength',
	'maxLength',
	'minimum',
	'maximum',
	'minItems',
	'maxItems',
	'pattern',
	'minProperties',
	'items',
	'properties',
	'required',
	'additionalProperties',
	'allOf',
	'anyOf',
	'oneOf',
	'if',
	'then',
]);
// A bot's interactions are JSON in the form, and have a check of their own: see `objectModel`.
const OPAQUE = new Set(['Interaction']);
/** Sets of properties of which an object may have one at most; OpenAPI has no short word for it. */
const EXCLUSIVE = 'x-mutually-exclusive';
const ANNOTATIONS = /^(description|default|example|examples|deprecated|readOnly|writeOnly|title|x-.*)$/;

/** What is checked in a bot's interactions besides. */
const KEPT_IN_MODELS = new Set([...KEPT, 'prefixItems']);

/** Reduces a schema to the keywords that the nodes check; fails on one that they would silently ignore. */
function reduced(schema, place, kept = KEPT) {
	return Object.fromEntries(
		Object.entries(schema)
			.filter(([keyword]) => keyword === EXCLUSIVE || !ANNOTATIONS.test(keyword))
			.map(([keyword, value]) => {
				if (keyword === EXCLUSIVE) return ['exclusive', value];
				if (!kept.has(keyword)) throw new Error(`${place}: the nodes do not check the keyword "${keyword}"`);
				return [keyword, reducedValue(keyword, value, place, kept)];
			}),
	);
}

function reducedValue(keyword, value, place, kept) {
	if (keyword === '$ref') return value.split('/').at(-1);
	if (keyword === 'properties') {
		return Object.fromEntries(
			Object.entries(value).map(([name, part]) => [name, reduced(part, `${place}.${name}`, kept)]),
		);
	}
	if (['allOf', 'anyOf', 'oneOf', 'prefixItems'].includes(keyword)) {
		return value.map((part) => reduced(part, place, kept));
	}
	if (['items', 'if', 'then'].includes(keyword)) return reduced(value, place, kept);
	return value;
}

function referencesOf(value) {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, part]) => (key === '$ref' ? [part] : referencesOf(part)));
}

/** The contract of every call by endpoint, and the named schemas that their requests reach. */
export function callContracts(spec) {
	const resolve = (part) => {
		if (!part?.$ref) return part;
		return part.$ref
			.split('/')
			.slice(1)
			.reduce((node, key) => node[key], spec);
	};
	const calls = {};
	for (const [path, item] of Object.entries(spec.paths)) {
		for (const method of METHODS.filter((name) => item[name])) {
			calls[`${method.toUpperCase()} ${path}`] = callContract(method, item, resolve);
		}
	}
	return { calls, schemas: namedSchemas(spec, referencesOf(calls), KEPT, OPAQUE) };
}

/** The named schemas that a named one reaches, itself included. */
export function objectModel(spec, root) {
	return namedSchemas(spec, [root], KEPT_IN_MODELS);
}

function namedSchemas(spec, roots, kept, opaque = new Set()) {
	const schemas = {};
	for (let names = roots; names.length > 0; names = names.flatMap((name) => referencesOf(schemas[name]))) {
		names = [...new Set(names)].filter((name) => !(name in schemas));
		for (const name of names) {
			schemas[name] = opaque.has(name)
				? { type: 'object' }
				: reduced(spec.components.schemas[name], name, kept);
		}
	}
	return Object.fromEntries(Object.entries(schemas).sort());
}

function callContract(method, item, resolve) {
	const operation = item[method];
	const name = operation.operationId;
	const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(resolve);
	const parametersIn = (where) => {
		const own = parameters.filter((parameter) => parameter.in === where);
		const schemaOf = (parameter) => parameter.schema ?? parameter.content['application/json'].schema;
		return {
			properties: Object.fromEntries(
				own.map((parameter) => [parameter.name, reduced(schemaOf(parameter), name)]),
			),
			required: own.filter((parameter) => parameter.required).map((parameter) => parameter.name),
		};
	};
	const body = resolve(operation.requestBody)?.content['application/json'].schema;
	const answer = resolve(operation.responses['200']).content['application/json'].schema;
	return {
		path: parametersIn('path'),
		query: parametersIn('query'),
		...(body && { body: reduced(body, name) }),
		idempotent: method !== 'post' || operation['x-idempotent'] === true,
		...answerContract(resolve(answer)),
	};
}

/** What is made sure of in a successful response, e.g. `{ answer: 'object', returns: ['requestId'] }`. */
function answerContract({ type, required = [], additionalProperties }) {
	if (type === 'array') return { answer: 'array' };
	return { answer: 'object', ...(additionalProperties !== true && { returns: required }) };
}
