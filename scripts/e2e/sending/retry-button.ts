import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../../sandbox/faults';
import { check } from '../../lib/check';
import { outputOf, type Execution, type N8nClient, type Workflow } from '../../n8n/client';
import type { Playground } from '../../n8n/playground';
import { chain, node } from '../../n8n/workflow';

const PHONES = ['+12025550171', '+12025550172', '+12025550173', '+12025550174'];
/** The third row is at fault. */
const AFTER = 2;

interface Way {
	name: string;
	type: 'nativeMsg' | 'nativeMsgOtt';
	parameters: INodeParameters;
}

const WAYS: Way[] = [
	{
		name: 'nativeMsg',
		type: 'nativeMsg',
		parameters: {
			resource: 'message',
			operation: 'send',
			targetType: 'phones',
			phones: '={{ $json.phones }}',
			channelId: '601',
			text: '=Hello {{ $json.phones }}',
			options: { concurrency: 1 },
		},
	},
	{
		name: 'NativeMessage',
		type: 'nativeMsgOtt',
		parameters: {
			resource: 'message',
			operation: 'sendSession',
			channelId: 'chan_telegram',
			to: '={{ $json.phones }}',
			text: 'Hello',
			options: { concurrency: 1 },
		},
	},
];

/**
 * The Retry button of a failed execution. It runs the failed node again with the same items, and no one may get a message
 * twice.
 */
export async function checkRetryButton(playground: Playground): Promise<void> {
	for (const way of WAYS) {
		await retryRefused(playground, way);
		await retryUnknown(playground, way);
	}
}

async function retryRefused(playground: Playground, way: Way): Promise<void> {
	const name = `${way.name}, a row was refused`;
	const fault: Fault = { kind: 'status', status: 422, after: AFTER, times: 1 };
	const { first, second, counts } = await runAndRetry(playground, way, name, fault);
	check(`${name}: the first execution fails`, first.status === 'error', first.status);
	const sent = outputOf(second, 'Send').length;
	check(`${name}: Retry succeeds`, second.status === 'success' && sent === PHONES.length, second.status);
	check(`${name}: 0 sent twice`, counts.join() === '1,1,1,1', counts);
}

async function retryUnknown(playground: Playground, way: Way): Promise<void> {
	const name = `${way.name}, the response for a row was lost`;
	const fault: Fault = { kind: 'reset-after', after: AFTER, times: 1 };
	const { second, counts } = await runAndRetry(playground, way, name, fault);
	const message = second.data.resultData.error?.message ?? '';
	check(`${name}: Retry still says that the outcome is unknown`, message.startsWith("It's unknown"), message);
	check(`${name}: 0 sent twice, and the other rows are sent`, counts.join() === '1,1,1,1', counts);
}

async function runAndRetry(
	{ n8n: { client }, sandbox, credentials }: Playground,
	way: Way,
	name: string,
	fault: Fault,
): Promise<{ first: Execution; second: Execution; counts: number[] }> {
	await sandbox.reset();
	await sandbox.addFault({ ...fault, match: { method: 'POST', path: '/messages' } });
	const workflow = await client.importWorkflow(workflowOf(name, way), credentials);
	const first = await client.waitForExecution(await client.runWorkflow(workflow, 'Start'));
	const second = await retry(client, first);
	const report = await sandbox.report();
	const { recipients } = way.type === 'nativeMsg' ? report : report.ott;
	return { first, second, counts: PHONES.map((phone) => recipients[phone.slice(1)] ?? 0) };
}

/** Presses the Retry button of an execution, "with original workflow". */
async function retry(client: N8nClient, { id }: Execution): Promise<Execution> {
	const started = await client.request<{ id: string }>('POST', `/rest/executions/${id}/retry`, {
		loadWorkflow: false,
	});
	return await client.waitForExecution(started.id);
}

function workflowOf(name: string, { type, parameters }: Way): Workflow {
	const credential = type === 'nativeMsg' ? 'NativeMsg account' : 'NativeMessage account';
	return chain(name, [
		node('Start', 'n8n-nodes-base.manualTrigger'),
		node('Phones', 'n8n-nodes-base.set', {
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ phones: PHONES }) },
		}),
		node('One item each', 'n8n-nodes-base.splitOut', { parameters: { fieldToSplitOut: 'phones' } }),
		node('Send', `n8n-nodes-nativemsg.${type}`, { parameters, credentials: { nativeMsgApi: credential } }),
	]);
}
