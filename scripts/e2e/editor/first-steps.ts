import { check } from '../../lib/check';

const WRONG_TOKEN = 'not-the-right-one';
const CUSTOMER = '+12025550140';
const CHANNEL = 'Store Number (Long Code SMS/MMS)';

/**
 * What somebody does who has just installed the package: finds the node, makes a credential, picks a channel, sends.
 *
 * @param {import('./editor').Editor} editor
 * @param {import('../../n8n/playground').Playground} playground
 */
export async function checkFirstSteps(editor, { sandbox }) {
	await editor.openNewWorkflow();
	await addNode(editor);
	await makeCredential(editor, sandbox);

	const phones = editor.part('parameter-input-phones').locator('input').first();
	await phones.fill('1');
	await phones.fill('');
	await phones.blur();
	const issue = editor.part('parameter-issues').first();
	await issue.waitFor();
	check('A required field that is empty is marked', await issue.isVisible());

	await phones.fill(CUSTOMER);
	const channels = editor.list('channelId');
	await channels.open();
	await channels.choose(CHANNEL);
	await editor.part('parameter-input-text').locator('textarea').first().fill('Hello from a new user');
	const before = (await sandbox.report()).accepted;
	const isSent = await editor.executeStep();
	await editor.waitToShow('output', ['requestId', 'recipients']);
	check('The first message is sent', isSent && (await sandbox.report()).accepted === before + 1);
	await editor.closeNode();
}

async function addNode(editor) {
	await editor.part('canvas-add-button').first().click();
	const names = editor.part('node-creator-item-name');
	for (const [word, name] of [
		['whatsapp', 'NativeMsg OTT'],
		['sms', 'NativeMsg'],
	]) {
		await editor.part('node-creator-search-bar').fill(word);
		const item = names.getByText(name, { exact: true }).first();
		await item.waitFor();
		check(`Searching "${word}" finds ${name}`, await item.isVisible());
	}
	await names.getByText('NativeMsg', { exact: true }).first().click();
	await editor.part('node-creator-category-item').filter({ hasText: 'Actions' }).click();
	await names.filter({ hasText: 'Send a message to phone numbers' }).first().click();
}

async function makeCredential(editor, { baseUrl, token }) {
	await editor.part('node-credentials-select').first().click();
	await editor.part('node-credentials-select-item-new').first().click();
	const dialog = editor.part('editCredential-modal');
	const field = (name) => editor.part(`parameter-input-${name}`, dialog).locator('input').first();
	await field('accessToken').fill(WRONG_TOKEN);
	await field('baseUrl').fill(baseUrl);
	await editor.part('credential-save-button').click();
	await dialog.getByText('More details').click();
	const reason = dialog.getByText('The service does not know these credentials');
	await reason.waitFor();
	check('A wrong token is refused in a readable sentence', true, await reason.innerText());

	await field('accessToken').fill(token);
	await editor.part('credential-save-button').click();
	// n8n closes the dialog when the test of the credential has passed.
	await dialog.waitFor({ state: 'hidden' });
	check('The right token is accepted', true);
}
