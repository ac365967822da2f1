const startOf = (name: string) => `<!-- ${name}: start -->`;
const endOf = (name: string) => `<!-- ${name}: end -->`;

/** A part of a Markdown file that `npm run generate` writes. */
export function marked(name: string, content: string): string {
	return `${startOf(name)}\n\n${content}\n\n${endOf(name)}`;
}

/** Where a marked part begins; undefined if the file has none of that name. */
export function markedAt(text: string, name: string): number | undefined {
	const position = text.indexOf(startOf(name));
	return position < 0 ? undefined : position;
}

/** The names of the marked parts of a file that begin with a text. */
export function markedNames(text: string, beginning: string): string[] {
	return [...text.matchAll(/<!-- (.+): start -->/g)]
		.map(([, name]) => name)
		.filter((name) => name.startsWith(beginning));
}

/**
 * Replaces a marked part of a file.
 *
 * @throws Error if the file has no such part
 */
export function withMarked(text: string, name: string, content: string): string {
	const [before, rest] = text.split(startOf(name));
	const after = rest?.split(endOf(name))[1];
	if (after === undefined) throw new Error(`There are no comments ${startOf(name)} and ${endOf(name)}`);
	return before + marked(name, content) + after;
}
