// The few Markdown elements that the generated parts consist of.
import { markdownTable, type MarkdownTableOptions } from 'markdown-table';

/** The library leaves escaping to its caller. */
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table, whose cells may contain any text. */
export function table(
	head: string[],
	rows: string[][],
	options: Pick<MarkdownTableOptions, 'align'> = {},
): string {
	return markdownTable(
		[head, ...rows].map((cells) => cells.map(cell)),
		options,
	);
}

/** Any text as inline code. */
export function code(text: string): string {
	return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

export function jsonBlock(value: unknown): string {
	return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

/** GitHub's anchor of a heading that is unique in its page. */
export function anchorOf(heading: string): string {
	return `#${heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.replaceAll(' ', '-')}`;
}

/** `A`, `A or B`, `A, B, or C`. */
export function either(texts: string[]): string {
	if (texts.length < 3) return texts.join(' or ');
	return `${texts.slice(0, -1).join(', ')}, or ${texts.at(-1)}`;
}

/** A sentence with its full stop. */
export function sentence(text: string): string {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}
