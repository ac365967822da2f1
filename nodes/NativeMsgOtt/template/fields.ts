import type { INodeProperties } from 'n8n-workflow';

export const approvalNotice: INodeProperties = {
	displayName:
		'WhatsApp templates need the approval of Meta before use, which usually takes 24 to 48 hours. Until then their status is pending; afterwards it is approved or rejected.',
	name: 'approvalNotice',
	type: 'notice',
	default: '',
};

export const body: INodeProperties = {
	displayName: 'Body',
	name: 'body',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. Your order {{1}} is confirmed. Total: ${{2}}',
	description: 'The text with its placeholders: {{1}}, {{2}}, or names in the payload format API Reference',
};
