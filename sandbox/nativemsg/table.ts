import { ApiError } from '../api';

/** Rows by id, in the order they were added. */
export class Table<Row extends { id: number }> {
	private readonly rows = new Map<number, Row>();
	private nextId: number;

	/** @param noun what a row is called in error texts */
	constructor(
		private readonly noun: string,
		private readonly firstId: number,
	) {
		this.nextId = firstId;
	}

	/** Adds a row under the next free id, or under its own id if it brings one. */
	add(row: Omit<Row, 'id'> & { id?: number }): Row {
		const added = Object.assign({ id: row.id ?? this.newId() }, row) as Row;
		this.rows.set(added.id, added);
		return added;
	}

	/** Takes the next free id, for a row or for something beside the rows. */
	newId(): number {
		return this.nextId++;
	}

	find(id: number): Row | undefined {
		return this.rows.get(id);
	}

	/** @throws ApiError with `status` when there is no such row */
	get(id: number | string, status = 404): Row {
		const row = this.rows.get(Number(id));
		if (!row) throw new ApiError(status, `${this.noun} #${id} does not exist.`);
		return row;
	}

	/**
	 * Makes sure that a request body names existing rows only.
	 *
	 * @throws ApiError 422 when one does not exist
	 */
	requireAll(ids: number[]): void {
		for (const id of ids) this.get(id, 422);
	}

	list(): Row[] {
		return [...this.rows.values()];
	}

	/** @throws ApiError 404 when there is no such row */
	delete(id: number | string): void {
		this.rows.delete(this.get(id).id);
	}

	clear(): void {
		this.rows.clear();
		this.nextId = this.firstId;
	}
}
