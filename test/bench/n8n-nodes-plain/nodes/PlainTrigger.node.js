/** Starts the workflow with any request, unchecked: the minimum cost of a trigger from outside n8n. */
class PlainTrigger {
	description = {
		displayName: 'Plain Trigger',
		name: 'plainTrigger',
		group: ['trigger'],
		version: 2,
		description: 'Starts the workflow with each post',
		defaults: { name: 'Plain Trigger' },
		inputs: [],
		outputs: ['main'],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
		properties: [],
	};

	async webhook() {
		this.getResponseObject().status(200).end();
		return { noWebhookResponse: true, workflowData: [[{ json: this.getBodyData() }]] };
	}
}

module.exports = { PlainTrigger };
