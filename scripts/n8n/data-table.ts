/**
 * A data table of n8n.
 *
 * @param {import('./client').N8nClient} client
 * @param {string} name
 * @throws {Error} when there is not exactly one of this name
 */
export async function openDataTable({ request }, name) {
	const { id: projectId } = await request('GET', '/rest/projects/personal');
	const path = `/rest/projects/${projectId}/data-tables`;
	const { data: tables } = await request('GET', path);
	const [table, ...others] = tables.filter((one) => one.name === name);
	if (!table || others.length > 0) {
		throw new Error(`There are ${table ? 1 + others.length : 0} tables "${name}".`);
	}
	return {
		/** @returns {Promise<any[]>} at most 100 */
		rows: async () => (await request('GET', `${path}/${table.id}/rows?take=100`)).data,

		/** @param {object[]} rows */
		insert: async (rows) => {
			await request('POST', `${path}/${table.id}/insert`, { data: rows });
		},

		/**
		 * @param {number} id of a row
		 * @param {object} data the columns to change
		 */
		update: async (id, data) => {
			const filter = { type: 'and', filters: [{ columnName: 'id', condition: 'eq', value: id }] };
			await request('PATCH', `${path}/${table.id}/rows`, { filter, data });
		},
	};
}
