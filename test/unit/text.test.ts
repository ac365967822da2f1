import { compareNames, withoutInvisible, wordOf } from '../../nodes/transport/text';

test.each([
	[
		'marks of the writing direction',
		'\u202a+1\u202c \u200e2\u200f \u2066 \u2068.\u2069 \u061c3',
		'+1 2  . 3',
	],
	['joiners and blanks without width', 'a\u200bb\u200cc\u200dd\u2060e', 'abcde'],
	['soft hyphens and the byte order mark', '\ufeffso\u00adft', 'soft'],
])('%s are removed from a value', (_what, text, rest) => {
	expect(withoutInvisible(text)).toBe(rest);
});

test('what can be seen stays in a value, blanks included', () => {
	expect(withoutInvisible(' Zoë\u00a0田中 – №\t1 ')).toBe(' Zoë\u00a0田中 – №\t1 ');
});

test('names are sorted like English words, whatever their case and accents', () => {
	const sorted = ['Åland', 'albania', 'Curaçao', 'Zambia'];
	expect([...sorted].reverse().sort(compareNames)).toEqual(sorted);
	expect(compareNames('Réunion', 'reunion')).toBe(0);
});

test.each<[text: string | null, word: string]>([
	[null, ''],
	[' ! ', '!'],
	['​1️⃣ Yes!', 'yes'],
	['#️⃣ Stop *\u20e3', 'stop'],
	['(2)', '2'],
	['Option 2.', 'option 2'],
	['«नमस्ते»', 'नमस्ते'],
	['opt\u2060 \u0600out', 'opt out'],
	...['opt  out', 'opt-out', 'opt\u2014out', 'opt\u2212out', 'opt_out', 'opt\tout'].map(
		(text): [string, string] => [text, 'opt out'],
	),
	...[...'‘’ʼ`´'].map((mark): [string, string] => [`Don${mark}t`, "don't"]),
])('the word of %j is %j', (text, word) => expect(wordOf(text)).toBe(word));
