import type { AnyOperation, Catalogue } from '../../../nodes/operations/defineOperation';
import { titleOf } from '../../../nodes/operations/properties';
import { anchorOf, table } from '../../lib/markdown/markdown';

/** The operations of a resource as the form lists them. */
export function sortedOperations(
	operations: Record<string, AnyOperation>,
): Array<[key: string, operation: AnyOperation]> {
	return Object.entries(operations).sort(([, a], [, b]) => a.option.name.localeCompare(b.option.name));
}

/**
 * The operations of a node in a table, each linked to its section.
 *
 * @param fileOf the page of a resource
 */
export function operationTable(catalogue: Catalogue, fileOf: (resource: string) => string): string {
	const rows = Object.entries(catalogue).flatMap(([resource, operations]) =>
		sortedOperations(operations).map(([, { option, endpoint, preview }]) => [
			`[${titleOf(resource)}](${fileOf(resource)})`,
			`[${option.name}](${fileOf(resource)}${anchorOf(option.name)})`,
			option.description,
			preview ? 'none' : `\`${endpoint}\``,
		]),
	);
	return table(['Resource', 'Operation', 'What it does', 'Request'], rows);
}
