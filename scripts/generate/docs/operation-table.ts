import type { AnyOperation, Catalogue } from '../../../nodes/operations/defineOperation';
import { titleOf } from '../../../nodes/operations/properties';
import { table } from '../../lib/markdown/markdown';
import { withMarked } from '../../lib/markdown/marked';

/** The operations of a resource as the form lists them. */
export function sortedOperations(
	operations: Record<string, AnyOperation>,
): Array<[key: string, operation: AnyOperation]> {
	return Object.entries(operations).sort(([, a], [, b]) => a.option.name.localeCompare(b.option.name));
}

/**
 * The README with the operation table of one node written anew.
 *
 * @param node such as `NativeMsg`; names the markers that the table stands between
 */
export function withOperationTable(readme: string, node: string, catalogue: Catalogue): string {
	const rows = Object.entries(catalogue).flatMap(([resource, operations]) =>
		sortedOperations(operations).map(([, { option, endpoint, preview }]) => {
			const call = preview ? 'sends nothing' : `\`${endpoint}\``;
			return [titleOf(resource), option.name, option.description, call];
		}),
	);
	return withMarked(
		readme,
		`operations of ${node}`,
		table(['Resource', 'Operation', 'What it does', 'Call'], rows),
	);
}
