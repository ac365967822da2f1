import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { chosenValue } from './locator';
import type { Sources } from './plainExpression';
import { LEFT, plainExpression } from './plainExpression';

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

/** The value of a field, or of a group of fields; LEFT when n8n has to evaluate an expression in it. */
function plainValue(raw: unknown, sources: Sources): unknown {
	if (isExpression(raw)) return plainExpression(raw, sources);
	if (typeof raw !== 'object' || raw === null) return raw;
	const entries = Object.entries(raw).map(([key, value]) => [key, plainValue(value, sources)] as const);
	if (entries.some(([, value]) => value === LEFT)) return LEFT;
	return Array.isArray(raw) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/**
 * What references in the fields of an item lead to. Which item of another node it comes from is looked up once, by n8n
 * itself.
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
				// Not so in the tool of an AI agent: its input is what the agent said, and `$json` another node's item.
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

/** Reading a field takes n8n longer than all the rest of an item, so each is read as seldom as its value may change. */
export function createFormReader(context: IExecuteFunctions): FormReader {
	const { parameters } = context.getNode();
	const sourcesOf = createSources(context);
	const dynamic = new Set(Object.keys(parameters).filter((name) => hasExpression(parameters[name])));
	/** Fields without an expression: the same for each item. */
	const constants = new Map<string, unknown>();
	/** Fields of the item that is being read. */
	const current = new Map<string, unknown>();
	let currentItem = -1;
	let sources: Sources;

	/** Without n8n where possible; n8n tells best what is wrong with an expression. */
	function plainField(name: string): unknown {
		try {
			return plainValue(chosenValue(parameters[name]), sources);
		} catch {
			return LEFT;
		}
	}

	function evaluate(name: string, itemIndex: number): unknown {
		const plain = plainField(name);
		// What n8n could validate is validated by the contract later.
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
