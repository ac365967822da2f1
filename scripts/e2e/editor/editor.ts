import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect as playwrightExpect, type Locator, type Page } from '@playwright/test';
import { check } from '../../lib/check';
import type { SavedWorkflow } from '../../n8n/client';
import type { Playground } from '../../n8n/playground';
import { isShown } from './is-shown';
import { List } from './list';

/** How long the editor may take for one step, in ms. A busy machine may be slow. */
export const TIMEOUT = 120_000;
const WIDTH = 1440;
const HEIGHT = 900;
/** Per screenshot, so that pages load quickly. */
const MAX_BYTES = 250_000;
/** Notifications that disappear on their own, and the empty boxes that expression fields leave in a corner. */
const PASSING = '.el-notification, #cm-tooltip-container { display: none }';

/** What a screenshot can show: the workflow, and the parts of a node's panel. */
const PARTS = {
	canvas: 'canvas',
	form: 'node-parameters',
	input: 'ndv-input-panel',
	output: 'output-panel',
};

/** Texts that must be readable in parts of the screen. */
export type Shown = { [part in keyof typeof PARTS]?: string[] };

/** Playwright's expectations, with as long a wait as the editor may take. */
export const expect = playwrightExpect.configure({ timeout: TIMEOUT });

/** n8n's editor in a browser, used as by someone who sees the screen. */
export class Editor {
	readonly #page: Page;
	readonly #url: string;
	readonly #folder: string;
	readonly #secrets: string[];

	/**
	 * @param page signed in
	 * @param folder for the screenshots
	 */
	constructor(page: Page, { n8n, owner, sandbox }: Playground, folder: string) {
		page.setDefaultTimeout(TIMEOUT);
		this.#page = page;
		this.#url = n8n.url;
		this.#folder = folder;
		this.#secrets = [sandbox.token, sandbox.apiKey, sandbox.webhookSecret, owner.password];
	}

	async openWorkflow({ id }: SavedWorkflow): Promise<void> {
		await this.resize();
		await this.#page.goto(`${this.#url}/workflow/${id}`);
		await expect(this.part('canvas-node').first()).toBeVisible();
	}

	async openNewWorkflow(): Promise<void> {
		await this.resize();
		await this.#page.goto(`${this.#url}/workflow/new`);
		await expect(this.part('canvas-add-button').first()).toBeVisible();
	}

	async resize({ width = WIDTH, height = HEIGHT } = {}): Promise<void> {
		await this.#page.setViewportSize({ width, height });
	}

	/** An element by the ID that n8n gave it for tests. */
	part(id: string, root: Page | Locator = this.#page): Locator {
		return root.locator(`[data-test-id="${id}"]`);
	}

