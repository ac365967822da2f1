import { createHash } from 'node:crypto';
import { choiceIn, MAX_REPLY } from './reply';
import type { Question } from './question';

const STYLE = `
:root { color-scheme: light dark; --line: #8888; --main: #1664d9; }
body { margin: 0; font: 1.0625rem/1.5 system-ui, sans-serif; }
main { max-width: 32rem; margin: 0 auto; padding: 2rem 1.25rem; overflow-wrap: anywhere; }
h1 { margin: 0 0 1rem; font-size: 1.375rem; line-height: 1.25; }
p { margin: 0 0 1.25rem; white-space: pre-wrap; }
label { display: block; margin-bottom: .25rem; }
textarea, button { box-sizing: border-box; width: 100%; border-radius: .5rem; font: inherit; }
textarea { min-height: 7rem; margin-bottom: 1rem; padding: .75rem; border: 1px solid var(--line); }
button { min-height: 3rem; margin-bottom: .75rem; padding: .75rem 1rem; border: 1px solid var(--line);
	background: none; color: inherit; cursor: pointer; }
button.main { border-color: var(--main); background: var(--main); color: #fff; }
.problem { color: #c6261b; font-weight: 600; }
@media (prefers-color-scheme: dark) { .problem { color: #ff8a80; } }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Repeated in the page because n8n replaces this header in some responses. */
const META_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'`;

/** Sent with every page, so that it runs no scripts and can't be cached, indexed, framed, or leaked as a referrer. */
export const HEADERS: Record<string, string> = {
	'Content-Type': 'text/html; charset=utf-8',
	'Content-Security-Policy': `${META_POLICY}; frame-ancestors 'none'`,
	'Cache-Control': 'no-store',
	'Referrer-Policy': 'no-referrer',
	'X-Content-Type-Options': 'nosniff',
	'X-Robots-Tag': 'noindex, nofollow, noarchive',
};

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** A text, escaped for HTML. */
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]);

const paragraph = (text: string, kind = '') => `<p${kind} dir="auto">${escaped(text)}</p>`;

function page(title: string, content: string): string {
	return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${META_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow, noarchive">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1 dir="auto">${escaped(title)}</h1>
${content}
</main>
</body>
</html>
`;
}

function textField(label: string, text: string, isRequired: boolean): string {
	return `<label for="text" dir="auto">${escaped(label)}</label>
<textarea id="text" name="text" dir="auto" maxlength="${MAX_REPLY}"${isRequired ? ' required' : ''}>
${escaped(text)}</textarea>`;
}

function choiceButtons(question: Question, only: unknown): string {
	return question.choices
		.map((label, position) => {
			const kind = position === 0 && question.isApproval ? ' class="main"' : '';
			return `<button name="choice" value="${position}"${kind} dir="auto">${escaped(label)}</button>`;
		})
		.filter((_button, position) => only === undefined || String(position) === only)
		.join('\n');
}

/** What a form contains if it is shown again. */
export interface Entered {
	/** The position of the choice, if the link is for a single one. */
	only?: unknown;
	text?: string;
	/** Why the reply wasn't accepted. */
	problem?: string;
}

/** The page with the question. Its form posts to the page's own URL. */
export function questionPage(question: Question, { only, text = '', problem }: Entered = {}): string {
	const { title, text: asked, choices, commentLabel, submitLabel } = question;
	const isFreeText = choices.length === 0;
	const fields = [
		...(problem === undefined ? [] : [paragraph(problem, ' class="problem" role="alert"')]),
		...(isFreeText ? [textField(title, text, true)] : []),
		...(commentLabel === undefined ? [] : [textField(commentLabel, text, false)]),
		isFreeText
			? `<button class="main" dir="auto">${escaped(submitLabel)}</button>`
			: choiceButtons(question, choiceIn(question, only) === undefined ? undefined : only),
	];
	return page(title, `${paragraph(asked)}\n<form method="post">\n${fields.join('\n')}\n</form>`);
}

/** The page after a reply. */
export const thanksPage = ({ title, thanks }: Question) => page(title, paragraph(thanks));

/** The page for a question that no longer accepts replies. */
export const closedPage = (why: string) => page('This question is closed', paragraph(why));
