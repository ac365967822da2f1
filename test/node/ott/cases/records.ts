import type { INodeParameters } from 'n8n-workflow';

const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);

/** What every record of the account has. */
const common = { tenant_id: 'tenant_sandbox', created_at: timestamp };

export const channelRecord = (values: object) => ({
	name: null,
	config: {},
	status: 'active',
	...common,
	...values,
});

export const templateRecord = (values: object) => ({
	name: 'order_confirmation',
	body: 'Your order {{1}} is confirmed. Total: ${{2}}',
	channel_id: 'chan_whatsapp',
	variables: {},
	status: 'approved',
	...common,
	...values,
});

/** A message that was handed to the provider. */
export const messageRecord = (values: object) => ({
	template_id: null,
	status: 'sent',
	provider_message_id: expect.stringMatching(/^provider_\d+$/),
	error_message: null,
	...common,
	...values,
});

/** As n8n stores rows of a name and a value. */
export const nameValueRows = (values: Record<string, string>): INodeParameters => ({
	attribute: Object.entries(values).map(([name, value]) => ({ name, value })),
});

/** As n8n stores the ordered list of parameters. */
export const parameterRows = (...values: string[]): INodeParameters => ({
	parameter: values.map((value) => ({ value })),
});
