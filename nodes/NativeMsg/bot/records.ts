import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { intentsOf, titleOf } from './map';
import { referencesIn, unreachable } from './references';

/**
 * A bot revision with `data` as a list of interactions. The reference's table calls it an array, but its examples return
 * it as JSON text; both become an array. Text that isn't JSON is returned as it is.
 */
export function revisionRecord(revision: object): IDataObject {
	const record = { ...revision } as IDataObject;
	if (typeof record.data !== 'string') return record;
	return { ...record, data: jsonParse<IDataObject[] | string>(record.data, { fallbackValue: record.data }) };
}

/** A bot in a list, with only the number of its interactions, which may be long. */
export function simpleBot({ interactions, ...bot }: IDataObject): IDataObject {
	return { ...bot, interactionCount: Array.isArray(interactions) ? interactions.length : 0 };
}

/** What an action does: its properties, such as `waitFor`, and for a message its text. */
function actionInWords(action: unknown): string {
	const { send, ...others } = (action ?? {}) as IDataObject;
	const sent = (send ?? {}) as { message?: { text?: string } };
	const text = sent.message?.text;
	return Object.keys({ ...sent, ...others })
		.filter((property) => !['name', 'conditions'].includes(property))
		.map((property) => (property === 'message' && text ? `message: ${text}` : property))
		.join(', ');
}

/**
 * A bot as a table: one row per interaction, with what starts it, what it does, and where it leads. An empty bot is one
 * row without an interaction, so the workflow still gets an item.
 */
export function interactionTable({ id, name, interactions, currentRevision }: IDataObject): IDataObject[] {
	const all = Array.isArray(interactions) ? (interactions as unknown[]) : [];
	const bot = { botId: id, botName: name, currentRevision };
	if (all.length === 0) return [bot];
	const unreached = new Set(unreachable(all));
	const references = referencesIn(all);
	return all.map((one, index) => ({
		...bot,
		interaction: titleOf(one, index),
		intents: intentsOf(one),
		actions: [((one ?? {}) as IDataObject).actions ?? []].flat().map(actionInWords),
		leadsTo: [...new Set(references.filter(({ from }) => from === index).map((reference) => reference.name))],
		reachable: !unreached.has(index),
	}));
}
