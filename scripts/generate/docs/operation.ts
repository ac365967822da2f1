import type { AnyOperation } from '../../../nodes/operations/defineOperation';
import type { OperationCase } from '../../../test/support/cases';
import { exampleOf } from '../../../test/support/exampleOf';
import { anchorOf, sentence } from '../../lib/markdown/markdown';
import type { OutputSchema } from '../output-schemas';
import { describeExample } from './example';
import { describeForm } from './fields';

/** What the page of a resource is generated from. */
export interface ResourceFacts {
	operations: Record<string, AnyOperation>;
	/** The cases of the whole node, as the engine tests run them. */
	cases: OperationCase[];
	/** The output schema of an operation. */
	schemaOf(key: string): OutputSchema;
	/** Whether a request returns a list. */
	isList(endpoint: string): boolean;
}

/** The fields of an output item. The page about broadcasts explains the counts. */
function describeOutput(
	{ combine, preview, simplify, ask }: AnyOperation,
	{ properties = {} }: OutputSchema,
	isList: boolean,
): string {
	const names = Object.keys(properties);
	const what = isList ? 'One item per list entry,' : 'One item';
	const fields = names.length > 0 ? ` with ${names.map((name) => `\`${name}\``).join(', ')}` : '';
	return [
		`**Output.** ${what}${fields}.`,
		...(simplify ? ['Turn off **Simplify** to return the full API response.'] : []),
		...(combine && !preview && !ask
			? ['Refer to [Combined requests](../broadcasts.md#combined-requests) for the counts.']
			: []),
	].join(' ');
}

/** The operation that describes a shared form; undefined if it is this one. */
function describedAt(
	operation: AnyOperation,
	operations: Record<string, AnyOperation>,
): AnyOperation | undefined {
	const sharing = Object.values(operations).filter(({ fields }) => fields === operation.fields);
	const first = sharing.find(({ preview }) => !preview) ?? sharing[0];
	return first === operation ? undefined : first;
}

/** A page's section about an operation: what it does, its request, its form, its output, and an example. */
export function describeOperation(
	resource: string,
	key: string,
	{ operations, cases, schemaOf, isList }: ResourceFacts,
): string {
	const operation = operations[key];
	const { name, description } = operation.option;
	const other = describedAt(operation, operations)?.option.name;
	return [
		`## ${name}`,
		[sentence(description), ...(operation.preview ? [] : [`API request: \`${operation.endpoint}\`.`])].join(
			' ',
		),
		other
			? `It has the same fields as [${other}](${anchorOf(other)}).`
			: describeForm(operation.fields, undefined, operation.needs),
		describeOutput(operation, schemaOf(key), isList(operation.endpoint)),
		...describeExample(operation, exampleOf(cases, resource, key)),
	].join('\n\n');
}
