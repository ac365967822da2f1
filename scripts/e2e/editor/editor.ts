import { statSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../lib/check';
import { poll } from '../../n8n/client';
import { isShown } from './is-shown';
import { List } from './list';

/** How long the editor may take for one step, in ms. */
const TIMEOUT = 60_000;
const WIDTH = 1440;
const HEIGHT = 900;
/** Of one picture, so that the page that shows it loads quickly. */
const MAX_BYTES = 250_000;
/** Messages that go away by themselves, and the empty boxes that fields for expressions leave in a corner. */
const PASSING = '.el-notification, #cm-tooltip-container { display: none }';

/** What a picture can show: the workflow, and the parts of a node's panel. */
const PARTS = {
	canvas: 'canvas',
	form: 'node-parameters',
	input: 'ndv-input-panel',
	output: 'output-panel',
};

/** n8n's editor in a browser, as somebody uses it who sees what is on the screen. */
export class Editor {
	#page;
	#url;
	#folder;
	#secrets;

	/**
	 * @param {import('playwright-core').Page} page signed in
	 * @param {import('../../n8n/playground').Playground} playground
	 * @param {string} folder for the pictures
	 */
	constructor(page, { n8n, owner, sandbox }, folder) {
		page.setDefaultTimeout(TIMEOUT);
		this.#page = page;
		this.#url = n8n.url;
		this.#folder = folder;
		this.#secrets = [sandbox.token, sandbox.apiKey, sandbox.webhookSecret, owner.password];
	}

	/** @param {string} id of a saved workflow */
	async openWorkflow({ id }) {
		await this.resize();
		await this.#page.goto(`${this.#url}/workflow/${id}`);
		await this.part('canvas-node').first().waitFor();
	}

	async openNewWorkflow() {
		await this.resize();
		await this.#page.goto(`${this.#url}/workflow/new`);
		await this.part('canvas-add-button').first().waitFor();
	}

	async resize({ width = WIDTH, height = HEIGHT } = {}) {
		await this.#page.setViewportSize({ width, height });
	}

	/** An element by the ID that n8n gave it for tests. */
	part(id, root = this.#page) {
		return root.locator(`[data-test-id="${id}"]`);
	}

	/** A node on the canvas. */
	node(name) {
		return this.#page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Runs the workflow with the button beside a trigger, until these nodes have run and it is over. */
	async runWorkflow(trigger, lastNodes) {
		await this.node(trigger).hover();
		await this.part(`execute-workflow-button-${trigger}`).click();
		for (const last of lastNodes) await this.part('canvas-node-status-success', this.node(last)).waitFor();
		await this.part('stop-execution-button').waitFor({ state: 'hidden' });
	}

	async zoomToFit() {
		await this.part('zoom-to-fit').click();
		const node = await this.part('canvas-node').first().elementHandle();
		await node.waitForElementState('stable');
	}

	/** Opens the panel of a node. */
	async openNode(name) {
		await this.node(name).dblclick();
		await this.part('node-title-container').filter({ hasText: name }).waitFor();
	}

	/** Presses a button of the dialog that is open. */
	async confirm(name) {
		await this.#page.locator('.el-dialog').getByRole('button', { name, exact: true }).last().click();
	}

	async closeNode() {
		await this.part('ndv-close-button').click();
		await this.part('ndv').waitFor({ state: 'hidden' });
	}

	/**
	 * Runs the node whose panel is open.
	 *
	 * @returns {Promise<boolean>} whether there is an output; otherwise an error
	 */
	async executeStep() {
		await this.part('node-execute-button').click();
		const output = this.part(PARTS.output);
		const success = this.part('node-run-status-success', output);
		await success.or(this.part('node-run-status-danger', output)).waitFor();
		return await success.isVisible();
	}

	async showOutputAsJson() {
		await this.part('radio-button-json', this.part(PARTS.output)).click();
	}

	/** The list that a field of the open panel offers. */
	list(field) {
		return new List(this.part(`resource-locator-${field}`));
	}

	/** Waits until a part of the screen shows all of these texts, in full and without scrolling. */
	async waitToShow(part, texts) {
		for (const text of texts) {
			await poll(`The ${part} does not show "${text}"`, TIMEOUT, () =>
				this.part(PARTS[part]).evaluate(isShown, text),
			);
		}
	}

	/**
	 * Takes a picture of what is on the screen.
	 *
	 * @param {string} name of the file, without its ending
	 * @param {{ [part: string]: string[] }} shows texts that are to be read in it
	 */
	async takePicture(name, shows) {
		await this.#page.mouse.move(0, 0);
		for (const [part, texts] of Object.entries(shows)) await this.waitToShow(part, texts);
		const path = join(this.#folder, `${name}.png`);
		await this.#page.screenshot({ path, animations: 'disabled', style: PASSING });
		const { size } = statSync(path);
		check(`${name}.png`, size < MAX_BYTES, `${Math.round(size / 1000)} KB`);
		const readable = await this.#page.evaluate(readableText);
		check(`${name}.png shows no secret`, !this.#secrets.some((secret) => readable.includes(secret)));
	}
}

/** Runs in the page: what can be read in it, in fields too unless they show dots. */
function readableText() {
	const fields = [...document.querySelectorAll('input:not([type="password"]), textarea')];
	return [document.body.innerText, ...fields.map(({ value }) => value)].join('\n');
}
