import { statSync } from 'node:fs';
import { join } from 'node:path';
import { remark } from 'remark';
import { visit } from 'unist-util-visit';
import { ROOT } from '../root';

/** `https:`, `mailto:`, and places in the same page. */
const LEADS_ELSEWHERE = /^([a-z]+:|#)/;

/**
 * Makes Markdown of the repository's root readable elsewhere, such as on npm: relative links and images lead to the files
 * of one version on GitHub.
 *
 * @param repository `owner/name`
 * @param tag such as `v1.2.3`
 * @throws Error if a link leads to a file that doesn't exist
 */
export function withPinnedLinks(markdown: string, repository: string, tag: string): string {
	const found: Array<{ at: number; url: string; pinned: string }> = [];
	visit(remark().parse(markdown), ['link', 'image', 'definition'], (node) => {
		if (!('url' in node) || LEADS_ELSEWHERE.test(node.url)) return;
		// The URL comes last in the link, after its text, which may be the same.
		const at = markdown.lastIndexOf(node.url, node.position!.end.offset);
		const base = node.type === 'image' ? rawFile(repository, tag) : shownFile(repository, tag, node.url);
		found.push({ at, url: node.url, pinned: `${base}/${node.url}` });
	});
	return found
		.sort((a, b) => b.at - a.at)
		.reduce(
			(text, { at, url, pinned }) => text.slice(0, at) + pinned + text.slice(at + url.length),
			markdown,
		);
}

const rawFile = (repository: string, tag: string) => `https://raw.githubusercontent.com/${repository}/${tag}`;

function shownFile(repository: string, tag: string, url: string): string {
	const kind = statSync(join(ROOT, url.split('#')[0])).isDirectory() ? 'tree' : 'blob';
	return `https://github.com/${repository}/${kind}/${tag}`;
}
