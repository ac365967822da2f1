import type { INodeProperties } from 'n8n-workflow';

export const approvalNotice: INodeProperties = {
	displayName:
		'Meta has to approve a WhatsApp template before you can use it, which usually takes 24 to 48 hours. Until then, its status is pending. Then it is approved or rejected.',
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
	description:
		'The text with its placeholders: {{1}}, {{2}}, and so on, or names for the payload format API Reference',
};
