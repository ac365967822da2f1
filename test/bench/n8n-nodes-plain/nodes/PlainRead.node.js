/** Reads a field for each item, or for the first, as every node does, and returns nothing: the cost of an expression. */
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
		properties: [
			{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			{ displayName: 'First Item Only', name: 'firstOnly', type: 'boolean', default: false },
		],
	};

	async execute() {
		const items = this.getNodeParameter('firstOnly', 0) ? 1 : this.getInputData().length;
		for (let itemIndex = 0; itemIndex < items; itemIndex++) this.getNodeParameter('value', itemIndex);
		return [[]];
	}
}

module.exports = { PlainRead };
