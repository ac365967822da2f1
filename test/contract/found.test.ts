import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NativeMsg } from '../../nodes/NativeMsg/NativeMsg.node';
import { catalogue } from '../../nodes/NativeMsg/catalogue';
import { NativeMsgOtt } from '../../nodes/NativeMsgOtt/NativeMsgOtt.node';
import { catalogue as ottCatalogue } from '../../nodes/NativeMsgOtt/catalogue';
import { NativeMsgTrigger } from '../../nodes/NativeMsgTrigger/NativeMsgTrigger.node';
import type { Catalogue } from '../../nodes/operations/defineOperation';
import { titleOf } from '../../nodes/operations/properties';

const nodes = [
	{ folder: 'NativeMsg', node: new NativeMsg(), catalogue },
	{ folder: 'NativeMsgOtt', node: new NativeMsgOtt(), catalogue: ottCatalogue },
	{ folder: 'NativeMsgTrigger', node: new NativeMsgTrigger(), catalogue: {} as Catalogue },
].map(({ folder, node, catalogue: operations }) => {
	const codex = readFileSync(join(__dirname, '../../nodes', folder, `${folder}.node.json`), 'utf8');
	const { alias } = JSON.parse(codex) as { alias: string[] };
	return { ...node.description, alias: alias.map((word) => word.toLowerCase()), operations };
});

// n8n's panel and its AI builder look in the display name, the name, and the aliases, in this order of weight.
test.each<[word: string, names: string[]]>([
	['SMS', ['nativeMsg', 'nativeMsgTrigger']],
	['text message', ['nativeMsg', 'nativeMsgTrigger']],
	['RCS', ['nativeMsg', 'nativeMsgTrigger']],
	['WhatsApp', ['nativeMsgOtt', 'nativeMsgTrigger']],
	['Viber', ['nativeMsgOtt', 'nativeMsgTrigger']],
	['Telegram', ['nativeMsgOtt', 'nativeMsgTrigger']],
	['opt-out', ['nativeMsg', 'nativeMsgTrigger']],
	['unsubscribe', ['nativeMsg', 'nativeMsgTrigger']],
	['broadcast', ['nativeMsg', 'nativeMsgOtt']],
	['approval', ['nativeMsg', 'nativeMsgOtt']],
])('"%s" finds %j', (word, names) => {
	const found = nodes.filter(({ alias }) => alias.includes(word.toLowerCase())).map(({ name }) => name);
	expect(found).toEqual(names);
});

describe("the hints for n8n's AI builder", () => {
	test.each(nodes.map((node) => [node.name, node] as const))('of %s name only what exists', (_name, node) => {
		const { searchHint = '', relatedNodes = [] } = node.builderHint ?? {};
		const others = nodes.map(({ name }) => `n8n-nodes-nativemsg.${name}`);
		expect(relatedNodes.map(({ nodeType }) => nodeType).sort()).toEqual(
			others.filter((name) => !name.endsWith(`.${node.name}`)).sort(),
		);
		const labels = Object.entries(node.operations).flatMap(([resource, operations]) =>
			Object.values(operations).map(({ option }) => `${titleOf(resource)} > ${option.name}`),
		);
		const named = [...searchHint.matchAll(/[\w ]+ > [\w ]+/g)].map(([label]) => label.trim());
		expect(labels).toEqual(expect.arrayContaining(named));
		expect(searchHint).not.toBe('');
	});
});
