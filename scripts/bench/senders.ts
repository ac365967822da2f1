import type { INode } from 'n8n-workflow';
import type { Workflow } from '../n8n/client';
import { chain, node } from '../n8n/workflow';

/** Name of the trigger that starts a workflow by hand. */
export const START = 'Start';
/** Name of the node under test. */
export const TESTED = 'Send';
/** The name of the credential in n8n that all senders use. */
export const CREDENTIAL = 'Bench';
/** The sandbox's SMS channel. */
export const CHANNEL_ID = 601;
const FIRST_PHONE = 13032000001;
/** Keeps the last digit, so that no number is one of those that the sandbox treats in a special way. */
const PHONE_STEP = 10;

/** A way to send one message to each of many recipients. */
export interface Sender {
	key: string;
	label: string;
	/** All recipients get the same text; otherwise each gets a text of its own. */
	sameText?: boolean;
	sendsNothing?: boolean;
	/** For one that is slow by design. */
	maxRows?: number;
	/** The node under test; none for what runs outside n8n. */
	node?(baseUrl: string): INode;
	/** What stands between the rows and the node under test. */
	between?: INode[];
	/** The key of the sender that differs only in that its text is ready-made. */
	readyText?: string;
}

/** What the node under test reads from each row. */
interface Content {
	[name: string]: string;
	phones: string;
	text: string;
}

const PHONE = '={{ $json.phone }}';
const READY_TEXT: Content = { phones: PHONE, text: '={{ $json.text }}' };
/** How people write texts, from the plainest to one that only n8n understands. */
export const CONTENTS: Array<{ key: string; label: string; content: Content; between?: INode[] }> = [
	{ key: 'ready', label: '(b1) NativeMsg, a ready-made text per row', content: READY_TEXT },
	{
		key: 'references',
		label: '(b2) Text with two references',
		content: { phones: PHONE, text: '=Hi {{ $json.name }}, your table {{ $json.table }} is ready.' },
	},
	{
		key: 'fallback',
		label: '(b3) Text with a method call and a fallback',
		content: { phones: PHONE, text: "=Hi {{ $json.name.trim() || 'there' }}, your table is ready." },
	},
	{
		key: 'paired',
		label: '(b4) Phone and name from an earlier node',
		content: {
			phones: "={{ $('Rows').item.json.phone }}",
			text: "=Hi {{ $('Rows').item.json.name }}, your table is ready.",
		},
		between: [
			node('Checked', 'n8n-nodes-base.set', {
				typeVersion: 3.4,
				parameters: { mode: 'raw', jsonOutput: '{ "checked": true }' },
			}),
		],
	},
	{
		key: 'evaluated',
		label: '(b5) Text with code that n8n has to evaluate',
		content: { phones: PHONE, text: "=Hi {{ $json.name.replace('Ada', 'Eve') }}, your table is ready." },
	},
];
const CONCURRENCIES = [10, 50];
const DEFAULT_CONCURRENCY = 20;

const credentials = { nativeMsgApi: CREDENTIAL };
export const nativeMsg =
	(options: INode['parameters'], broadcast: INode['parameters'] = {}, content: Content = READY_TEXT) =>
	() =>
		node(TESTED, 'n8n-nodes-nativemsg.nativeMsg', {
			parameters: {
				resource: 'message',
				operation: 'send',
				targetType: 'phones',
				channelId: String(CHANNEL_ID),
				...content,
				broadcast,
				options,
			},
			credentials,
		});
const httpRequest = (options: INode['parameters']) => (baseUrl: string) =>
	node(TESTED, 'n8n-nodes-base.httpRequest', {
		typeVersion: 4.5,
		parameters: {
			method: 'POST',
			url: `${baseUrl}/messages`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'nativeMsgApi',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: `={{ JSON.stringify({ text: $json.text, targets: [ { targetType: "phones", phones: [ $json.phone ], channelId: ${CHANNEL_ID} } ] }) }}`,
			options,
		},
		credentials,
	});
const plainSend = (baseUrl: string) =>
	node(TESTED, 'n8n-nodes-plain.plainSend', {
		parameters: { baseUrl, phone: '={{ $json.phone }}', channelId: CHANNEL_ID, text: '={{ $json.text }}' },
		credentials,
	});
const plainFloor = (baseUrl: string) =>
	node(TESTED, 'n8n-nodes-plain.plainFloor', {
		parameters: { baseUrl, channelId: CHANNEL_ID },
		credentials,
	});

/** All recipients in combined requests. */
export const COMBINED = {
	key: 'combined',
	label: '(a) NativeMsg, one text for all',
	sameText: true,
	node: nativeMsg({}),
} satisfies Sender;

export const SENDERS: Sender[] = [
	COMBINED,
	{
		key: `ready${DEFAULT_CONCURRENCY}`,
		label: `${CONTENTS[0].label}, Concurrency ${DEFAULT_CONCURRENCY} (default)`,
		node: nativeMsg({}),
	},
	...CONTENTS.flatMap(({ key, label, content, between }) =>
		CONCURRENCIES.map((concurrency) => ({
			key: `${key}${concurrency}`,
			label: `${label}, Concurrency ${concurrency}`,
			node: nativeMsg({ concurrency }, {}, content),
			between,
			readyText: key === 'ready' ? undefined : `ready${concurrency}`,
		})),
	),
	{ key: 'httpRequest', label: '(c) HTTP Request with the credential', node: httpRequest({}) },
	{
		key: 'httpBatching',
		label: '(d) HTTP Request, batches of 50, one per second',
		maxRows: 500,
		node: httpRequest({ batching: { batch: { batchSize: 50, batchInterval: 1000 } } }),
	},
	{ key: 'plain', label: '(e) Plain node, one request at a time', node: plainSend },
	{ key: 'floor', label: '(f) undici Pool, 50 connections, without n8n' },
	{ key: 'n8nFloor', label: "(g) n8n's HTTP client alone, 50 at a time", node: plainFloor },
	{
		key: 'nothing',
		label: 'n8n itself: a node that does nothing',
		sendsNothing: true,
		node: () => node(TESTED, 'n8n-nodes-base.noOp'),
	},
];

/** The phone number of a row, with `+`. */
export function phoneOf(row: number): string {
	return `+${FIRST_PHONE + row * PHONE_STEP}`;
}

/** The digits of the phone numbers of so many rows. */
export function recipientsOf(rows: number): Set<string> {
	return new Set(Array.from({ length: rows }, (_, row) => phoneOf(row).slice(1)));
}

/** The workflow that makes the rows and hands them to the node under test. */
export function sendingWorkflow(
	{ label, sameText = false, between = [] }: Pick<Sender, 'label' | 'sameText' | 'between'>,
	tested: INode,
	rows: number,
): Workflow {
	return chain(`${label}, ${rows} rows`, [
		node(START, 'n8n-nodes-base.manualTrigger'),
		rowsNode(0, rows, sameText),
		...between,
		tested,
	]);
}

/** The node that makes so many rows, beginning with the given one. */
export function rowsNode(first: number, rows: number, sameText: boolean): INode {
	const text = sameText ? "'Your table is ready.'" : '`Your table ${row} is ready.`';
	const jsCode = `return Array.from({ length: ${rows} }, (_, index) => ${first} + index).map((row) => ({
	json: {
		phone: '+' + (${FIRST_PHONE} + row * ${PHONE_STEP}),
		text: ${text},
		name: ' Ada ' + row + ' ',
		table: row,
	},
}));`;
	return node('Rows', 'n8n-nodes-base.code', { typeVersion: 2, parameters: { jsCode } });
}
