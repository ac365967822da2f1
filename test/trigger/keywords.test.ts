import fc from 'fast-check';
import { eventsOf } from '../../nodes/NativeMsgTrigger/events';
import { keywordIn, type OwnWords } from '../../nodes/NativeMsgTrigger/keywords';
import { wordOf } from '../../nodes/transport/text';

const NONE: OwnWords = { optOut: [], optIn: [] };
const keywordOf = (text: string | null, own = NONE) => keywordIn([text], own, false);

const STOP = [
	...['stop', 'quit', 'end', 'revoke', 'opt out', 'optout', 'opt-out', 'cancel', 'unsubscribe'],
	...['stopall', 'stop all'],
];
const HELP = ['help', 'info'];
const START = ['start', 'unstop', 'subscribe'];
const ALL = [...STOP, ...HELP, ...START];

const meaningOf = (word: string) => (STOP.includes(word) ? 'STOP' : HELP.includes(word) ? 'HELP' : 'START');

test.each(ALL)('%s counts, in any case', (word) => {
	const meaning = meaningOf(word);
	for (const text of [word, word.toUpperCase(), word[0].toUpperCase() + word.slice(1)])
		expect(keywordOf(text)).toBe(meaning);
});

test.each([
	['\u201cSTOP\u201d', 'STOP'],
	['\u2018Stop\u2019', 'STOP'],
	['\u00abstop\u00bb', 'STOP'],
	['\u02bcstop\u02bc', 'STOP'],
	['stop,', 'STOP'],
	['stop\u2026', 'STOP'],
	['Stop...', 'STOP'],
	['*STOP*', 'STOP'],
	['_stop_', 'STOP'],
	['STOP!!! \u{1f621}', 'STOP'],
	['\u{1f6d1}\ufe0f STOP \u{1f468}\u{1f3fd}\u200d\u{1f4bb}', 'STOP'],
	['1\ufe0f\u20e3 stop', 'STOP'],
	['(stop)', 'STOP'],
	['stop :)', 'STOP'],
	['\uff33\uff34\uff2f\uff30', 'STOP'],
	['\uff0a\uff33top\uff01', 'STOP'],
	['S\u200bT\u00adOP\u202c', 'STOP'],
	['\u00a0STOP\u3000', 'STOP'],
	['\u{1d412}\u{1d413}\u{1d40e}\u{1d40f}', 'STOP'],
	['Opt\u2013Out', 'STOP'],
	['opt \u2014 out.', 'STOP'],
	['OPT\u00a0OUT', 'STOP'],
	['opt_out', 'STOP'],
	['OPT\u2212OUT', 'STOP'],
	['\u201cHelp?\u201d', 'HELP'],
	['Unstop \u{1f64f}', 'START'],
	['please stop', null],
	['stop please', null],
	['stopwatch', null],
	['stop 2', null],
	['1stop', null],
	['s t o p', null],
	['stop start', null],
	['sto\u0301p', null],
	['\u0441top', null],
	['stoppa', null],
	['yes', null],
	['', null],
	['...', null],
	[null, null],
])('the keyword of %j is %j', (text, keyword) => expect(keywordOf(text)).toBe(keyword));

/** What people put around a word: everything but letters, digits, and marks that change a letter. */
const around = fc.string({
	unit: fc.oneof(
		fc.constantFrom(...' .,;:!?\u2026\'"*_~-()[]<>/\\|@&%$+=^`\n\t'),
		fc.constantFrom(
			...'\u201c\u201d\u2018\u2019\u201e\u00ab\u00bb\u2039\u203a\u300c\u300d\uff0c\uff01\uff1f\u3002\u3001',
		),
		fc.constantFrom(
			'\u{1f621}',
			'\u{1f44d}\u{1f3fd}',
			'\u2764\ufe0f',
			'\u{1f1fa}\u{1f1f8}',
			'\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
			'3\ufe0f\u20e3',
			'\u00ae',
			'\u2122',
		),
		fc.constantFrom(
			'\u00a0',
			'\u2003',
			'\u3000',
			'\u200b',
			'\u200e',
			'\u200f',
			'\u202a',
			'\u202c',
			'\u2060',
			'\ufeff',
			'\u00ad',
			'\u034f',
			'\ufe0f',
		),
	),
	maxLength: 12,
});
const invisible = fc.constantFrom('', '', '', '\u200b', '\u00ad', '\u2060', '\ufeff', '\u200d');
/** A word as people type it: any case, full width or not, invisible marks between its letters. */
const typed = (word: string) =>
	fc
		.array(fc.record({ isUpper: fc.boolean(), isWide: fc.boolean(), mark: invisible }), {
			minLength: word.length,
			maxLength: word.length,
		})
		.map((ways) =>
			[...word]
				.map((letter, index) => {
					const { isUpper, isWide, mark } = ways[index];
					const cased = isUpper ? letter.toUpperCase() : letter;
					const wide = isWide && /[a-z]/i.test(cased);
					return (wide ? String.fromCharCode(cased.charCodeAt(0) + 0xfee0) : cased) + mark;
				})
				.join(''),
		);

