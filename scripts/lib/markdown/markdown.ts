// The few pieces of Markdown that the generated parts are made of.

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** @param {string[]} head @param {string[][]} rows */
export function table(head, rows) {
	const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A text as code, whatever it contains. */
export function code(text) {
	return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** @param {unknown} value */
export function jsonBlock(value) {
	return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

/** Where GitHub puts the anchor of a heading that occurs once in its page. */
export function anchorOf(heading) {
	return `#${heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.replaceAll(' ', '-')}`;
}

/** `A`, `A or B`, `A, B or C`. */
export function either(texts) {
	return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}

/** A sentence with its full stop. */
export function sentence(text) {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}
