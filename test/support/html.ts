import type { DefaultTreeAdapterTypes } from 'parse5';
import { parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const isElement = (node: Node): node is Element => 'tagName' in node;

function elementsIn(node: Node): Element[] {
	const children = 'childNodes' in node ? node.childNodes.flatMap(elementsIn) : [];
	return isElement(node) ? [node, ...children] : children;
}

function textOf(node: Node): string {
	if ('value' in node) return node.value;
	return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

/** All elements of a page, in their order. */
export const elementsOf = (html: string) => elementsIn(parse(html));

const all = (html: string, tag: string) => elementsOf(html).filter(({ tagName }) => tagName === tag);

/** The texts of all elements of a kind. */
export const texts = (html: string, tag: string) => all(html, tag).map(textOf);

/** The attributes of all elements of a kind. */
export const attributes = (html: string, tag: string) =>
	all(html, tag).map(({ attrs }) => Object.fromEntries(attrs.map(({ name, value }) => [name, value])));
