import type { IDataObject } from 'n8n-workflow';

/** Creates a function that keeps only these fields of a record. */
export function keepFields(...names: string[]): (record: IDataObject) => IDataObject {
	return (record) =>
		Object.fromEntries(names.filter((name) => name in record).map((name) => [name, record[name]]));
}
