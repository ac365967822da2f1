import type { INodeParameters } from 'n8n-workflow';
import { useWiredFixture } from '../../campaigns/faults/wiredFixture';
import { useKeptByN8n } from '../../support/keptByN8n';
import type { NodeRun } from '../../support/engine';
import { inOrder, jsonOf, pairsOf, phone, phoneItems, toPhones, withOptions } from '../broadcast/messages';

const fixture = useWiredFixture();
const kept = useKeptByN8n();

const named = (options: INodeParameters = {}) => withOptions(toPhones, { broadcastName: 'sale', ...options });
const apart = (options: INodeParameters = {}) => named({ combineItems: false, ...options });
const toSessions: INodeParameters = {
	resource: 'message',
	operation: 'sendSession',
	channelId: 'chan_telegram',
	to: '={{ $json.phone }}',
	text: 'Hello',
	options: { broadcastName: 'sale' },
};

const KINDS: Array<[string, NodeRun]> = [
	['messages of their own', { parameters: apart() }],
	['combined messages', { parameters: named() }],
	['OTT messages', { parameters: toSessions, node: 'nativeMsgOtt' }],
];

const run = (one: NodeRun) => (one.node === 'nativeMsgOtt' ? fixture.ott : fixture.engine).run(one);

function timesSent(one: NodeRun): Record<string, number> {
	const { recipients, ott } = fixture.sandbox.report();
	return one.node === 'nativeMsgOtt' ? ott.recipients : recipients;
}

const once = (count: number) =>
	Object.fromEntries(Array.from({ length: count }, (_unused, index) => [phone(index).slice(1), 1]));

describe('a broadcast with a name', () => {
	test.each(KINDS)('sends %s once, however often it runs', async (_name, one) => {
		const first = await run({ ...one, items: phoneItems(30) });
		expect(first.error).toBeUndefined();
		const second = await run({ ...one, items: phoneItems(40) });
		expect(second.error).toBeUndefined();
		expect(pairsOf(second.success)).toEqual(inOrder(40));
		expect(jsonOf(second.success).map(({ skipped }) => skipped ?? false)).toEqual(
			Array.from({ length: 40 }, (_unused, index) => index < 30),
		);
		expect(second.success[0].json).toMatchObject({
			skipped: true,
			skippedReason: `"sale" was already sent to ${phone(0)}`,
			skippedRecipients: [phone(0)],
			broadcastName: 'sale',
		});
		expect(timesSent(one)).toEqual(once(40));
		expect(kept.size()).toBe(40);
	});
});
