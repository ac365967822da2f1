import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { chosenValue } from './locator';
import { plainReference } from './plainReference';

/** The form of a node in one run, for all its items. */
export interface FormReader {
	/** The value of a field as it was entered or as its expression came out; undefined when it is hidden. */
	get(name: string, itemIndex: number): unknown;
	/** The time zone of the workflow, for dates without one. */
	timezone: string;
}

const isExpression = (value: unknown): value is string => typeof value === 'string' && value.startsWith('=');

function hasExpression(value: unknown): boolean {
	if (isExpression(value)) return true;
	return typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);
}

/** Reading a field takes n8n longer than all the rest of an item, so each is read as seldom as its value may change. */
export function createFormReader(context: IExecuteFunctions): FormReader {
	const { parameters } = context.getNode();
	const items = context.getInputData();
	const dynamic = new Set(Object.keys(parameters).filter((name) => hasExpression(parameters[name])));
	/** Fields without an expression: the same for each item. */
	const constants = new Map<string, unknown>();
	/** Fields of the item that is being read. */
	const current = new Map<string, unknown>();
	let currentItem = -1;

	function evaluate(name: string, itemIndex: number): unknown {
		const raw = chosenValue(parameters[name]);
		const plain = isExpression(raw) ? plainReference(raw, items[itemIndex].json as IDataObject) : undefined;
		return plain ?? chosenValue(context.getNodeParameter(name, itemIndex, null)) ?? undefined;
	}

	return {
		timezone: context.getTimezone(),
		get(name, itemIndex) {
			if (itemIndex !== currentItem) current.clear();
			currentItem = itemIndex;
			const cache = dynamic.has(name) ? current : constants;
			if (!cache.has(name)) cache.set(name, evaluate(name, itemIndex));
			return cache.get(name);
		},
	};
}
