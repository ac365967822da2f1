import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { closedPage, HEADERS, questionPage, thanksPage } from '../../nodes/operations/wait/page';
import type { Question } from '../../nodes/operations/wait/question';
import { attributes, elementsOf, texts } from '../support/html';
import { question } from '../support/question';

/** Tags, attributes and everything else but the texts. */
const skeleton = (html: string) =>
	elementsOf(html).map(({ tagName, attrs }) => [
		tagName,
		...attrs.map(({ name, value }) => `${name}=${value}`),
	]);

const HOSTILE = [
	'</title><script>alert(1)</script>',
	'"><img src=x onerror=alert(1)>',
	"' autofocus onfocus='alert(1)",
	'</textarea><form action="https://evil.example.com">',
	'&lt;b&gt; &amp; &#39;',
	'</style><style>*{display:none}',
	'<!-- -->',
	'\u202eevil',
	'{{ $env.SECRET }}',
];

/** Without what HTML itself changes: line breaks at the start of a text area, carriage returns, and no characters. */
const words = fc
	.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme', minLength: 1 }))
	.map((text) => text.replace(/[\0\r\n\f]/g, ' '));

const anyQuestion = fc.record<Question>({
	title: words,
	text: words,
	choices: fc.array(words, { minLength: 1, maxLength: 20 }),
	isApproval: fc.boolean(),
	commentLabel: words,
	submitLabel: words,
	thanks: words,
});

const plain = (question: Question): Question => ({
	...question,
	title: 'x',
	text: 'x',
	choices: question.choices.map(() => 'x'),
	commentLabel: 'x',
	submitLabel: 'x',
	thanks: 'x',
});

test('every text is shown as it was written, and nothing but texts, whatever they hold', () => {
	fc.assert(
		fc.property(anyQuestion, words, (asked, text) => {
			const html = questionPage(asked, { text, problem: text });
			expect(texts(html, 'title')).toEqual([asked.title]);
			expect(texts(html, 'h1')).toEqual([asked.title]);
			expect(texts(html, 'p')).toEqual([asked.text, text]);
			expect(texts(html, 'button')).toEqual(asked.choices);
			expect(texts(html, 'label')).toEqual([asked.commentLabel]);
			expect(texts(html, 'textarea')).toEqual([text]);
			expect(skeleton(html)).toEqual(skeleton(questionPage(plain(asked), { text: 'x', problem: 'x' })));
			const free = questionPage({ ...asked, choices: [], commentLabel: undefined });
			expect(texts(free, 'button')).toEqual([asked.submitLabel]);
			expect(texts(thanksPage(asked), 'p')).toEqual([asked.thanks]);
		}),
		{ numRuns: 300 },
	);
});

test('the page needs no script, loads nothing, and sends the reply to where it came from', () => {
	const html = questionPage(question);
	const tags = new Set(elementsOf(html).map(({ tagName }) => tagName));
	expect([...tags].filter((tag) => /script|link|img|iframe|object/.test(tag))).toEqual([]);
	expect(attributes(html, 'form')).toEqual([{ method: 'post' }]);
	expect(html).not.toMatch(/url\(|@import/);
	expect(html).toContain('prefers-color-scheme: dark');
	expect(html).toContain('width=device-width');
});

test('its policy allows its own style and nothing else, in the header and in the page', () => {
	const html = questionPage(question);
	const [style] = texts(html, 'style');
	const hash = createHash('sha256').update(style).digest('base64');
	const policy = `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'`;
	expect(HEADERS['Content-Security-Policy']).toBe(`${policy}; frame-ancestors 'none'`);
	expect(attributes(html, 'meta')).toContainEqual({
		'http-equiv': 'Content-Security-Policy',
		content: policy,
	});
});

test('it is not cached, indexed, or traced', () => {
	expect(HEADERS).toMatchObject({
		'Content-Type': 'text/html; charset=utf-8',
		'Cache-Control': 'no-store',
		'Referrer-Policy': 'no-referrer',
		'X-Content-Type-Options': 'nosniff',
	});
	expect(HEADERS['X-Robots-Tag'].split(', ').sort()).toEqual(['noarchive', 'nofollow', 'noindex']);
});

const button = (position: number) => ({ name: 'choice', value: String(position), dir: 'auto' });

test('the first choice stands out if it approves', () => {
	const html = questionPage(question);
	expect(attributes(html, 'button')).toEqual([{ ...button(0), class: 'main' }, button(1)]);
	expect(attributes(questionPage({ ...question, isApproval: false }), 'button')).toEqual([
		button(0),
		button(1),
	]);
	expect(texts(html, 'textarea')).toEqual([]);
	expect(attributes(html, 'p')).toEqual([{ dir: 'auto' }]);
});

test.each<[only: unknown, labels: string[]]>([
	['1', ['No']],
	['0', ['Yes']],
	['2', ['Yes', 'No']],
	[['1'], ['Yes', 'No']],
	[undefined, ['Yes', 'No']],
])('the link of choice %j offers %j', (only, labels) => {
	expect(texts(questionPage(question, { only }), 'button')).toEqual(labels);
});

test('a comment may be left out, a free text may not', () => {
	const commented = questionPage({ ...question, commentLabel: 'Why?' });
	const area = { id: 'text', name: 'text', dir: 'auto', maxlength: '2000' };
	expect([texts(commented, 'label'), attributes(commented, 'label')]).toEqual([
		['Why?'],
		[{ for: 'text', dir: 'auto' }],
	]);
	expect(attributes(commented, 'textarea')).toEqual([area]);
	const free = questionPage({ ...question, choices: [] });
	expect(texts(free, 'label')).toEqual(['Please']);
	expect(attributes(free, 'textarea')).toEqual([{ ...area, required: '' }]);
	expect(texts(free, 'textarea')).toEqual(['']);
	expect(attributes(free, 'button')).toEqual([{ class: 'main', dir: 'auto' }]);
});

test('a problem is read aloud', () => {
	const html = questionPage(question, { problem: 'Please choose one.' });
	expect([texts(html, 'p'), attributes(html, 'p')]).toEqual([
		['Lunch?', 'Please choose one.'],
		[{ dir: 'auto' }, { class: 'problem', role: 'alert', dir: 'auto' }],
	]);
});

test('a closed question says why', () => {
	const html = closedPage('Too late.');
	expect([texts(html, 'h1'), texts(html, 'p')]).toEqual([['This question is closed'], ['Too late.']]);
	expect(texts(thanksPage(question), 'h1')).toEqual(['Please']);
});
