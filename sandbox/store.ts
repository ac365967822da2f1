import { ApiError } from './api';

/** How the rows of one kind are identified, and what the service says if one is missing. */
export interface StoreRules<Row extends { id: number | string }, Filled extends keyof Row> {
	/** The ID of a row without one. @param taken how many IDs were assigned before */
	newId(taken: number): Row['id'];
	/** Other fields that the service fills in if a row doesn't have them. */
	filledIn(): Omit<Pick<Row, Filled>, 'id'>;
	/** The service's words for a row that doesn't exist. */
	missing(id: number | string): string;
}

/**
 * Rows by ID, in the order they were added.
 *
 * @template Filled the fields that the service fills in, `id` included
 */
export class Store<Row extends { id: number | string }, Filled extends keyof Row = 'id'> {
	/** Keyed as the ID is written in a path. */
	private readonly rows = new Map<string, Row>();
	private taken = 0;

	constructor(private readonly rules: StoreRules<Row, Filled>) {}

	/** Adds a row, with the service's values for missing fields. */
	add(row: Omit<Row, Filled> & Partial<Pick<Row, Filled>>): Row {
		const added = { ...this.rules.filledIn(), ...row, id: (row as Partial<Row>).id ?? this.newId() } as Row;
		this.rows.set(String(added.id), added);
		return added;
	}

	/** Takes the next free ID, for a row or for something else. */
	newId(): Row['id'] {
		return this.rules.newId(this.taken++);
	}

	find(id: Row['id']): Row | undefined {
		return this.rows.get(String(id));
	}

	/** @throws ApiError with `status` if there is no such row */
	get(id: number | string, status = 404): Row {
		const row = this.rows.get(String(id));
		if (!row) throw new ApiError(status, this.rules.missing(id));
		return row;
	}

	/**
	 * Makes sure that a request body names existing rows only.
	 *
	 * @throws ApiError 422 if one doesn't exist
	 */
	requireAll(ids: Array<Row['id']>): void {
		for (const id of ids) this.get(id, 422);
	}

	list(): Row[] {
		return [...this.rows.values()];
	}

	/** @throws ApiError 404 if there is no such row */
	delete(id: number | string): void {
		this.rows.delete(String(this.get(id).id));
	}

	clear(): void {
		this.rows.clear();
		this.taken = 0;
	}
}
