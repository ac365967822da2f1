import { createRequire } from 'node:module';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { ROOT } from './root';

/** A folder, relative to the package's root. */
const FOLDER = join('.cache', 'texts');
/** The properties of a field, a choice, a hint, or a node that n8n shows. */
const SHOWN = ['displayName', 'name', 'description', 'hint', 'action', 'placeholder', 'message', 'subtitle'];
const EXAMPLES = 'examples';
const ISSUE = /^### `(.*)`$/gm;

type Text = [place: string, text: string];

/** Every text of a value that the editor shows, with its path. Names are keys if there is a label. */
function shownTexts(value: unknown, place: string): Text[] {
	if (typeof value !== 'object' || value === null) return [];
	const hasLabel = 'displayName' in value;
	return Object.entries(value).flatMap(([key, inner]): Text[] => {
		if (typeof inner !== 'string') return shownTexts(inner, `${place}.${key}`);
		return SHOWN.includes(key) && !(key === 'name' && hasLabel) ? [[`${place}.${key}`, inner]] : [];
	});
}

function formTexts(): Text[] {
	const require = createRequire(join(ROOT, 'package.json'));
	const { n8n } = require('./package.json') as { n8n: { nodes: string[]; credentials: string[] } };
	return [...n8n.nodes, ...n8n.credentials].flatMap((file) => {
		const [Class] = Object.values(
			require(join(ROOT, file)) as Record<string, new () => INodeType | ICredentialType>,
		);
		const built = new Class();
		return shownTexts('description' in built ? built.description : built, file);
	});
}

/** The sticky notes of the examples. */
function exampleTexts(): Text[] {
	const files = readdirSync(join(ROOT, EXAMPLES)).filter((file) => file.endsWith('.json'));
	return files.flatMap((file) => {
		const { nodes } = JSON.parse(readFileSync(join(ROOT, EXAMPLES, file), 'utf8')) as {
			nodes: Array<{ name: string; parameters: { content?: string } }>;
		};
		return nodes.flatMap(({ name, parameters: { content } }): Text[] =>
			content ? [[`${file}.${name}`, content.replaceAll('\n', ' ')]] : [],
		);
	});
}

/** The messages that the docs quote under "Common issues", each of which is produced by a test. */
function messages(): Text[] {
	const files = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.md'),
	);
	return files.flatMap((file) =>
		[...readFileSync(join(ROOT, 'docs', file), 'utf8').matchAll(ISSUE)].map(
			([, message]): Text => [file, message],
		),
	);
}

/**
 * Writes what people read outside of the docs as Markdown for prose linters: the built forms, the notes of the examples,
 * and the error messages. Each text is a paragraph under a heading with its place.
 *
 * @returns the folder
 */
export function writeReadableTexts(): string {
	const folder = join(ROOT, FOLDER);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	for (const [name, texts] of Object.entries({
		forms: formTexts(),
		examples: exampleTexts(),
		messages: messages(),
	})) {
		writeFileSync(
			join(folder, `${name}.md`),
			texts.map(([place, text]) => `## \`${place}\`\n\n${text}\n`).join('\n'),
		);
	}
	return FOLDER;
}
