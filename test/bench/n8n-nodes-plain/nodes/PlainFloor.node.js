/** Sends one message for each item, 50 at a time, by n8n's HTTP client. It reads no field, and checks nothing. */
class PlainFloor {
	description = {
		displayName: 'Plain Floor',
		name: 'plainFloor',
		group: ['output'],
		version: 1,
		description: 'Sends a text to a phone number',
		defaults: { name: 'Plain Floor' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'nativeMsgApi', required: true }],
		properties: [
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
			{ displayName: 'Channel ID', name: 'channelId', type: 'number', default: 0 },
		],
	};

	async execute() {
		const type = 'nativeMsgApi';
		const url = `${this.getNodeParameter('baseUrl', 0)}/messages`;
		const channelId = this.getNodeParameter('channelId', 0);
		// Handed over, because n8n would read, decrypt, and check it before each request.
		const data = { ...(await this.getCredentials(type)), sessionToken: 'none' };
		const credentialsDecrypted = { id: '', name: type, type, data };
		const items = this.getInputData();
		const output = [];
		let next = 0;
		const sendInTurn = async () => {
			while (next < items.length) {
				const item = next++;
				const { phone, text } = items[item].json;
				const json = await this.helpers.httpRequestWithAuthentication.call(
					this,
					type,
					{
						method: 'POST',
						url,
						body: { text, targets: [{ targetType: 'phones', phones: [phone], channelId }] },
						json: true,
					},
					{ credentialsDecrypted },
				);
				output[item] = { json, pairedItem: { item } };
			}
		};
		await Promise.all(Array.from({ length: 50 }, sendInTurn));
		return [output];
	}
}

module.exports = { PlainFloor };