test('nothing that people put around a keyword hides it', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...ALL).chain((word) => fc.tuple(fc.constant(word), typed(word))),
			around,
			around,
			([word, text], before, after) => {
				expect(keywordOf(before + text + after)).toBe(meaningOf(word));
			},
		),
		{ numRuns: 2000 },
	);
});

test('no text with another letter or digit in it becomes a keyword', () => {
	const letter = fc.oneof(
		fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'),
		fc.constantFrom(
			'\u00e9',
			'\u0301',
			'\u00df',
			'\u0131',
			'\u0430',
			'\u3042',
			'\u4e2d',
			'\u0661',
			'\uff41',
			'\u00b2',
		),
	);
	const known = new Set(ALL.map((word) => word.replace(/[ -]/g, '')));
	fc.assert(
		fc.property(fc.constantFrom(...ALL), fc.nat(), letter, around, (word, place, extra, gap) => {
			const at = place % (word.length + 1);
			// Beside the word a gap may come between: "stop, x".
			const isBeside = at === 0 || at === word.length;
			const inserted = isBeside ? (at === 0 ? extra + gap : gap + extra) : extra;
			const text = word.slice(0, at) + inserted + word.slice(at);
			const letters = wordOf(text).replace(/[ ]/g, '');
			fc.pre(!known.has(letters));
			expect(keywordOf(text)).toBeNull();
		}),
		{ numRuns: 2000 },
	);
});

test.each([
	['punctuation before a letter', `${'!'.repeat(1_000_000)}a!`],
	['punctuation after a letter', `a${'!'.repeat(1_000_000)}`],
	['boxed digits', '1\u20e3'.repeat(500_000)],
	['words', 'stop '.repeat(200_000)],
])('a text of a megabyte is read before the test is out of time: %s', (_what, text) =>
	expect(keywordOf(text)).toBeNull(),
);

test.each([
	['Stop', 'MENU_4', 'STOP'],
	['No more messages', 'STOP', 'STOP'],
	['Keep me subscribed', 'opt_out', 'STOP'],
	['Start', 'STOP', 'STOP'],
	['STOP', 'START', 'STOP'],
	['Help me', 'HELP', 'HELP'],
	['Come back', 'START', 'START'],
])('a button with the title %j and the payload %j means %s', (text, payload, keyword) => {
	const record = { messageType: 'I', message: { text, payload } };
	expect(eventsOf('nativeMsg', record, NONE)![0]).toMatchObject({ event: 'postback', keyword });
});

test.each([
	[false, 'START'],
	['false', 'START'],
	['False', 'START'],
	[true, null],
	['true', null],
	[undefined, null],
	['{nm:subscribed}', null],
])('"Yes!" from a contact with subscribed: %j in the event means %j', (subscribed, keyword) => {
	const record = { messageType: 'I', message: { text: 'Yes!' }, subscribed };
	expect(eventsOf('nativeMsg', record, NONE)![0].keyword).toBe(keyword);
});

describe('words of your own', () => {
	const own = {
		optOut: ['ARRÊT', 'Baja', 'No more', "Plus d'SMS", 'iptal', 'Straße', '停止', 'ΤΕΛΟΣ'].map(wordOf),
		optIn: ['Alta', 'yes', 'stop'].map(wordOf),
	};

	test.each([
		['arrêt', 'STOP'],
		['« Arre\u0302t ! »', 'STOP'],
		['ARRET', null],
		['BAJA.', 'STOP'],
		['no  MORE!', 'STOP'],
		['No, more', null],
		['plus d\u2019sms', 'STOP'],
		['İPTAL', 'STOP'],
		['IPTAL', 'STOP'],
		['STRASSE', 'STOP'],
		['停止。', 'STOP'],
		['Τέλος', null],
		['τελος', 'STOP'],
		['bajada', null],
		['alta', 'START'],
		['Yes', 'START'],
		['stop', 'STOP'],
	])('%j means %j', (text, keyword) => expect(keywordOf(text, own)).toBe(keyword));
});
