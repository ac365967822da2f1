import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(__dirname, '../../docs');

/** The pages of the documentation, by their paths below docs/. */
export const pages = (readdirSync(DOCS, { recursive: true }) as string[])
	.map((path) => path.replaceAll('\\', '/'))
	.filter((path) => path.endsWith('.md'))
	.sort();

export const images = readdirSync(join(DOCS, 'images')).map((name) => `images/${name}`);

export const textOf = (page: string) => readFileSync(join(DOCS, page), 'utf8');
