import { chain, node, START, TESTED } from './workflows';

/** The name of the credential in n8n that all senders use. */
export const CREDENTIAL = 'Bench';
/** The sandbox's SMS channel. */
export const CHANNEL_ID = 601;
const FIRST_PHONE = 13032000001;
/** Keeps the last digit, so that no number is one of those that the sandbox treats in a special way. */
const PHONE_STEP = 10;

const credentials = { nativeMsgApi: { name: CREDENTIAL } };
const nativeMsg = (options) => () =>
	node(
		TESTED,
		'n8n-nodes-nativemsg.nativeMsg',
		1,
		{
			resource: 'message',
			operation: 'send',
			targetType: 'phones',
			phones: '={{ $json.phone }}',
			channelId: String(CHANNEL_ID),
			text: '={{ $json.text }}',
			options,
		},
		{ credentials },
	);
const httpRequest = (options) => (baseUrl) =>
	node(
		TESTED,
		'n8n-nodes-base.httpRequest',
		4.5,
		{
			method: 'POST',
			url: `${baseUrl}/messages`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'nativeMsgApi',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: `={{ JSON.stringify({ text: $json.text, targets: [ { targetType: "phones", phones: [ $json.phone ], channelId: ${CHANNEL_ID} } ] }) }}`,
			options,
		},
		{ credentials },
	);
const plainSend = (baseUrl) =>
	node(
		TESTED,
		'n8n-nodes-plain.plainSend',
		1,
		{ baseUrl, phone: '={{ $json.phone }}', channelId: CHANNEL_ID, text: '={{ $json.text }}' },
		{ credentials },
	);

/**
 * @typedef {object} Sender a way to send one message to each of many recipients
 * @property {string} key
 * @property {string} label
 * @property {boolean} [sameText] all recipients get the same text; otherwise each gets a text of its own
 * @property {boolean} [sendsNothing]
 * @property {number} [maxRows] for one that is slow by design
 * @property {(baseUrl: string) => object} [node] the node under test; none for what runs outside n8n
 */

/** @type {Sender[]} */
export const SENDERS = [
	{ key: 'combined', label: '(a) NativeMsg, one text for all', sameText: true, node: nativeMsg({}) },
	{
		key: 'distinct10',
		label: '(b) NativeMsg, a text per row, Concurrency 10 (default)',
		node: nativeMsg({}),
	},
	{
		key: 'distinct50',
		label: '(b) NativeMsg, a text per row, Concurrency 50',
		node: nativeMsg({ concurrency: 50 }),
	},
	{ key: 'httpRequest', label: '(c) HTTP Request with the credential', node: httpRequest({}) },
	{
		key: 'httpBatching',
		label: '(d) HTTP Request, batches of 50, one per second',
		maxRows: 500,
		node: httpRequest({ batching: { batch: { batchSize: 50, batchInterval: 1000 } } }),
	},
	{ key: 'plain', label: '(e) Plain node, one call after the other', node: plainSend },
	{ key: 'floor', label: '(f) undici Pool, 50 connections, without n8n' },
	{
		key: 'nothing',
		label: 'n8n itself: a node that does nothing',
		sendsNothing: true,
		node: () => node(TESTED, 'n8n-nodes-base.noOp', 1, {}),
	},
];

/** The phone number of a row, with `+`. */
export function phoneOf(row) {
	return `+${FIRST_PHONE + row * PHONE_STEP}`;
}

/** The workflow that makes the rows and hands them to the node under test. */
export function sendingWorkflow({ label, sameText }, tested, rows) {
	const text = sameText ? "'Your table is ready.'" : '`Your table ${row} is ready.`';
	const jsCode = `return Array.from({ length: ${rows} }, (_, row) => ({
	json: { phone: '+' + (${FIRST_PHONE} + row * ${PHONE_STEP}), text: ${text} },
}));`;
	return chain(`${label}, ${rows} rows`, [
		node(START, 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Rows', 'n8n-nodes-base.code', 2, { jsCode }),
		tested,
	]);
}
