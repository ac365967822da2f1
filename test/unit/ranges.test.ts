import fc from 'fast-check';
import { itemsWere, packed, rangesOf, unpacked } from '../../nodes/operations/run/ranges';

test('any ascending numbers are the same after they were packed as ranges', () => {
	const numbers = fc.uniqueArray(fc.nat(60), { minLength: 1 }).map((list) => list.sort((a, b) => a - b));
	fc.assert(fc.property(numbers, (list) => expect(unpacked(packed(rangesOf(list)))).toEqual(list)));
});

test.each<[number[], string]>([
	[[7], 'item 7 was'],
	[[3, 4], 'items 3-4 were'],
	[[3, 5], 'items 3 and 5 were'],
	[[0, 1, 2, 14, 20, 21], 'items 0-2, 14, and 20-21 were'],
])('the items %j are named in a sentence as: %s', (list, text) => {
	expect(itemsWere(list)).toBe(text);
});

test('a sentence names fifty ranges and counts the rest', () => {
	const odd = Array.from({ length: 60 }, (_unused, index) => 2 * index + 1);
	expect(itemsWere(odd)).toMatch(/^items 1, 3, .*, 97, 99, and 10 more were$/);
});
