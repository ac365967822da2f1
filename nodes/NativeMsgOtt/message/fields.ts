import type { INodeProperties } from 'n8n-workflow';
import { COUNTRY_CODE_HINT } from '../../transport/defaultCountry';
import type { RequestOf } from '../../transport/endpoint';

export const channelId: INodeProperties = {
	displayName: 'Channel ID',
	name: 'channelId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. chan_abc123',
	description: 'The ID of the WhatsApp, Viber, or Telegram channel',
};

export const templateId: INodeProperties = {
	displayName: 'Template ID',
	name: 'templateId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. tmpl_xyz789',
	description: 'The templateId that Template: Create returned. WhatsApp templates must be approved first.',
};

export const to: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +12015550123',
	description: "The recipient's phone number, also on Telegram: the API doesn't accept chat IDs or @names",
	hint: COUNTRY_CODE_HINT,
};

/** The recipient of a message, in either payload format. */
export function recipientOf({ body }: RequestOf<'POST /ott/messages'>): string[] {
	return ['destination' in body ? body.destination : body.to];
}
