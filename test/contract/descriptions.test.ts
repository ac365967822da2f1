import type { INodeType } from 'n8n-workflow';
import { NativeMsg } from '../../nodes/NativeMsg/NativeMsg.node';
import { NativeMsgOtt } from '../../nodes/NativeMsgOtt/NativeMsgOtt.node';
import { NativeMsgTrigger } from '../../nodes/NativeMsgTrigger/NativeMsgTrigger.node';
import { subtitleOf } from '../support/subtitle';

const trigger = new NativeMsgTrigger();
const actions: Array<[name: string, node: INodeType]> = [
	['NativeMsg', new NativeMsg()],
	['NativeMsg OTT', new NativeMsgOtt()],
];

test.each<[string, INodeType]>([...actions, ['NativeMsg Trigger', trigger]])(
	'%s runs only with a credential, and begins with its own name',
	(name, { description }) => {
		expect(description.credentials).toEqual([{ name: 'nativeMsgApi', required: true }]);
		expect([description.displayName, description.defaults.name]).toEqual([name, name]);
	},
);

describe.each(actions)('%s', (_name, node) => {
	const { description } = node;

	test('has an input and an output, and is a tool for agents as well', () => {
		const { group, inputs, outputs, usableAsTool } = description;
		expect({ group, inputs, outputs, usableAsTool }).toEqual({
			group: ['output'],
			inputs: ['main'],
			outputs: ['main'],
			usableAsTool: true,
		});
	});

	test('continues a waiting execution at links that are opened with GET and answered with POST', () => {
		const webhooks = description.webhooks!;
		expect(webhooks.map(({ httpMethod }) => httpMethod)).toEqual(['GET', 'POST']);
		for (const webhook of webhooks) {
			expect(webhook).toMatchObject({
				// n8n's path for the execution that waits, and after it that of the node.
				restartWebhook: true,
				isFullPath: true,
				path: '={{ $nodeId }}',
				responseMode: 'onReceived',
			});
		}
		expect(description.waitingNodeTooltip).toMatch(/^Waiting for the reply\./);
	});
});

test.each<[subtitle: string, resource: string, operation: string, INodeType]>([
	['send: message', 'message', 'send', actions[0][1]],
	['get capabilities: phone number', 'phoneNumber', 'getCapabilities', actions[0][1]],
	['send template: message', 'message', 'sendTemplate', actions[1][1]],
])('the canvas shows what a node does: "%s"', async (subtitle, resource, operation, node) => {
	expect(await subtitleOf(node, { resource, operation })).toBe(subtitle);
});

test('the trigger starts workflows, and takes requests that post something', () => {
	const { group, inputs, outputs, webhooks, usableAsTool } = trigger.description;
	expect({ group, inputs, outputs, usableAsTool }).toEqual({
		group: ['trigger'],
		inputs: [],
		outputs: ['main'],
		usableAsTool: undefined,
	});
	expect(webhooks).toEqual([
		{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
	]);
});
