// The few pieces of Markdown that the generated parts are made of.
import { markdownTable, type MarkdownTableOptions } from 'markdown-table';

/** The library leaves what ends a cell to its caller. */
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table, whose cells may hold any text. */
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

/** A text as code, whatever it contains. */
export function code(text: string): string {
	return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

export function jsonBlock(value: unknown): string {
	return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

/** Where GitHub puts the anchor of a heading that occurs once in its page. */
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
