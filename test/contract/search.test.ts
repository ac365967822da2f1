import { sublimeSearch } from '@n8n/utils/search/sublime-search';
import type { INodeTypeDescription } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NativeMsg } from '../../nodes/NativeMsg/NativeMsg.node';
import { NativeMsgOtt } from '../../nodes/NativeMsgOtt/NativeMsgOtt.node';
import { NativeMsgTrigger } from '../../nodes/NativeMsgTrigger/NativeMsgTrigger.node';

const NODES = { NativeMsg, NativeMsgOtt, NativeMsgTrigger };

/** A node as the editor's search has it. */
const entries = Object.entries(NODES).map(([name, NodeType]) => {
	const codex = readFileSync(join(__dirname, '../../nodes', name, `${name}.node.json`), 'utf8');
	return { properties: { ...new NodeType().description, codex: JSON.parse(codex) as object } };
});

/** n8n shows a trigger as part of the node of the same name: with that one's words, and the trigger's sentence. */
const shown = entries.slice(0, 2);

const found = (word: string) => sublimeSearch(word, shown).map(({ item }) => item.properties.displayName);

test.each([
	['whatsapp', ['NativeMsg OTT', 'NativeMsg']],
	['viber', ['NativeMsg OTT', 'NativeMsg']],
	['telegram', ['NativeMsg OTT', 'NativeMsg']],
	['sms', ['NativeMsg']],
	['text message', ['NativeMsg']],
	['unsubscribe', ['NativeMsg']],
	['opt-out', ['NativeMsg']],
	['opt out', ['NativeMsg']],
	['crm', ['NativeMsg']],
	['newsletter', ['NativeMsg', 'NativeMsg OTT']],
	['broadcast', ['NativeMsg', 'NativeMsg OTT']],
	['approval', ['NativeMsg', 'NativeMsg OTT']],
])('n8n finds the right entries for "%s", best one first', (word, names) => {
	expect(found(word)).toEqual(names);
});

test('the node is found by everything that the trigger is found by', () => {
	const [node, , trigger] = entries.map(({ properties }) => properties.codex as { alias: string[] });
	const words = node.alias.join(' ');
	expect(trigger.alias.filter((alias) => !words.includes(alias))).toEqual([]);
});

test('the description of the entry says what both do', () => {
	const sentences = entries.map(({ properties }) => (properties as INodeTypeDescription).description);
	for (const sentence of [sentences[0], sentences[2]])
		expect(sentence).toMatch(/^Send and receive SMS, RCS,/);
	expect(sentences[2]).toContain('WhatsApp');
});
