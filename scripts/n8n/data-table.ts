import type { IDataObject } from 'n8n-workflow';
import type { N8nClient } from './client';

/** A row of a data table, with its ID in n8n. */
export type DataTableRow<Columns = IDataObject> = Columns & { id: number };

export interface DataTable<Columns> {
	/** At most 100. */
	rows(): Promise<Array<DataTableRow<Columns>>>;
	insert(rows: Array<Partial<Columns>>): Promise<void>;
	/** @param changes the columns to change */
	update(id: number, changes: Partial<Columns>): Promise<void>;
}

/**
 * An n8n data table.
 *
 * @throws {Error} if there isn't exactly one of this name
 */
export async function openDataTable<Columns = IDataObject>(
	{ request }: N8nClient,
	name: string,
): Promise<DataTable<Columns>> {
	const { id: projectId } = await request<{ id: string }>('GET', '/rest/projects/personal');
	const path = `/rest/projects/${projectId}/data-tables`;
	const { data: tables } = await request<{ data: Array<{ id: string; name: string }> }>('GET', path);
	const [table, ...others] = tables.filter((one) => one.name === name);
	if (!table || others.length > 0) {
		throw new Error(`There are ${table ? 1 + others.length : 0} tables "${name}".`);
	}
	return {
		async rows() {
			const rows = `${path}/${table.id}/rows?take=100`;
			return (await request<{ data: Array<DataTableRow<Columns>> }>('GET', rows)).data;
		},

		async insert(rows) {
			await request('POST', `${path}/${table.id}/insert`, { data: rows });
		},

		async update(id, changes) {
			const filter = { type: 'and', filters: [{ columnName: 'id', condition: 'eq', value: id }] };
			await request('PATCH', `${path}/${table.id}/rows`, { filter, data: changes });
		},
	};
}
