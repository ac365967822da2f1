import type { INode, INodeParameters } from 'n8n-workflow';
import type { SandboxReport } from '../../../sandbox/server';
import { node } from '../../n8n/workflow';
import { SEND } from '../queue/workflows';

const NAME = 'Summer sale';
/**
 * How many recipients of personal messages a run may have claimed without a known outcome; docs/broadcasts.md has the
 * number.
 */
const MOST_CLAIMED = 99;
/** More than that, so that a combined request runs alone. */
const RECIPIENTS_PER_CALL = 100;

/** A way to send a broadcast. */
export interface Kind {
	name: string;
	/** How long the service takes to respond, in ms. */
	latencyMs: number;
	/** How many recipients may be unknown after a crash. */
	mostUnknown: number;
	/** The node under test, which takes items with `phone` and `name`. */
	node(): INode;
	/** How often requests named each recipient, by phone digits. */
	named(report: SandboxReport): Record<string, number>;
}

const nativeMsg = (text: string, options: INodeParameters) => () =>
	sendingNode('nativeMsg', 'NativeMsg account', {
		phones: '={{ $json.phone }}',
		channelId: { __rl: true, mode: 'id', value: '601' },
		text,
		broadcast: { broadcastName: NAME },
		options,
	});

export const KINDS: Kind[] = [
	{
		name: 'personal',
		latencyMs: 20,
		mostUnknown: MOST_CLAIMED,
		node: nativeMsg('=Hi {{ $json.name }}, our sale starts today.', {}),
		named: ({ named }) => named,
	},
	{
		name: 'combined',
		// A request serves many recipients, so it must take longer to be killed halfway.
		latencyMs: 200,
		mostUnknown: RECIPIENTS_PER_CALL,
		node: nativeMsg('Our sale starts today.', { recipientsPerCall: RECIPIENTS_PER_CALL }),
		named: ({ named }) => named,
	},
	{
		name: 'NativeMessage',
		latencyMs: 20,
		mostUnknown: MOST_CLAIMED,
		node: () =>
			sendingNode('nativeMsgOtt', 'NativeMessage account', {
				operation: 'sendSession',
				channelId: { __rl: true, mode: 'id', value: 'chan_telegram' },
				to: '={{ $json.phone }}',
				text: '=Hi {{ $json.name }}, our sale starts today.',
				broadcast: { broadcastName: NAME },
			}),
		// One recipient per request, so there are as many messages as names.
		named: ({ ott }) => ott.recipients,
	},
];

function sendingNode(type: string, credential: string, parameters: INodeParameters): INode {
	const sending = node(SEND, `n8n-nodes-nativemsg.${type}`, {
		parameters: { resource: 'message', ...parameters },
		credentials: { nativeMsgApi: credential },
	});
	return { ...sending, onError: 'continueErrorOutput' };
}
