import { booleanOf, isBlank, isOn } from '../../nodes/operations/form/values';

test.each([
	'',
	' ',
	'\t\n',
	'\u00a0',
	'\u200b',
	'\u2060\ufeff',
	'\u3164',
	'\u2800',
	'\u0000\u007f',
	'\u0600',
	null,
	undefined,
])('%j is blank', (value) => {
	expect(isBlank(value)).toBe(true);
});

test.each(['a', ' a ', '0', '.', '\ud83d\ude00', 0, false, [], {}])('%j is not blank', (value) => {
	expect(isBlank(value)).toBe(false);
});

test.each(['perhaps', 'on', 'ja', '', ' ', 2, -1, null, undefined, [true], { value: true }, Number.NaN])(
	'%p is neither true nor false',
	(value) => {
		expect(booleanOf(value)).toBeUndefined();
		expect(isOn(value)).toBe(false);
	},
);

test.each([true, 'true', 'TRUE', ' Yes ', 1, '1'])('%p is on', (value) => expect(isOn(value)).toBe(true));

test.each([false, 'false', 'No', 0, '0'])('%p is off', (value) => {
	expect([booleanOf(value), isOn(value)]).toEqual([false, false]);
});
