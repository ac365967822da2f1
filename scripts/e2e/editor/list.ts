import { poll } from '../../n8n/client';

const TIMEOUT = 30_000;

/** The list of a field from which one entry can be chosen (n8n's resource locator). */
export class List {
	#field;

	/** @param {import('playwright-core').Locator} field */
	constructor(field) {
		this.#field = field;
	}

	async open() {
		await this.#part('rlc-input').click();
	}

	async search(text) {
		await this.#part('rlc-search').fill(text);
	}

	/** Chooses an entry of the open list. */
	async choose(name) {
		await this.#part('rlc-item').filter({ hasText: name }).click();
	}

	/** What is chosen. */
	async chosen() {
		return await this.#part('rlc-input').inputValue();
	}

	/**
	 * Waits until the open list has the right entries.
	 *
	 * @param {(entries: string[]) => boolean} areRight
	 * @returns {Promise<string[]>} those that it has, when they got right or after a while
	 */
	async entries(areRight) {
		let entries;
		await poll('The entries did not get right', TIMEOUT, async () => {
			entries = await this.#part('rlc-item').allInnerTexts();
			return areRight(entries);
		}).catch(() => undefined);
		return entries;
	}

	/** What the open list says instead of entries. */
	async error() {
		return (await this.#part('rlc-error-container').innerText()).replaceAll('\n', ' ');
	}

	#part(id) {
		return this.#field.locator(`[data-test-id="${id}"]`);
	}
}
