import fc from 'fast-check';
import { setImmediate as turn } from 'node:timers/promises';
import { inParallel } from '../../nodes/NativeMsg/message/inParallel';

test('inParallel works on all entries in order, and never on more than the limit at a time', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.nat(3), { maxLength: 12 }),
			fc.integer({ min: 1, max: 5 }),
			async (list, count) => {
				const begun: number[] = [];
				let underWay = 0;
				let peak = 0;
				await inParallel(
					list,
					count,
					async (turns, index) => {
						begun.push(index);
						expect(turns).toBe(list[index]);
						peak = Math.max(peak, ++underWay);
						for (let left = turns; left >= 0; left--) await turn();
						underWay--;
					},
					() => false,
				);
				expect(begun).toEqual([...list.keys()]);
				expect([peak, underWay]).toEqual([Math.min(count, list.length), 0]);
			},
		),
	);
});

test('inParallel starts nothing once the run is over', async () => {
	const begun: number[] = [];
	await inParallel(
		[0, 1, 2, 3],
		2,
		async (_entry, index) => {
			begun.push(index);
			await turn();
		},
		() => begun.length >= 3,
	);
	expect(begun).toEqual([0, 1, 2]);
});
