import type { Context } from 'openapi-backend';

/** A contract violation as the validator reports it. */
export type Violation = NonNullable<Context['validation']['errors']>[number];

/** The string formats the contracts use. */
export const stringFormats: Record<string, (value: string) => boolean> = {
	/** A URL, or an attribute in braces that contains one or its beginning. */
	link: (value) => /^(https?:\/\/[^\s/]|\{[^{}\s]+\})\S*$/i.test(value),
	phone: (value) => /^\+?[0-9]{7,15}$/.test(value),
	email: (value) => /^[^@\s]+@[^@\s]+$/.test(value),
	uri: (value) => /^[a-z][a-z0-9+.-]*:/i.test(value) && URL.canParse(value),
	'date-time': (value) =>
		/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(value) &&
		!Number.isNaN(Date.parse(value)),
};

const MAX_DESCRIBED = 5;
const WRONG_FIELD = ['required', 'additionalProperties'];

/** One sentence per violation, each naming the place; values are never repeated. */
export function describeViolations(violations: Violation[]): string {
	const sentences = [...new Set(ofClosestShape(violations).filter(isTelling).map(describe))];
	const rest = sentences.length - MAX_DESCRIBED;
	if (rest > 0) sentences.splice(MAX_DESCRIBED, rest, `And ${rest} more.`);
	return sentences.join(' ');
}

/**
 * If a body can have one of several shapes and matches none, the violations of the closest shape by field names.
 * Otherwise all violations.
 */
export function ofClosestShape(violations: Violation[]): Violation[] {
	const shapeOf = ({ schemaPath }: Violation) => /\/oneOf\/(\d+)\//.exec(schemaPath)?.[1];
	const wrongFields = (shape?: string) =>
		violations.filter((violation) => shapeOf(violation) === shape && WRONG_FIELD.includes(violation.keyword))
			.length;
	const shapes = [...new Set(violations.map(shapeOf))].filter((shape) => shape !== undefined);
	const [closest] = shapes.sort((a, b) => wrongFields(a) - wrongFields(b));
	return violations.filter(
		(violation) => violation.keyword !== 'oneOf' && [undefined, closest].includes(shapeOf(violation)),
	);
}

/** Filters out what only repeats others: a failed condition, and a second check of the body's JSON. */
function isTelling({ keyword }: Violation): boolean {
	return keyword !== 'if' && keyword !== 'parse';
}

function describe({ instancePath, keyword, params, message }: Violation): string {
	if (keyword === 'required') return `${placeOf(instancePath, params.missingProperty)} is required.`;
	if (keyword === 'additionalProperties') {
		return `${placeOf(instancePath, params.additionalProperty)} is not a known field.`;
	}
	const allowed = keyword === 'enum' ? `: ${params.allowedValues.join(', ')}` : '';
	return `${placeOf(instancePath)} ${message}${allowed}.`;
}

const partNames: Record<string, string> = {
	path: 'the path',
	query: 'the query',
	header: 'the headers',
	requestBody: 'the request body',
};

/** `/requestBody/targets/0`, `ids` -> `"targets[0].ids" in the request body` */
function placeOf(instancePath: string, child?: string): string {
	const steps = instancePath
		.split('/')
		.slice(1)
		.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
	if (child !== undefined) steps.push(child);
	const [part, ...rest] = steps;
	const partName = partNames[part] ?? 'the request';
	if (rest.length === 0) return partName.replace('the', 'The');
	const field = rest.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('');
	return `"${field.replace(/^\./, '')}" in ${partName}`;
}
