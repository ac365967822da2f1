import type { IBinaryKeyData, IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import type { Fault, RecordedRequest, Sandbox } from '../../sandbox/server';
import type { PayloadFormat } from '../../nodes/transport/credential';
import type { NodeOutcome } from './engine';
import { runNode, type Fixture } from './fixture';

/** One input item, with the request that must be sent for it and its expected output. */
export interface CaseItem {
	json: IDataObject;
	files?: IBinaryKeyData;
	/** Method and path with its query, as they must reach the server. */
	request: string;
	/** Absent when the request has none. */
	body?: unknown;
	/** The `json` of each output item. */
	output: unknown[];
}

/** One way to use one operation. */
export interface OperationCase {
	title: string;
	/** Whether the docs show this case; otherwise they show the simplest. */
	isExample?: true;
	/** Of the node for NativeMessage; the others have none. */
	format?: PayloadFormat;
	/** As n8n stores the form in a workflow, resource and operation included. */
	parameters: INodeParameters & { resource: string; operation: string };
	/** Two or more; one where the operation asks. */
	items: CaseItem[];
	/** Requests that the account has already received, such as for sending a message that is then read. */
	earlier?: Array<{ path: string; body: object }>;
	/** Requests before the first item, such as `GET /v1/bots`. */
	lookUp?: string;
	/** What to change in the first item so that the id in the path exists nowhere, and what the API then says. */
	unknownId?: { json: IDataObject; error: string };
}

/** The counts in the output of an item with its own request. */
export const counts = (recipientCount = 1) => ({ requestItemCount: 1, recipientCount, duplicateCount: 0 });

/** What differs from simply running a case. */
export interface RunOptions {
	items?: IDataObject[];
	onError?: OnError;
	fault?: Fault;
}

/** Columns of the input as n8n stores them when they are dragged into a form, or added all at once. */
export const dragged = (...columns: string[]) => ({
	assignments: columns.map((name) => ({
		id: `id-${name}`,
		name,
		value: `={{ $json.${name} }}`,
		type: 'string',
	})),
});

/** Makes the n-th request that of the n-th item. Shared and parallel requests have their own tests. */
export const inSequence = (parameters: INodeParameters): INodeParameters => ({
	...parameters,
	options: { ...(parameters.options as INodeParameters), combineItems: false, concurrency: 1 },
});

/** Makes the account as a case needs it. */
export async function setUp({ sandbox }: Fixture, { format, earlier = [] }: OperationCase): Promise<void> {
	sandbox.reset();
	const base = format ? sandbox.ottBaseUrl : sandbox.baseUrl;
	for (const { path, body } of earlier) await post(sandbox, `${base}${path}`, body);
}

/** Runs a case on a fresh account, one item after the other. The requests are those of the node alone. */
export async function runCase(
	fixture: Fixture,
	one: OperationCase,
	{ items: inputs = one.items.map(({ json }) => json), onError, fault }: RunOptions = {},
): Promise<NodeOutcome & { requests: RecordedRequest[] }> {
	const { sandbox } = fixture;
	const { parameters, format } = one;
	await setUp(fixture, one);
	const { length } = sandbox.requests();
	if (fault) sandbox.addFault(fault);
	const outcome = await runNode(fixture, format, {
		parameters: inSequence(parameters),
		items: inputs,
		files: one.items.map(({ files = {} }) => files),
		onError,
	});
	return { ...outcome, requests: sandbox.requests().slice(length) };
}

async function post({ token }: Sandbox, url: string, body: object): Promise<void> {
	const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
	const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
	if (!response.ok) throw new Error(`POST ${url} was answered with ${await response.text()}`);
}
