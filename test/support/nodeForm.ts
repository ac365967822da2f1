import type {
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodeTypeDescription,
} from 'n8n-workflow';
import * as n8nWorkflow from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import type { NodeName } from './engine';

// n8n gives a form's pattern 250 ms by the clock, which a busy machine exceeds. Older n8n has no such limit.
if ('setSafeRegexEngine' in n8nWorkflow) {
	n8nWorkflow.setSafeRegexEngine({
		exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
		test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
		replace: (pattern, input, flags, replacement) => input.replace(new RegExp(pattern, flags), replacement),
		matchAll: (pattern, input, flags) => [...input.matchAll(new RegExp(pattern, flags))],
		split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
	});
}

/** The form of a node as n8n's editor treats it. */
export class NodeForm {
	constructor(
		private readonly name: NodeName,
		readonly description: INodeTypeDescription,
	) {}

	/** As the editor shows and stores it: with defaults, without hidden fields. */
	stored(parameters: INodeParameters): INodeParameters {
		const { properties } = this.description;
		const node = this.nodeWith(parameters);
		return NodeHelpers.getNodeParameters(properties, parameters, true, false, node, this.description)!;
	}

	/** As a workflow holds it: without what equals the default. A default is therefore part of what must not change. */
	saved(parameters: INodeParameters): INodeParameters {
		const { properties } = this.description;
		const node = this.nodeWith(parameters);
		return NodeHelpers.getNodeParameters(properties, parameters, false, false, node, this.description)!;
	}

	/** Messages by field name. */
	issues(parameters: INodeParameters): Record<string, string[]> {
		const { properties } = this.description;
		const issues = NodeHelpers.getNodeParametersIssues(
			properties,
			this.nodeWith(parameters),
			this.description,
		);
		return issues?.parameters ?? {};
	}

	visible(parameters: INodeParameters): INodeProperties[] {
		const node = this.nodeWith(parameters);
		return this.description.properties.filter((property) =>
			NodeHelpers.displayParameterPath(parameters, property, '', node, this.description),
		);
	}

	private nodeWith(parameters: INodeParameters): INode {
		const type = `n8n-nodes-nativemsg.${this.name}`;
		return { id: '1', name: 'NativeMsg', type, typeVersion: 1, position: [0, 0], parameters };
	}
}

export const namesOf = (fields: INodeProperties[]) => fields.map(({ name }) => name);

/** Whether a field of an operation is shown while the others have their defaults. */
export function isShown({ displayOptions }: INodeProperties, fields: INodeProperties[]): boolean {
	return Object.entries(displayOptions?.show ?? {}).every(([name, accepted]) =>
		accepted!.includes(fields.find((field) => field.name === name)!.default as string),
	);
}

/** n8n looks at required texts and choices only; that JSON is there is checked when the node runs. */
export const isChecked = ({ required, type }: INodeProperties) =>
	required === true && (type === 'string' || type === 'resourceLocator');

/** Whether a field starts without a value. */
export function isEmptyAtFirst({ default: initial }: INodeProperties): boolean {
	return initial === '' || (initial as { value?: unknown } | null)?.value === '';
}

/** One level of a form: the fields on the same level, by their path. */
export type Level = [path: string, fields: INodeProperties[]];

/** The fields of a form and of every group inside it. */
export function levelsOf(path: string, fields: INodeProperties[]): Level[] {
	const inner = fields.flatMap((field) => {
		if (field.type === 'collection') {
			return levelsOf(`${path} ${field.name}`, field.options as INodeProperties[]);
		}
		if (field.type !== 'fixedCollection') return [];
		return (field.options as INodePropertyCollection[]).flatMap(({ name, values }) =>
			levelsOf(`${path} ${field.name}.${name}`, values),
		);
	});
	return [[path, fields], ...inner];
}
