import type { IExecuteFunctions } from 'n8n-workflow';

/** The form of a node in one run, for all its items. */
export interface FormReader {
	/** The value of a field as it was entered or as its expression came out; undefined when it is hidden. */
	get(name: string, itemIndex: number): unknown;
	/** The time zone of the workflow, for dates without one. */
	timezone: string;
}

function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	return typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);
}

/**
 * Reads a field without an expression once for all items: it is the same for each, and n8n takes longer to look it up
 * than the rest of an item takes.
 */
export function createFormReader(context: IExecuteFunctions): FormReader {
	const { parameters } = context.getNode();
	const constants = new Map<string, unknown>();
	const read = (name: string, itemIndex: number) =>
		context.getNodeParameter(name, itemIndex, null) ?? undefined;
	return {
		timezone: context.getTimezone(),
		get(name, itemIndex) {
			if (constants.has(name)) return constants.get(name);
			const value: unknown = read(name, itemIndex);
			if (!hasExpression(parameters[name])) constants.set(name, value);
			return value;
		},
	};
}
