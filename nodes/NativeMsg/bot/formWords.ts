import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { interactionRows } from './interactionFields';

/** Names and labels of a field and all fields inside it. */
function labelsOf(field: INodeProperties): Array<[string, string]> {
	const inner =
		field.type === 'fixedCollection'
			? (field.options as INodePropertyCollection[]).flatMap(({ values }) => values)
			: field.type === 'collection'
				? (field.options as INodeProperties[])
				: [];
	return [[field.name, field.displayName], ...inner.flatMap(labelsOf)];
}

const LABELS = new Map(labelsOf(interactionRows));
/** API objects that are a single row in the form. */
const AROUND = new Set([
	'actions',
	'assignAttributes',
	'email',
	'message',
	'note',
	'pause',
	'request',
	'send',
	'startDialog',
	'waitFor',
]);

/** Paths that have a single field for an object, or a different field than the one of their name. */
const FIELDS: Array<[path: RegExp, field: string]> = [
	[/\.(breakOut|cancel|startOver)\.execute$/, '.$1'],
	[/\.request\.content$/, '.Content'],
];

/** Converts a part of a path: `buttons[1]` becomes `Buttons, entry 2`. */
function partInWords(part: string): string[] {
	const [, name, position] = /^(\w+)(?:\[(\d+)\])?/.exec(part) ?? [];
	if (name === undefined) return [part];
	const entry = position === undefined ? [] : [`entry ${Number(position) + 1}`];
	return AROUND.has(name) ? [] : [LABELS.get(name) ?? name, ...entry];
}

const PATH = /interactions\[(\d+)\](?:\.actions\[(\d+)\])?((?:\.\w+(?:\[\d+\])*)*)/g;

/**
 * Replaces the paths in a finding with the form's labels: `interactions[1].actions[0].goto is ...` becomes
 * `Interaction 2, Action 1, Go To is ...`.
 *
 * @param labelOf names an interaction by its position
 */
export function inFormWords(
	finding: string,
	labelOf = (position: number) => `Interaction ${position + 1}`,
): string {
	return finding.replace(PATH, (_path, interaction: string, action: string | undefined, rest: string) => {
		const path = FIELDS.reduce((before, [pattern, field]) => before.replace(pattern, field), rest);
		const parts = path.split('.').filter(Boolean).flatMap(partInWords);
		const row = action === undefined ? [] : [`Action ${Number(action) + 1}`];
		return [labelOf(Number(interaction)), ...row, ...parts].join(', ');
	});
}
