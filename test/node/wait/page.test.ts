import fc from 'fast-check';
import type { DefaultTreeAdapterTypes } from 'parse5';
import { parse } from 'parse5';
import { HEADERS, questionPage, thanksPage } from '../../../nodes/operations/wait/page';
import type { Question } from '../../../nodes/operations/wait/question';
import { useFixture } from '../../support/fixture';
import { useWaitingN8n } from '../../support/waitingN8n';
import { ask, open, submit } from './asking';

const fixture = useFixture();
const waiting = useWaitingN8n();

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const isElement = (node: Node): node is Element => 'tagName' in node;

/** All elements of a page, in their order. */
function elementsOf(node: Node): Element[] {
	const children = 'childNodes' in node ? node.childNodes.flatMap(elementsOf) : [];
	return isElement(node) ? [node, ...children] : children;
}

function textOf(node: Node): string {
	if ('value' in node) return node.value;
	return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

const all = (html: string, tag: string) => elementsOf(parse(html)).filter(({ tagName }) => tagName === tag);
const texts = (html: string, tag: string) => all(html, tag).map(textOf);

/** Tags, attributes and everything else but the texts. */
const skeleton = (html: string) =>
	elementsOf(parse(html)).map(({ tagName, attrs }) => [
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

describe('the page', () => {
	it('shows every text as it was written, and nothing but texts, whatever they hold', () => {
		fc.assert(
			fc.property(anyQuestion, words, (question, text) => {
				const html = questionPage(question, { text, problem: text });
				expect(texts(html, 'title')).toEqual([question.title]);
				expect(texts(html, 'h1')).toEqual([question.title]);
				expect(texts(html, 'p')).toEqual([question.text, text]);
				expect(texts(html, 'button')).toEqual(question.choices);
				expect(texts(html, 'label')).toEqual([question.commentLabel]);
				expect(texts(html, 'textarea')).toEqual([text]);
				expect(skeleton(html)).toEqual(skeleton(questionPage(plain(question), { text: 'x', problem: 'x' })));
				const free = questionPage({ ...question, choices: [], commentLabel: undefined });
				expect(texts(free, 'button')).toEqual([question.submitLabel]);
				expect(texts(thanksPage(question), 'p')).toEqual([question.thanks]);
			}),
			{ numRuns: 300 },
		);
	});

	it('needs no script, loads nothing, and sends the reply to where it came from', () => {
		const question = {
			choices: ['Yes'],
			title: 'T',
			text: 'M',
			isApproval: true,
			submitLabel: '',
			thanks: '',
		};
		const html = questionPage(question);
		const tags = new Set(elementsOf(parse(html)).map(({ tagName }) => tagName));
		expect([...tags].filter((tag) => /script|link|img|iframe|object/.test(tag))).toEqual([]);
		expect(all(html, 'form').map(({ attrs }) => attrs)).toEqual([[{ name: 'method', value: 'post' }]]);
		expect(html).not.toMatch(/url\(|@import/);
		expect(html).toContain('prefers-color-scheme: dark');
		expect(html).toContain('width=device-width');
	});

	it("can't be cached, indexed, framed, or traced, also if a reply is refused or the question is closed", async () => {
		const asked = await ask(fixture, waiting.n8n);
		const [page, refused, thanks] = [
			await open(asked.link),
			await submit(asked.link),
			await submit(asked.link, { choice: '0' }),
		];
		expect([page, refused, thanks].map(({ status }) => status)).toEqual([200, 400, 200]);
		for (const { headers } of [page, refused, thanks]) {
			for (const [name, value] of Object.entries(HEADERS)) expect(headers.get(name)).toBe(value);
		}
		const policy = HEADERS['Content-Security-Policy'];
		expect(policy).toMatch(/default-src 'none'/);
		expect(policy).toMatch(/frame-ancestors 'none'/);
		expect(policy).not.toMatch(/script|unsafe/);
	});

	it("says in the person's language what the user writes in it", async () => {
		const asked = await ask(fixture, waiting.n8n, {
			responseType: 'freeText',
			options: {
				pageTitle: 'Tu respuesta',
				pageText: '¿Qué pasó?',
				submitLabel: 'Enviar',
				thankYouText: 'Gracias.',
			},
		});
		const { page } = await open(asked.link);
		expect([texts(page, 'h1'), texts(page, 'p'), texts(page, 'button')]).toEqual([
			['Tu respuesta'],
			['¿Qué pasó?'],
			['Enviar'],
		]);
		expect(texts((await submit(asked.link, { text: 'Nada' })).page, 'p')).toEqual(['Gracias.']);
	});
});
