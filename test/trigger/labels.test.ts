import { NativeMsgTrigger } from '../../nodes/NativeMsgTrigger/NativeMsgTrigger.node';
import { subtitleOf } from '../support/subtitle';

/** n8n cuts longer labels of fields in its narrow panel. */
const MAX_LABEL = 26;

const trigger = new NativeMsgTrigger();
const { description } = trigger;

test('the canvas names events by what happened, as the form does', async () => {
	expect(await subtitleOf(trigger, { events: ['inboundMessage', 'read'] })).toBe(
		'message received, message read',
	);
	expect(await subtitleOf(trigger, { events: ['postback', 'deliveryReport', 'other'] })).toBe(
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
