import fc from 'fast-check';
import type { Seen } from '../../nodes/NativeMsgTrigger/duplicates';
import { isFirst, withLatest } from '../../nodes/NativeMsgTrigger/duplicates';

const HOUR = 3_600_000;
let webhooks = 0;
const newWebhook = () => `webhook ${++webhooks}`;

test('in any interleaving each event is new exactly once', () => {
	const deliveries = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 60 });
	fc.assert(
		fc.property(deliveries, (identities) => {
			const webhook = newWebhook();
			const stored: Seen = {};
			const started = identities.filter((identity) => isFirst(identity, webhook, stored, HOUR, 1000));
			expect(started.sort()).toEqual([...new Set(identities)].sort());
		}),
	);
});

test('deliveries side by side that loaded the same stored memory are told apart by this process', () => {
	const webhook = newWebhook();
	const copies: Seen[] = [{}, {}, {}];
	expect(copies.map((stored) => isFirst('a', webhook, stored, HOUR, 1000))).toEqual([true, false, false]);
});

test('after a restart the stored memory tells', () => {
	const webhook = newWebhook();
	expect(isFirst('a', webhook, {}, HOUR, 1000)).toBe(true);
	const stored = JSON.parse(JSON.stringify(withLatest(webhook, {}, HOUR, 1000))) as Seen;
	expect(isFirst('a', newWebhook(), stored, HOUR, 2000)).toBe(false);
});

test('what another process overwrote comes back with the next delivery', () => {
	const [here, there] = [newWebhook(), newWebhook()];
	isFirst('a', here, {}, HOUR, 1);
	isFirst('b', there, {}, HOUR, 2);
	const overwritten = withLatest(there, {}, HOUR, 2);
	isFirst('c', here, overwritten, HOUR, 3);
	expect(Object.keys(withLatest(here, overwritten, HOUR, 3)).sort()).toEqual(['a', 'b', 'c']);
});

test('what is repeated after the window counts as new', () => {
	const webhook = newWebhook();
	const stored: Seen = {};
	expect(isFirst('a', webhook, stored, HOUR, 0)).toBe(true);
	expect(isFirst('a', webhook, stored, HOUR, HOUR - 1)).toBe(false);
	expect(isFirst('a', webhook, stored, HOUR, HOUR)).toBe(true);
});

test('a window of 0 lets everything through', () => {
	const webhook = newWebhook();
	expect([1, 2, 3].map(() => isFirst('a', webhook, {}, 0, 1000))).toEqual([true, true, true]);
});

test('another webhook has a memory of its own', () => {
	expect([newWebhook(), newWebhook()].map((webhook) => isFirst('a', webhook, {}, HOUR, 1000))).toEqual([
		true,
		true,
	]);
});

test('the stored memory stays small and keeps the latest; the process knows the others', () => {
	const webhook = newWebhook();
	let stored: Seen = {};
	for (let index = 0; index < 2000; index++) {
		isFirst(`event ${index}`, webhook, stored, HOUR, index);
		if (index % 7 === 0 || index === 1999) stored = withLatest(webhook, stored, HOUR, index);
	}
	const kept = Array.from({ length: 500 }, (_, index) => `event ${1500 + index}`);
	expect(Object.keys(stored)).toEqual(kept);
	expect(isFirst('event 0', webhook, stored, HOUR, 2000)).toBe(false);
});

test('what is older than the window is not stored', () => {
	const webhook = newWebhook();
	isFirst('a', webhook, {}, HOUR, 0);
	isFirst('b', webhook, {}, HOUR, HOUR);
	expect(withLatest(webhook, { c: 0, d: 1 }, HOUR, HOUR)).toEqual({ b: HOUR, d: 1 });
});
