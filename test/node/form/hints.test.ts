import type { INodeParameters, INodeTypes } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { phoneItems, toHumans, toPhones, waiting, withOptions } from '../broadcast/messages';
import { useFixture } from '../../support/fixture';

const fixture = useFixture({ stepMs: 0 });

/** The hints that the editor shows for a form before the node runs; it asks n8n for each condition just so. */
function hintsFor(parameters: INodeParameters, items: object[]): string[] {
	const type = fixture.engine.nodeType();
	const position: [number, number] = [0, 0];
	const node = { id: '1', name: 'NativeMsg', type: 'nativeMsg', typeVersion: 1, position, parameters };
	const nodeTypes = { getByNameAndVersion: () => type } as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const input = items.map((json) => ({ json: { ...json } }));
	return type.description.hints!.flatMap(({ message, displayCondition, whenToDisplay }) => {
		expect(whenToDisplay).toBe('beforeExecution');
		const shown = workflow.expression.getParameterValue(
			displayCondition!,
			null,
			0,
			0,
			node.name,
			input,
			'manual',
			{},
		);
		expect(typeof shown).toBe('boolean');
		return shown ? [message] : [];
	});
}

const update = { resource: 'bot', operation: 'update', botId: '451' };
const toTags = { ...toHumans, targetType: 'tags' };
const apart = { combineItems: false };
const two = [{}, {}];

test.each<[string, INodeParameters, object[]]>([
	['removes all interactions', { ...update, specifyInteractions: 'removeAllInteractions' }, [{}]],
	['This sends a message to everyone on these channels', toTags, two],
	['This sends a message to everyone on these channels', { ...toTags, targetType: 'channels' }, two],
	[
		'This sends a message to everyone on these channels',
		{ ...toTags, targetType: '={{ $json.kind }}' },
		[{ kind: 'tags' }, {}],
	],
	['As SMS, this text', { ...toPhones, text: `It’s ${'a'.repeat(70)}` }, [{}]],
	['As SMS, this text', { ...toPhones, text: '=It’s {{ $json.words }}' }, [{ words: 'a'.repeat(70) }]],
	['Each item is sent in a separate request', withOptions(toPhones, apart), phoneItems(1000)],
])('the editor shows the hint that contains "%s" for %j', (words, parameters, items) => {
	expect(hintsFor(parameters, items)).toEqual([expect.stringContaining(words)]);
});

test.each<[string, INodeParameters, object[]]>([
	['interactions are replaced', { ...update, specifyInteractions: 'usingJson', interactions: '[{}]' }, [{}]],
	[
		'another operation has the choice',
		{ ...update, operation: 'get', specifyInteractions: 'removeAllInteractions' },
		[{}],
	],
	['one item goes to tags', toTags, [{}]],
	['items go to humans', toHumans, two],
	['nothing is sent', { ...toTags, operation: 'preview' }, two],
	['the message is JSON', { ...toTags, messageType: 'json', messageJson: '{}' }, two],
	['a text is short', { ...toPhones, text: 'It’s on' }, [{}]],
	['a text is long', { ...toPhones, text: `It's [${'a'.repeat(300)}] {10 €}~|^\\` }, [{}]],
	['a text has another alphabet', { ...toPhones, text: 'ж'.repeat(100) }, [{}]],
	['fewer items are apart', withOptions(toPhones, apart), phoneItems(999)],
	['many items are combined', toPhones, phoneItems(1000)],
	['waiting needs a call for each', waiting(withOptions(toPhones, apart)), phoneItems(1000)],
])('the editor shows no hint when %s', (_when, parameters, items) => {
	expect(hintsFor(parameters, items)).toEqual([]);
});

test('a hint reports messages without recipients after waiting for delivery', async () => {
	const parameters = waiting(
		{ ...toTags, ids: '={{ $json.tag }}', text: '={{ $json.tag }}' },
		{ waitSeconds: 1 },
	);
	// No one has the tag 6.
	const { success, hints } = await fixture.engine.run({ parameters, items: [{ tag: 4 }, { tag: 6 }] });
	expect(success.map(({ json }) => json.delivery)).toEqual(['delivered', 'pending']);
	expect(hints).toEqual([expect.stringMatching(/^1 of 2 messages had no recipient/)]);
	const reached = await fixture.engine.run({ parameters, items: [{ tag: 4 }] });
	expect(reached.hints).toEqual([]);
});
