import type { OttChannel, OttTemplate, Tenant } from './state';

const CREATED = '2026-02-24T18:00:44Z';
const WHATSAPP_CONFIG = { phone_number_id: '123456789', business_account_id: '987654321' };

/** Fills an empty tenant: a channel of each kind, and WhatsApp templates in each state. */
export function seed({ channels, templates }: Tenant): void {
	const addChannel = (id: string, channel: OttChannel['channel'], name: string, config = {}) =>
		channels.add({
			id,
			name,
			channel,
			provider_id: `prov_${channel}`,
			config,
			status: 'active',
			created_at: CREATED,
		});
	addChannel('chan_whatsapp', 'whatsapp', 'Shop on WhatsApp', WHATSAPP_CONFIG);
	addChannel('chan_viber', 'viber', 'Shop on Viber');
	addChannel('chan_telegram', 'telegram', 'Shop on Telegram');

	const addTemplate = (template: Partial<OttTemplate> & { id: string }) =>
		templates.add({
			channel_id: 'chan_whatsapp',
			name: 'order_confirmation',
			body: 'Your order {{1}} is confirmed. Total: ${{2}}',
			variables: {},
			verdict: 'approved',
			reviewedAt: Date.parse(CREATED),
			created_at: CREATED,
			...template,
		});
	addTemplate({ id: 'tmpl_order' });
	addTemplate({ id: 'tmpl_pending', name: 'spring_sale', reviewedAt: Infinity });
	addTemplate({ id: 'tmpl_rejected', name: 'free_money', verdict: 'rejected' });
	addTemplate({
		id: 'tmpl_named',
		name: 'order_greeting',
		body: 'Hello {{name}}, your order is confirmed. Total: {{total}}',
		variables: { name: 'string', total: 'string' },
	});

	addTemplate({ id: 'tmpl_question', name: 'question', body: '{{1}} Reply here: {{2}}' });
	addTemplate({
		id: 'tmpl_named_question',
		name: 'named_question',
		body: '{{message}} Reply here: {{link}}',
		variables: { message: 'string', link: 'string' },
	});

	// With the IDs of the guide, so that its requests work unchanged.
	addChannel('chan_abc123', 'whatsapp', 'Channel of the guide', WHATSAPP_CONFIG);
	addTemplate({ id: 'tmpl_xyz789', channel_id: 'chan_abc123' });
}
