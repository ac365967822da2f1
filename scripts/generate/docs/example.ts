import type { INodeProperties } from 'n8n-workflow';
import type { AnyOperation } from '../../../nodes/operations/defineOperation';
import type { OperationCase } from '../../../test/support/cases';
import { code, jsonBlock } from '../../lib/markdown/markdown';
import { choicesIn, innerFields, isGroup, rowsIn } from './form-fields';

/** A longer input item gets its own block. */
const MAX_INLINE = 120;

type Values = Record<string, unknown>;

/** Whether the form shows a field. Only conditions on fields of the same level count. */
function isShown({ displayOptions }: INodeProperties, values: Values): boolean {
	const conditions = Object.entries(displayOptions?.show ?? {});
	return conditions.every(
		([name, choices]) => !(name in values) || (choices as unknown[] | undefined)?.includes(values[name]),
	);
}

/** How the fields of a form are filled in, as the editor shows them: `**Send To**: Tags`. */
function lines(fields: INodeProperties[], values: Values, path: string[] = []): string[] {
	return fields
		.filter((field) => field.name in values && isShown(field, values))
		.flatMap((field) => linesOf(field, values[field.name], path));
}

function linesOf(field: INodeProperties, value: unknown, path: string[]): string[] {
	const here = [...path, field.displayName];
	if (value === '' || JSON.stringify(value) === '{}') return [];
	if (!isGroup(field)) return [`- **${here.join(' > ')}**: ${shown(field, value)}`];
	const entered = field.type === 'fixedCollection' ? (value as Values)[rowsIn(field).name] : value;
	return [entered ?? []].flat().flatMap((row) => lines(innerFields(field), row as Values, here));
}

/** A value as the editor shows it: an expression without its `=`. */
function shown(field: INodeProperties, value: unknown): string {
	const choice = choicesIn(field).find((option) => option.value === value);
	if (choice) return choice.name;
	if (field.type === 'boolean' && typeof value === 'boolean') return value ? 'on' : 'off';
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return code(text.replace(/^=/, '').replace(/\s+/g, ' '));
}

/** An example of an operation from the case that tests run; nothing while there is none. */
export function describeExample(operation: AnyOperation, one?: OperationCase): string[] {
	if (!one) return [];
	const [item] = one.items;
	const { resource: _resource, operation: _operation, ...entered } = one.parameters;
	const filledIn = lines(operation.fields, entered);
	const usesItem = JSON.stringify(entered).includes('$json');
	const input = JSON.stringify(item.json);
	const isShort = input.length <= MAX_INLINE;
	const given = usesItem ? `Input item:${isShort ? ` \`${input}\`` : ''}` : 'Any input item.';
	return [
		`**Example.** ${given}`,
		...(isShort || !usesItem ? [] : [jsonBlock(item.json)]),
		...(filledIn.length > 0 ? ['Configuration:', filledIn.join('\n')] : []),
		item.output.length > 1 ? `The first of ${item.output.length} output items:` : 'Output:',
		jsonBlock(item.output[0]),
	];
}
