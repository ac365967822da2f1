import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';

/**
 * A bot revision with `data` as a list of interactions. The vendor's table calls it an array, its examples send it as
 * JSON text; both come out as an array. Text that is not JSON is left as it is.
 */
export function revisionRecord(revision: object): IDataObject {
	const record = { ...revision } as IDataObject;
	if (typeof record.data !== 'string') return record;
	return { ...record, data: jsonParse<IDataObject[] | string>(record.data, { fallbackValue: record.data }) };
}

/** A bot in a list: its interactions, which may be long, only counted. */
export function simpleBot({ interactions, ...bot }: IDataObject): IDataObject {
	return { ...bot, interactionCount: Array.isArray(interactions) ? interactions.length : 0 };
}
