import type { INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

const description: INodeTypeDescription = {
	displayName: 'Stand-In',
	name: 'standIn',
	group: ['input'],
	version: 1,
	description: 'Stands beside the node under test',
	defaults: { name: 'Stand-In' },
	inputs: ['main'],
	outputs: ['main'],
	properties: [],
};

/** Passes its input on. n8n adds the input to an error item only if another node precedes the failed one. */
export const startNode: INodeType = {
	description,
	async execute() {
		return [this.getInputData()];
	},
};

interface Tool {
	invoke(given: object): Promise<string>;
}

/** An AI agent that uses its one tool with each of its input items, one after the other. */
export const agentNode: INodeType = {
	description: { ...description, inputs: ['main', { type: 'ai_tool', maxConnections: 1 }] },
	async execute() {
		const tool = (await this.getInputConnectionData('ai_tool', 0)) as Tool;
		const output: INodeExecutionData[] = [];
		for (const { json } of this.getInputData()) {
			const answer = await tool.invoke(json).catch((error: Error) => error.message);
			output.push({ json: { answer } });
		}
		return [output];
	},
};

/** A node as n8n offers it to AI agents. */
export function asTool(type: INodeType): INodeType {
	return Object.create(type, {
		description: { value: { ...type.description, inputs: [], outputs: ['ai_tool'] } },
	}) as INodeType;
}
