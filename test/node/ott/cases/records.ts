import type { INodeParameters } from 'n8n-workflow';

const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);

/** What every record of the account has. */
const common = { tenant_id: 'tenant_sandbox', created_at: timestamp };

type Values = Record<string, unknown>;

export function channelRecord(values: Values) {
	const raw: Values = { name: null, config: {}, status: 'active', ...common, ...values };
	return {
		channelId: raw.id,
		channelType: raw.channel,
		name: raw.name,
		status: raw.status,
		providerId: raw.provider_id,
		config: raw.config,
		createdAt: timestamp,
		raw,
	};
}

export function templateRecord(values: Values) {
	const raw: Values = {
		name: 'order_confirmation',
		body: 'Your order {{1}} is confirmed. Total: ${{2}}',
		channel_id: 'chan_whatsapp',
		variables: {},
		status: 'approved',
		...common,
		...values,
	};
	return {
		templateId: raw.id,
		name: raw.name,
		status: raw.status,
		body: raw.body,
		variables: raw.variables,
		channelId: raw.channel_id,
		createdAt: timestamp,
		raw,
	};
}

/** A message that was handed to the provider. */
export function messageRecord(values: Values) {
	const raw: Values = {
		template_id: null,
		status: 'sent',
		provider_message_id: expect.stringMatching(/^provider_\d+$/),
		error_message: null,
		...common,
		...values,
	};
	return {
		to: raw.to,
		status: raw.status,
		messageId: raw.id,
		text: raw.body,
		errorMessage: raw.error_message,
		channelId: raw.channel_id,
		templateId: raw.template_id,
		providerMessageId: raw.provider_message_id,
		createdAt: timestamp,
		raw,
	};
}

/** As n8n stores rows of a name and a value. */
export const nameValueRows = (values: Record<string, string>): INodeParameters => ({
	attribute: Object.entries(values).map(([name, value]) => ({ name, value })),
});

/** As n8n stores the ordered list of parameters. */
export const parameterRows = (...values: string[]): INodeParameters => ({
	parameter: values.map((value) => ({ value })),
});
