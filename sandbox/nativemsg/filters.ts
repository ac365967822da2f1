/** A condition of the `filters` query parameter of GET /humans. */
export interface Condition {
	attributeName: string;
	operator: keyof typeof comparisons;
	value?: string;
}

export interface Filter {
	type: 'ATTRIBUTE';
	/** Combined with OR. */
	value: Condition[];
}

/** Each gets the attribute's value as text, or undefined if the human lacks the attribute. */
const comparisons = {
	present: (actual?: string) => actual !== undefined,
	absent: (actual?: string) => actual === undefined,
	equal: (actual?: string, value = '') => actual !== undefined && areEqual(actual, value),
	notEqual: (actual?: string, value = '') => actual !== undefined && !areEqual(actual, value),
	greater: numeric((actual, value) => actual > value),
	greaterOrEqual: numeric((actual, value) => actual >= value),
	less: numeric((actual, value) => actual < value),
	lessOrEqual: numeric((actual, value) => actual <= value),
};

/** Whether a human's attributes satisfy all filters; one true condition satisfies a filter. */
export function satisfies(attributes: Record<string, unknown>, filters: Filter[]): boolean {
	return filters.every(({ value: conditions }) =>
		conditions.some(({ attributeName, operator, value }) => {
			const actual = attributes[attributeName];
			return comparisons[operator](
				actual === undefined || actual === null ? undefined : String(actual),
				value,
			);
		}),
	);
}

function areEqual(actual: string, value: string): boolean {
	return actual === value || (isNumeric(actual) && isNumeric(value) && Number(actual) === Number(value));
}

/** A comparison of numbers; text on either side makes it false. */
function numeric(compare: (actual: number, value: number) => boolean) {
	return (actual = '', value = '') =>
		isNumeric(actual) && isNumeric(value) && compare(Number(actual), Number(value));
}

function isNumeric(text: string): boolean {
	return text.trim() !== '' && Number.isFinite(Number(text));
}
