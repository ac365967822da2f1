import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { chosenValue } from './locator';
import type { Sources } from './plainExpression';
import { LEFT, plainExpression } from './plainExpression';

/** Reads the form of a node for all items of one run. */
export interface FormReader {
	/** The value of a field, with expressions evaluated; undefined if the field is hidden. */
	get(name: string, itemIndex: number): unknown;
	/** The workflow's time zone, for dates without one. */
	timezone: string;
}

const isExpression = (value: unknown): value is string => typeof value === 'string' && value.startsWith('=');

function hasExpression(value: unknown): boolean {
	if (isExpression(value)) return true;
	return typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);
}

/** The value of a field or a group of fields; LEFT if n8n has to evaluate an expression in it. */
function plainValue(raw: unknown, sources: Sources): unknown {
	if (isExpression(raw)) return plainExpression(raw, sources);
	if (typeof raw !== 'object' || raw === null) return raw;
	const entries = Object.entries(raw).map(([key, value]) => [key, plainValue(value, sources)] as const);
	if (entries.some(([, value]) => value === LEFT)) return LEFT;
	return Array.isArray(raw) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/**
 * Resolves the references in an item's fields. n8n itself finds the paired item of another node, once per item and node.
 */
function createSources(context: IExecuteFunctions): (itemIndex: number) => Sources {
	const items = context.getInputData();
	let proxy: ReturnType<IExecuteFunctions['getWorkflowDataProxy']> | undefined;
	let readsInput: boolean | undefined;
	return (itemIndex) => {
		const data = () => (proxy ??= context.getWorkflowDataProxy(itemIndex));
		const paired = new Map<string, unknown>();
		return {
			get json() {
				// False in a tool of an AI agent: its input is what the agent said, and `$json` is another node's item.
				readsInput ??= data().$json === items[itemIndex].json;
				return readsInput ? items[itemIndex].json : LEFT;
			},
			jsonOf(nodeName) {
				if (!paired.has(nodeName)) {
					const { json } = data().$(nodeName).itemMatching(itemIndex) as { json: IDataObject };
					paired.set(nodeName, json);
				}
				return paired.get(nodeName);
			},
		};
	};
}

/**
 * Reading a field through n8n takes longer than everything else about an item, so a field is only read again where its
 * value may change.
 */
export function createFormReader(context: IExecuteFunctions): FormReader {
	const { parameters } = context.getNode();
	const sourcesOf = createSources(context);
	const dynamic = new Set(Object.keys(parameters).filter((name) => hasExpression(parameters[name])));
	/** Fields without an expression are the same for every item. */
	const constants = new Map<string, unknown>();
	/** Fields of the current item. */
	const current = new Map<string, unknown>();
	let currentItem = -1;
	let sources: Sources;

	/** Evaluates without n8n if possible. If that throws, n8n evaluates the expression and reports what is wrong with it. */
	function plainField(name: string): unknown {
		try {
			return plainValue(chosenValue(parameters[name]), sources);
		} catch {
			return LEFT;
		}
	}

	function evaluate(name: string, itemIndex: number): unknown {
		const plain = plainField(name);
		// The contract's schema validates the value later.
		const read = () => context.getNodeParameter(name, itemIndex, null, { skipValidation: true });
		return (plain === LEFT ? chosenValue(read()) : plain) ?? undefined;
	}

	return {
		timezone: context.getTimezone(),
		get(name, itemIndex) {
			if (itemIndex !== currentItem) {
				current.clear();
				sources = sourcesOf(itemIndex);
			}
			currentItem = itemIndex;
			const cache = dynamic.has(name) ? current : constants;
			if (!cache.has(name)) cache.set(name, evaluate(name, itemIndex));
			return cache.get(name);
		},
	};
}