	/** A node on the canvas. */
	node(name: string): Locator {
		return this.#page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** The button that adds a node after the last one, or after a certain one. */
	plusAfter(name?: string): Locator {
		return this.part('canvas-handle-plus', name === undefined ? this.#page : this.node(name));
	}

	/** The button of the open panel that adds a field or a group. */
	adding(placeholder: string): Locator {
		const form = this.part(PARTS.form);
		return form
			.getByText(placeholder, { exact: true })
			.or(form.getByPlaceholder(placeholder, { exact: true }));
	}

	/** Writes an expression where the cursor is: after a = n8n shows its editor for them. */
	async writeExpression(field: string, text: string): Promise<void> {
		await this.#page.keyboard.type('=');
		await expect(this.part(`parameter-input-${field}`).locator('.cm-content')).toBeFocused();
		await this.#page.keyboard.insertText(text);
	}

	/** Drags a field of the input into a field of the form. */
	async drag(from: string, to: string): Promise<void> {
		const { mouse } = this.#page;
		await this.part(PARTS.input).getByText(from, { exact: true }).first().hover();
		await mouse.down();
		const { x, y, width, height } = (await this.part(`parameter-input-${to}`).boundingBox())!;
		await mouse.move(x + width / 2, y + height / 2, { steps: 10 });
		await mouse.up();
	}

	/** A choice of the list that is open. */
	option(name: string): Locator {
		const isOpen = '[role="option"]:visible, [role="menuitem"]:visible, .el-select-dropdown__item:visible';
		return this.#page.locator(isOpen).getByText(name, { exact: true });
	}

	/** Runs the workflow with the button next to a trigger, until these nodes have run and it has finished. */
	async runWorkflow(trigger: string, lastNodes: string[]): Promise<void> {
		await this.node(trigger).hover();
		await this.part(`execute-workflow-button-${trigger}`).click();
		for (const last of lastNodes) {
			await expect(this.part('canvas-node-status-success', this.node(last))).toBeVisible();
		}
		await expect(this.part('stop-execution-button')).toBeHidden();
	}

	/** Starts the workflow with the button next to a trigger. */
	async startWorkflow(trigger: string): Promise<void> {
		await this.node(trigger).hover();
		await this.part(`execute-workflow-button-${trigger}`).click();
	}

	/** Opens a page outside the editor, on a screen of this size. */
	async visit(url: string, size: { width: number; height: number }): Promise<void> {
		await this.resize(size);
		await this.#page.goto(url);
	}

	/** Presses a button of such a page. */
	async press(name: string): Promise<void> {
		await this.#page.getByRole('button', { name, exact: true }).click();
	}

	async zoomToFit(): Promise<void> {
		await this.part('zoom-to-fit').click();
		// Waits until the node stops moving.
		await this.part('canvas-node').first().hover({ trial: true });
	}

	/** Opens the panel of a node. */
	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await expect(this.part('node-title-container').filter({ hasText: name })).toBeVisible();
	}

	/** Presses a button of the dialog that is open. */
	async confirm(name: string): Promise<void> {
		await this.#page.locator('.el-dialog').getByRole('button', { name, exact: true }).last().click();
	}

	async closeNode(): Promise<void> {
		await this.part('ndv-close-button').click();
		await expect(this.part('ndv')).toBeHidden();
	}

	/**
	 * Runs the node whose panel is open.
	 *
	 * @returns whether there is an output; otherwise an error
	 */
	async executeStep(): Promise<boolean> {
		await this.part('node-execute-button').click();
		const output = this.part(PARTS.output);
		const success = this.part('node-run-status-success', output);
		await expect(success.or(this.part('node-run-status-danger', output))).toBeVisible();
		return await success.isVisible();
	}

	async showOutputAsJson(): Promise<void> {
		await this.part('radio-button-json', this.part(PARTS.output)).click();
	}

	/** Fills a field of the open panel with all columns of the input, through its menu. */
	async addAll(field: string): Promise<void> {
		const collection = this.part(`assignment-collection-${field}`);
		await collection.hover();
		await this.part('action-toggle', collection).first().click();
		await this.#page.getByText('Add All', { exact: true }).last().click();
		await expect(this.part('assignment', collection).first()).toBeVisible();
	}

	/** The list that a field of the open panel offers. */
	list(field: string): List {
		return new List(this.part(`resource-locator-${field}`));
	}

	/** Waits until a part of the screen shows all of these texts, in full and without scrolling. */
	async waitToShow(part: keyof Shown, texts: string[]): Promise<void> {
		for (const text of texts) {
			await expect
				.poll(() => isShown(this.part(PARTS[part]), text), {
					message: `The ${part} has to show "${text}"`,
					timeout: TIMEOUT,
				})
				.toBe(true);
		}
	}

	/**
	 * Takes a screenshot.
	 *
	 * @param name of the file, without its ending
	 * @param shows texts that must be readable in it
	 */
	async takePicture(name: string, shows: Shown): Promise<void> {
		await this.#page.mouse.move(0, 0);
		for (const part of Object.keys(shows) as Array<keyof Shown>) await this.waitToShow(part, shows[part]!);
		const path = join(this.#folder, `${name}.png`);
		await this.#page.screenshot({ path, animations: 'disabled', style: PASSING });
		const { size } = statSync(path);
		check(`${name}.png`, size < MAX_BYTES, `${Math.round(size / 1000)} KB`);
		const readable = await this.#page.evaluate(readableText);
		check(`${name}.png shows no secret`, !this.#secrets.some((secret) => readable.includes(secret)));
	}
}

/** Runs in the page: returns its readable text, including field values unless they are masked. */
function readableText(): string {
	const fields = document.querySelectorAll<HTMLInputElement>('input:not([type="password"]), textarea');
	return [document.body.innerText, ...Array.from(fields, ({ value }) => value)].join('\n');
}
