import { check } from '../../lib/check';
import type { Playground } from '../../n8n/playground';
import type { SandboxProcess } from '../../n8n/sandbox';
import { checkThat } from './check-that';
import { expect, type Editor } from './editor';

const WRONG_TOKEN = 'not-the-right-one';
const CUSTOMER = '+12025550140';
const CHANNEL = 'Store Number (Long Code SMS/MMS)';

/** What a user does after installing the package: find the node, create a credential, choose a channel, send. */
export async function checkFirstSteps(editor: Editor, { sandbox }: Playground): Promise<void> {
	await editor.openNewWorkflow();
	await addNode(editor);
	await makeCredential(editor, sandbox);

	const phones = editor.part('parameter-input-phones').locator('input').first();
	await phones.fill('1');
	await phones.fill('');
	await phones.blur();
	await checkThat(
		'A required field that is empty is marked',
		expect(editor.part('parameter-issues').first()).toBeVisible(),
	);

	await phones.fill(CUSTOMER);
	const channels = editor.list('channelId');
	await channels.open();
	await channels.choose(CHANNEL);
	await editor.part('parameter-input-text').locator('textarea').first().fill('Hello from a new user');
	const before = (await sandbox.report()).accepted;
	const isSent = await editor.executeStep();
	await editor.waitToShow('output', ['requestId', 'recipientCount']);
	check('The first message is sent', isSent && (await sandbox.report()).accepted === before + 1);
	await editor.closeNode();
}

async function addNode(editor: Editor): Promise<void> {
	await editor.part('canvas-add-button').first().click();
	const names = editor.part('node-creator-item-name');
	for (const [word, name] of [
		['whatsapp', 'NativeMsg OTT'],
		['unsubscribe', 'NativeMsg'],
		['newsletter', 'NativeMsg'],
		['text message', 'NativeMsg'],
		['sms', 'NativeMsg'],
	]) {
		await editor.part('node-creator-search-bar').fill(word);
		await checkThat(
			`Searching "${word}" finds ${name}`,
			expect(names.getByText(name, { exact: true }).first()).toBeVisible(),
		);
	}
	await names.getByText('NativeMsg', { exact: true }).first().click();
	await editor.part('node-creator-category-item').filter({ hasText: 'Actions' }).click();
	await names.getByText('Send a message', { exact: true }).click();
}

async function makeCredential(editor: Editor, { baseUrl, token }: SandboxProcess): Promise<void> {
	await editor.part('node-credentials-select').first().click();
	await editor.part('node-credentials-select-item-new').first().click();
	const dialog = editor.part('editCredential-modal');
	const field = (name: string) => editor.part(`parameter-input-${name}`, dialog).locator('input').first();
	await field('accessToken').fill(WRONG_TOKEN);
	await field('baseUrl').fill(baseUrl);
	await editor.part('credential-save-button').click();
	await dialog.getByText('More details').click();
	await checkThat(
		'A wrong token is refused in a readable sentence',
		expect(dialog.getByText('Authentication failed')).toBeVisible(),
	);

	await field('accessToken').fill(token);
	await editor.part('credential-save-button').click();
	// n8n closes the dialog when the test of the credential has passed.
	await checkThat('The right token is accepted', expect(dialog).toBeHidden());
}
