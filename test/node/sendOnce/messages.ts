import type { INodeParameters } from 'n8n-workflow';
import type { Fixture } from '../../support/fixture';
import type { NodeOutcome, NodeRun } from '../../support/engine';
import { phone, toPhones } from '../broadcast/messages';

/** The name of a broadcast and other settings, each in its group. */
function settings(chosen: INodeParameters): INodeParameters {
	const { broadcastName = 'sale', keptRecipients, sendUnknownAgain, ...options } = chosen;
	const others = Object.entries({ keptRecipients, sendUnknownAgain }).filter(
		([, value]) => value !== undefined,
	);
	return { broadcast: { broadcastName, ...Object.fromEntries(others) } as INodeParameters, options };
}

/** Combined messages of one name. */
export const named = (chosen: INodeParameters = {}): INodeParameters => ({
	...toPhones,
	...settings(chosen),
});

/** Messages of one name, each in a separate request. */
export const apart = (chosen: INodeParameters = {}) => named({ combineItems: false, ...chosen });

/** OTT messages of one name. */
export const toSessions = (chosen: INodeParameters = {}): INodeParameters => ({
	resource: 'message',
	operation: 'sendSession',
	channelId: 'chan_telegram',
	to: '={{ $json.phone }}',
	text: 'Hello',
	...settings(chosen),
});

/** The kinds of messages that differ in how their requests are made. */
export const KINDS: Array<[string, NodeRun['node'], (options?: INodeParameters) => INodeParameters]> = [
	['messages of their own', 'nativeMsg', apart],
	['combined messages', 'nativeMsg', named],
	['OTT messages', 'nativeMsgOtt', toSessions],
];

export function runOn({ engine, ott }: Pick<Fixture, 'engine' | 'ott'>, run: NodeRun): Promise<NodeOutcome> {
	return (run.node === 'nativeMsgOtt' ? ott.guide : engine).run(run);
}

/** How often each recipient got a message. */
export function timesSent(
	{ sandbox }: Pick<Fixture, 'sandbox'>,
	node: NodeRun['node'],
): Record<string, number> {
	const { recipients, ott } = sandbox.report();
	return node === 'nativeMsgOtt' ? ott.recipients : recipients;
}

/** What the sandbox counts when each of the first people got one message, except some. */
export const onceEach = (count: number, ...without: number[]) =>
	Object.fromEntries(
		Array.from({ length: count }, (_unused, index) => index)
			.filter((index) => !without.includes(index))
			.map((index) => [phone(index).slice(1), 1]),
	);
