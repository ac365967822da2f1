import type { Locator } from '@playwright/test';
import { check } from '../../lib/check';
import type { N8nClient } from '../../n8n/client';
import { openDataTable } from '../../n8n/data-table';
import type { Playground } from '../../n8n/playground';
import { checkThat } from './check-that';
import { expect, TIMEOUT, type Editor } from './editor';

const CUSTOMER = '+12025550140';
const CHANNEL = 'Store Number (Long Code SMS/MMS)';
const TABLE = 'Contacts to sync';
/** How long the list of nodes may take until it is opened again, in ms. */
const LIST_TIMEOUT = 10_000;

/** Builds workflows with the mouse, and types where the cursor is. */
class Builder {
	clicks = 0;

	constructor(private readonly editor: Editor) {}

	async click(target: Locator): Promise<void> {
		await target.first().click();
		this.clicks++;
	}

	/** Clicks into a field and types. */
	async write(field: string, text: string): Promise<void> {
		const input = this.editor.part(`parameter-input-${field}`).locator('input, textarea').first();
		await this.click(input);
		await input.fill(text);
	}

	/** Clicks into a field, writes an expression, and clicks next to it, because the popup covers the fields below. */
	async writeExpression(field: string, text: string): Promise<void> {
		await this.click(this.editor.part(`parameter-input-${field}`).locator('input').first());
		await this.editor.writeExpression(field, text);
		await this.click(this.editor.part('output-panel'));
	}

	/** Drags a field of the input into a field of the form, which takes as long as a click. */
	async drag(from: string, to: string): Promise<void> {
		await this.editor.drag(from, to);
		this.clicks++;
		await expect(this.editor.part(`parameter-input-${to}`)).toContainText(from);
	}

	async choose(field: string, option: string): Promise<void> {
		await this.click(this.editor.part(`parameter-input-${field}`));
		await this.click(this.editor.option(option));
	}

	async chooseFromList(field: string, entry: string): Promise<void> {
		const list = this.editor.list(field);
		await this.click(list.input);
		await this.click(list.entries.filter({ hasText: entry }));
	}

	/** Adds a field of a collection. */
	async add(placeholder: string, option: string): Promise<void> {
		await this.click(this.editor.adding(placeholder));
		await this.click(this.editor.option(option));
	}

	/** Looks for a node and adds it, by one of its actions if it has several. */
	async addNode(plus: Locator, word: string, name: string, action?: string): Promise<void> {
		const search = this.editor.part('node-creator-search-bar');
		const names = this.editor.part('node-creator-item-name');
		// On a busy machine, n8n closes the list again when it has loaded the workflow, so this opens it as often as needed.
		await expect(async () => {
			if (!(await search.isVisible())) await plus.first().click();
			await search.fill(word);
			await names.getByText(name, { exact: true }).first().click({ timeout: LIST_TIMEOUT });
		}).toPass({ timeout: TIMEOUT });
		this.clicks += 2;
		if (action) await this.click(names.getByText(action, { exact: true }));
	}

	async closePanel(): Promise<void> {
		await this.click(this.editor.part('ndv-close-button'));
	}
}

/** Text to one number, under a broadcast name, with its delivery. */
async function buildBroadcast(editor: Editor, me: Builder): Promise<void> {
	await me.addNode(editor.part('canvas-add-button'), 'manual', 'Trigger manually');
	await me.addNode(editor.plusAfter(), 'sms', 'NativeMsg', 'Send a message');
	await me.write('phones', CUSTOMER);
	await me.chooseFromList('channelId', CHANNEL);
	await me.write('text', 'Hello from a broadcast');
	await me.add('Add Setting', 'Broadcast Name');
	await me.write('broadcastName', 'clicks');
	await me.click(editor.adding('Wait for Delivery'));
}

/** A reply to anyone who sends INFO. */
async function buildAutoReply(editor: Editor, me: Builder): Promise<void> {
	await me.addNode(editor.part('canvas-add-button'), 'whatsapp', 'NativeMsg', 'On message received');
	await me.add('Add Filter', 'Keywords');
	await me.write('keywords', 'INFO');
	await me.closePanel();
	await me.addNode(editor.plusAfter(), 'sms', 'NativeMsg', 'Send a message');
	await me.choose('targetType', 'Humans');
	await me.writeExpression('ids', '{{ $json.humanId }}');
	await me.write('text', 'We are open from 9 to 5.');
}

/** The rows of a data table become contacts with names, a tag, and their consent. */
async function buildCrmSync(editor: Editor, me: Builder): Promise<void> {
	await me.addNode(editor.part('canvas-add-button'), 'manual', 'Trigger manually');
	await me.addNode(editor.plusAfter(), 'data table', 'Data table', 'Get row(s)');
	await me.chooseFromList('dataTableId', TABLE);
	await me.closePanel();
	await me.addNode(editor.plusAfter('Get row(s)'), 'crm', 'NativeMsg', 'Add humans by phone');
	await me.chooseFromList('channelId', CHANNEL);
	await me.click(editor.part('execute-previous-node'));
	await me.drag('phone', 'phone');
	for (const option of ['First Name', 'Last Name', 'Subscribe', 'Tag Names'])
		await me.add('Add Field', option);
	// From the bottom, because the popup under a field covers the ones below it.
	await me.write('tagNames', 'crm');
	await me.drag('last_name', 'lastName');
	await me.drag('first_name', 'firstName');
}

const WORKFLOWS = [
	{ name: 'broadcast', most: 14, nodes: 2, build: buildBroadcast },
	{ name: 'auto-reply', most: 19, nodes: 2, build: buildAutoReply },
	{ name: 'CRM sync', most: 26, nodes: 3, build: buildCrmSync },
];

async function makeTable(client: N8nClient): Promise<void> {
	const { id } = await client.request<{ id: string }>('GET', '/rest/projects/personal');
	const columns = ['phone', 'first_name', 'last_name'].map((name) => ({ name, type: 'string' }));
	await client.request('POST', `/rest/projects/${id}/data-tables`, { name: TABLE, columns });
	const table = await openDataTable(client, TABLE);
	await table.insert([{ phone: CUSTOMER, first_name: 'Maria', last_name: 'Lopez' }]);
}

/** Builds three workflows with clicks, and prints how many each takes. n8n preselects the newest credential. */
export async function checkClicks(editor: Editor, { n8n, sandbox }: Playground): Promise<void> {
	const { baseUrl, token, webhookSecret } = sandbox;
	await n8n.client.createCredential({
		name: 'nativeMsg',
		type: 'nativeMsgApi',
		data: { service: 'nativeMsg', accessToken: token, webhookSecret, baseUrl },
	});
	await makeTable(n8n.client);
	for (const { name, most, nodes, build } of WORKFLOWS) {
		await editor.openNewWorkflow();
		const me = new Builder(editor);
		await build(editor, me);
		check(`The ${name} is built with at most ${most} clicks`, me.clicks <= most, `${me.clicks} clicks`);
		await editor.closeNode();
		await checkThat(
			`The ${name} has all its nodes, and none with an issue`,
			expect(editor.part('canvas-node'))
				.toHaveCount(nodes)
				.then(async () => await expect(editor.part('node-issues')).toHaveCount(0)),
		);
	}
}
