import { Workflow, type INodeTypes } from 'n8n-workflow';
import { NativeMsgTrigger } from '../../nodes/NativeMsgTrigger/NativeMsgTrigger.node';

/** n8n cuts longer labels of fields in its narrow panel. */
const MAX_LABEL = 26;

const { description } = new NativeMsgTrigger();

/** What n8n writes under the name of a trigger with these events. */
async function subtitleOf(events: string[]): Promise<unknown> {
	const parameters = { events };
	const node = { id: '1', name: 'Trigger', type: 'trigger', typeVersion: 1.1, position: [0, 0], parameters };
	const nodeTypes = { getByNameAndVersion: () => new NativeMsgTrigger() } as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [node as never], connections: {}, active: false, nodeTypes });
	await workflow.expression.acquireIsolate();
	return workflow.expression.getSimpleParameterValue(
		node as never,
		description.subtitle,
		'internal',
		{},
		undefined,
		'',
	);
}

test('the canvas names events by what happened, as the form does', async () => {
	expect(await subtitleOf(['inboundMessage', 'read'])).toBe('message received, message read');
	expect(await subtitleOf(['postback', 'deliveryReport', 'other'])).toBe(
		'button tapped, message delivered or failed, unknown event',
	);
});

test('labels are short enough to be read, and fields of one service are together and say so', () => {
	const labels = description.properties
		.filter(({ type }) => type !== 'notice')
		.map(({ displayName }) => displayName);
	expect(labels.filter(({ length }) => length > MAX_LABEL)).toEqual([]);
	expect(labels.slice(1, 3)).toEqual(['Verify By (nativeMsg)', 'Header Name (nativeMsg)']);
});
