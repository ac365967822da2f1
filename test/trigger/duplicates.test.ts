import fc from 'fast-check';
import * as duplicates from '../../nodes/NativeMsgTrigger/duplicates';
import { memoryToStore } from '../../nodes/NativeMsgTrigger/duplicates';

const HOUR = 3_600_000;
let webhooks = 0;
const isFirst = (key: string, webhook: string, stored: string | undefined, windowMs: number, now: number) =>
	duplicates.isFirst({ key, windowMs }, webhook, stored, now);
const newWebhook = () => `webhook ${++webhooks}`;

test('each event is new exactly once, in any interleaving', () => {
	const deliveries = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 60 });
	fc.assert(
		fc.property(deliveries, (identities) => {
			const webhook = newWebhook();
			const started = identities.filter((identity) => isFirst(identity, webhook, undefined, HOUR, 1000));
			expect(started.sort()).toEqual([...new Set(identities)].sort());
		}),
	);
});

test('this process recognizes duplicates among concurrent deliveries that loaded the same stored memory', () => {
	const webhook = newWebhook();
	expect([1, 2, 3].map(() => isFirst('a', webhook, undefined, HOUR, 1000))).toEqual([true, false, false]);
});

test('the stored memory recognizes duplicates after a restart', () => {
	const webhook = newWebhook();
	expect(isFirst('a', webhook, undefined, HOUR, 1000)).toBe(true);
	const stored = memoryToStore(webhook);
	expect(isFirst('a', newWebhook(), stored, HOUR, 2000)).toBe(false);
	expect(isFirst('a', newWebhook(), stored, HOUR, 1000 + HOUR)).toBe(true);
});

test('an event that another process overwrote is stored again with the next delivery', () => {
	const [here, there] = [newWebhook(), newWebhook()];
	isFirst('a', here, undefined, HOUR, 1);
	isFirst('b', there, undefined, HOUR, 2);
	const overwritten = memoryToStore(there);
	isFirst('c', here, overwritten, HOUR, 3);
	expect(memoryToStore(here)).toBe('a 1\nb 2\nc 3');
});

test('a third process eventually knows what two processes wrote in any interleaving', () => {
	const delivery = fc.record({
		process: fc.constantFrom(0, 1),
		identity: fc.constantFrom('a', 'b', 'c', 'd'),
	});
	fc.assert(
		fc.property(fc.array(delivery, { minLength: 1, maxLength: 30 }), (deliveries) => {
			const processes = [newWebhook(), newWebhook()];
			let stored: string | undefined;
			deliveries.forEach(({ process, identity }, at) => {
				if (isFirst(identity, processes[process], stored, HOUR, at)) {
					stored = memoryToStore(processes[process]);
				}
			});
			const third = newWebhook();
			for (const { identity } of deliveries) {
				expect(isFirst(identity, third, stored, HOUR, deliveries.length)).toBe(false);
			}
		}),
	);
});

test('an event that is repeated after the window counts as new', () => {
	const webhook = newWebhook();
	expect(isFirst('a', webhook, undefined, HOUR, 0)).toBe(true);
	expect(isFirst('a', webhook, undefined, HOUR, HOUR - 1)).toBe(false);
	expect(isFirst('a', webhook, undefined, HOUR, HOUR)).toBe(true);
});

test('a restarted process knows the later time of an event that arrived again after the window', () => {
	const webhook = newWebhook();
	isFirst('a', webhook, undefined, HOUR, 0);
	isFirst('a', webhook, undefined, HOUR, HOUR);
	expect(isFirst('a', newWebhook(), memoryToStore(webhook), HOUR, HOUR + 1)).toBe(false);
});

test('a window of 0 recognizes no duplicates', () => {
	const webhook = newWebhook();
	expect([1, 2, 3].map(() => isFirst('a', webhook, undefined, 0, 1000))).toEqual([true, true, true]);
});

test('each webhook has its own memory', () => {
	expect([newWebhook(), newWebhook()].map((webhook) => isFirst('a', webhook, undefined, HOUR, 1000))).toEqual(
		[true, true],
	);
});

test('the stored memory stays small and keeps the latest events, and the process knows the others', () => {
	const webhook = newWebhook();
	let stored: string | undefined;
	for (let index = 0; index < 2000; index++) {
		isFirst(`event${index}`, webhook, stored, HOUR, index);
		if (index % 7 === 0 || index === 1999) stored = memoryToStore(webhook);
	}
	const kept = Array.from({ length: 500 }, (_, index) => `event${1500 + index} ${1500 + index}`);
	expect(stored?.split('\n')).toEqual(kept);
	expect(isFirst('event0', webhook, stored, HOUR, 2000)).toBe(false);
});

test('a process knows the last 100,000 events of a webhook', () => {
	const webhook = newWebhook();
	for (let index = 0; index < 100_000; index++) isFirst(`event${index}`, webhook, undefined, HOUR, index);
	expect(isFirst('event0', webhook, undefined, HOUR, HOUR - 1)).toBe(false);
	expect(isFirst('one more', webhook, undefined, HOUR, HOUR - 1)).toBe(true);
	expect(isFirst('event1', webhook, undefined, HOUR, HOUR - 1)).toBe(false);
	expect(isFirst('event0', webhook, undefined, HOUR, HOUR - 1)).toBe(true);
});

test('an event with a short window leaves those with a longer one in memory', () => {
	const webhook = newWebhook();
	isFirst('with proof', webhook, undefined, HOUR, 0);
	isFirst('without', webhook, undefined, 10, 1_000);
	expect(isFirst('without', webhook, undefined, 10, 1_009)).toBe(false);
	expect(isFirst('without', webhook, undefined, 10, 1_010)).toBe(true);
	expect(isFirst('with proof', webhook, undefined, HOUR, 1_010)).toBe(false);
});

test('a process knows the hundred webhooks that were used last', () => {
	const useOthers = (count: number) => {
		for (let index = 0; index < count; index++) memoryToStore(newWebhook());
	};
	const webhook = newWebhook();
	isFirst('a', webhook, undefined, HOUR, 0);
	useOthers(99);
	expect(isFirst('a', webhook, undefined, HOUR, 1)).toBe(false);
	useOthers(100);
	expect(isFirst('a', webhook, undefined, HOUR, 1)).toBe(true);
});

test('the oldest event is dropped first, no matter in what order other processes wrote the events', () => {
	const webhook = newWebhook();
	const lines = Array.from({ length: 501 }, (_, index) => `event${index} ${index}`);
	isFirst('newest', webhook, [...lines].reverse().join('\n'), HOUR, 1000);
	expect(memoryToStore(webhook).split('\n')).toEqual([...lines.slice(2), 'newest 1000']);
});

test('a stored event changes nothing if the same or a later time is known', () => {
	const webhook = newWebhook();
	isFirst('a', webhook, undefined, HOUR, 5);
	isFirst('b', webhook, 'a 5', HOUR, 6);
	isFirst('c', webhook, 'a 1', HOUR, 7);
	expect(memoryToStore(webhook)).toBe('a 5\nb 6\nc 7');
	expect(isFirst('a', webhook, undefined, HOUR, HOUR + 4)).toBe(false);
});
