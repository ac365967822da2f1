import type { Locator } from '@playwright/test';

/** The list of a field to choose one entry from (n8n's resource locator). */
export class List {
	/** The entries of the open list. */
	readonly entries: Locator;
	/** What the open list shows instead of entries. */
	readonly error: Locator;
	/** Shows the chosen entry, and opens the list. */
	readonly input: Locator;
	readonly #search: Locator;

	constructor(field: Locator) {
		const part = (id: string) => field.locator(`[data-test-id="${id}"]`);
		this.entries = part('rlc-item');
		this.error = part('rlc-error-container');
		this.input = part('rlc-input');
		this.#search = part('rlc-search');
	}

	async open(): Promise<void> {
		await this.input.click();
	}

	async search(text: string): Promise<void> {
		await this.#search.fill(text);
	}

	/** Chooses an entry of the open list. */
	async choose(name: string): Promise<void> {
		await this.entries.filter({ hasText: name }).click();
	}
}
