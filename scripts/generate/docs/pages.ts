// The pages of docs/ about the operations of a node. People write the introductions, the related links, and the common
// issues; `npm run generate` writes the parts between comments.
import { byDisplayName } from '../../../nodes/operations/commonFields';
import type { AnyOperation, Catalogue } from '../../../nodes/operations/defineOperation';
import { broadcastFields, broadcastGroup } from '../../../nodes/operations/broadcastOptions';
import { runOptionFields } from '../../../nodes/operations/runOptions';
import { defaultCountryOption } from '../../../nodes/transport/defaultCountry';
import { titleOf } from '../../../nodes/operations/properties';
import { anchorOf, sentence } from '../../lib/markdown/markdown';
import { marked, markedAt, markedNames, withMarked } from '../../lib/markdown/marked';
import { describeForm, describeOptions } from './fields';
import { describeOperation, type ResourceFacts } from './operation';
import { operationTable, sortedOperations } from './operation-table';

const LIST = 'list of operations';
const SECTION = 'operation ';
/** `A, B, and C`. */
const LISTS = new Intl.ListFormat('en-US');
const ISSUES = '\n## Common issues\n';

/** `phoneNumber` is described in `phone-number.md`. */
export const fileOf = (resource: string): string =>
	`${resource.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.md`;

/** A new page for a resource. */
function newPage(node: string, resource: string): string {
	return `# ${node} node: ${titleOf(resource)} operations\n\nThe **${titleOf(resource)}** operations of the [${node} node](README.md).\n\n${marked(LIST, '')}\n${ISSUES}\nRefer to [the common issues of the node](README.md#common-issues).\n`;
}

/** Inserts the section of a new operation before that of the next operation, or at the end. */
function withSection(page: string, key: string, following: string[], content: string): string {
	if (markedAt(page, SECTION + key) !== undefined) return withMarked(page, SECTION + key, content);
	const next = following.map((name) => markedAt(page, SECTION + name)).find((found) => found !== undefined);
	const position = next ?? page.indexOf(ISSUES) + 1;
	if (position === 0)
		throw new Error('There is no heading "Common issues", before which a new operation could stand');
	return `${page.slice(0, position)}${marked(SECTION + key, content)}\n\n${page.slice(position)}`;
}

/**
 * The page of a resource with its generated parts.
 *
 * @param current the current page; empty if there is none
 * @param node its name in the editor
 * @throws Error if the page describes a removed operation, or has no place for a new one
 */
export function resourcePage(current: string, node: string, resource: string, facts: ResourceFacts): string {
	const sorted = sortedOperations(facts.operations);
	const items = sorted.map(
		([, { option }]) => `- [${option.name}](${anchorOf(option.name)}): ${sentence(option.description)}`,
	);
	const others =
		'For options that several operations share, refer to [Shared options](README.md#shared-options). In the tables below, **Preset** means that a choice is selected from the start.';
	let page = withMarked(current || newPage(node, resource), LIST, `${items.join('\n')}\n\n${others}`);
	const keys = sorted.map(([key]) => key);
	const gone = markedNames(page, SECTION).filter((name) => !keys.includes(name.slice(SECTION.length)));
	if (gone.length > 0)
		throw new Error(`${fileOf(resource)} describes what is no operation any more: ${gone.join(', ')}`);
	for (const [index, key] of keys.entries()) {
		page = withSection(page, key, keys.slice(index + 1), describeOperation(resource, key, facts));
	}
	return page;
}

/**
 * The settings of a broadcast, and which operations have them.
 *
 * @param listed names operations
 */
function describeBroadcast<One extends AnyOperation>(sending: One[], listed: (all: One[]) => string): string {
	const [asking, others] = [sending.filter(({ ask }) => ask), sending.filter(({ ask }) => !ask)];
	const few = broadcastFields(asking[0]).map(({ displayName }) => `**${displayName}**`);
	return [
		`The group **Broadcast** is available for ${listed(others)}. ${listed(asking)} has only ${LISTS.format(few)}. Refer to [Send once](../broadcasts.md#send-once).`,
		describeForm([broadcastGroup(others[0])!]),
	].join('\n\n');
}

/** The options that several operations share, and which operations have them. */
function describeRunOptions(catalogue: Catalogue): string {
	const operations = Object.entries(catalogue).flatMap(([resource, all]) =>
		sortedOperations(all).map(([, operation]) => ({ resource, ...operation })),
	);
	const combining = operations.filter(({ combine, ask }) => combine && !ask);
	const sending = operations.filter(({ addressee }) => addressee);
	const nameOf = ({ resource, option }: (typeof operations)[number]) =>
		`${titleOf(resource)}: ${option.name}`;
	const single = operations.filter((one) => !runOptionFields(one).some(({ name }) => name === 'concurrency'));
	const names = combining.map((one) => nameOf(one) + (one.combine!.byDefault ? '' : ' (off by default)'));
	// If the default of an option differs, it follows the name.
	const differing = operations.filter(({ combine }) => combine && !combine.byDefault);
	const alike = operations.filter((operation) => !differing.includes(operation));
	const shared = new Map(alike.flatMap(runOptionFields).map((field) => [field.name, field]));
	const listed = (all: typeof operations) => LISTS.format(all.map(nameOf));
	const available = [
		...(names.length > 0
			? [`**Combine Items** and **Recipients per Request**: ${LISTS.format(names)}.`]
			: []),
		`**Concurrency**: all operations except ${listed(single)}.`,
		'**Default Country**: all operations that read a phone number.',
	];
	return [
		describeOptions([...shared.values(), defaultCountryOption].sort(byDisplayName)),
		'The options are available for these operations:',
		available.map((line) => `- ${line}`).join('\n'),
		...(sending.length > 0 ? [describeBroadcast(sending, listed)] : []),
	].join('\n\n');
}

/** The page of a node with its operations and the options that they share. */
export function nodePage(page: string, catalogue: Catalogue): string {
	const withList = withMarked(page, LIST, operationTable(catalogue, fileOf));
	return withMarked(withList, 'options of all operations', describeRunOptions(catalogue));
}

/**
 * The index with a line for the page of each resource: its title, and the first sentence of its introduction.
 *
 * @param folder of the node's pages
 * @throws Error if a page doesn't begin with a title and a sentence
 */
export function withResourcePages(
	index: string,
	folder: string,
	pages: Array<[path: string, page: string]>,
): string {
	const lines = pages.map(([path, page]) => {
		const beginning = /^# ([^\n]*)\n\n(.*?\.)\s/s.exec(page);
		if (!beginning) throw new Error(`docs/${path} has to begin with a title and a sentence`);
		const [, title, intro] = beginning;
		return `- [${title}](${path}): ${intro.replaceAll('\n', ' ')}`;
	});
	return withMarked(index, `pages of ${folder}`, lines.join('\n'));
}
