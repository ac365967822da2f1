import type { IDataObject } from 'n8n-workflow';

/** Makes a function that keeps these fields of a record, as far as it has them. */
export function keepFields(...names: string[]): (record: IDataObject) => IDataObject {
	return (record) =>
		Object.fromEntries(names.filter((name) => name in record).map((name) => [name, record[name]]));
}
