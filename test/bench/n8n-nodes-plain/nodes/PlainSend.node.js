/** Sends one message for each item, one after the other: how most community nodes are written. */
class PlainSend {
	description = {
		displayName: 'Plain Send',
		name: 'plainSend',
		group: ['output'],
		version: 1,
		description: 'Sends a text to a phone number',
		defaults: { name: 'Plain Send' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'nativeMsgApi', required: true }],
		properties: [
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
			{ displayName: 'Phone Number', name: 'phone', type: 'string', default: '' },
			{ displayName: 'Channel ID', name: 'channelId', type: 'number', default: 0 },
			{ displayName: 'Text', name: 'text', type: 'string', default: '' },
		],
	};

	async execute() {
		const output = [];
		for (const itemIndex of this.getInputData().keys()) {
			const parameter = (name) => this.getNodeParameter(name, itemIndex);
			const json = await this.helpers.httpRequestWithAuthentication.call(this, 'nativeMsgApi', {
				method: 'POST',
				url: `${parameter('baseUrl')}/messages`,
				body: {
					text: parameter('text'),
					targets: [
						{ targetType: 'phones', phones: [parameter('phone')], channelId: parameter('channelId') },
					],
				},
				json: true,
			});
			output.push({ json, pairedItem: { item: itemIndex } });
		}
		return [output];
	}
}

module.exports = { PlainSend };
