import { ApiError } from '../api';

/** What every row has. */
export interface TenantRow {
	id: string;
	tenant_id: string;
	created_at: string;
}

export const TENANT_ID = 'tenant_sandbox';

/** Rows by id, in the order they were added. New ids are `<prefix>_1`, `<prefix>_2` and so on. */
export class Records<Row extends TenantRow> {
	private readonly rows = new Map<string, Row>();
	private added = 0;

	/** @param noun what a row is called in error texts */
	constructor(
		private readonly noun: string,
		private readonly prefix: string,
	) {}

	/** Adds a row under the next id and with the present time, unless it brings its own. */
	add(row: Omit<Row, keyof TenantRow> & Partial<TenantRow>): Row {
		const record = {
			id: row.id ?? this.newId(),
			tenant_id: TENANT_ID,
			created_at: new Date().toISOString(),
			...row,
		} as Row;
		this.rows.set(record.id, record);
		return record;
	}

	/** Takes the next id, for a row or for something beside the rows. */
	newId(): string {
		return `${this.prefix}_${++this.added}`;
	}

	/** @throws ApiError 404 when there is no such row */
	get(id: string): Row {
		const row = this.rows.get(id);
		if (!row) throw new ApiError(404, `${this.noun} ${id} not found`);
		return row;
	}

	list(): Row[] {
		return [...this.rows.values()];
	}

	/** @throws ApiError 404 when there is no such row */
	delete(id: string): void {
		this.rows.delete(this.get(id).id);
	}

	clear(): void {
		this.rows.clear();
		this.added = 0;
	}
}
