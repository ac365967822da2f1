/** Reads a field for each item, as every node does, and gives out nothing: what an expression costs. */
class PlainRead {
	description = {
		displayName: 'Plain Read',
		name: 'plainRead',
		group: ['output'],
		version: 1,
		description: 'Reads a field',
		defaults: { name: 'Plain Read' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [{ displayName: 'Value', name: 'value', type: 'string', default: '' }],
	};

	async execute() {
		for (const itemIndex of this.getInputData().keys()) this.getNodeParameter('value', itemIndex);
		return [[]];
	}
}

module.exports = { PlainRead };
