import type { OperationHandler, OperationInput } from '../contract';
import type { OttChannel, Tenant, WebhookSubscription } from './state';

/** As in the guide (`channel_type`, no name) or as in the reference (`channel` and `name`). */
type ChannelBody = Pick<OttChannel, 'provider_id'> & { config?: OttChannel['config'] } & (
		| { channel_type: OttChannel['channel'] }
		| Pick<OttChannel, 'channel' | 'name'>
	);

type SubscriptionBody = Pick<WebhookSubscription, 'url' | 'events'> & { secret?: string };

/** Creating channels and webhook subscriptions: what is sent is stored and answered. */
export function channelOperations({ channels, subscriptions }: Tenant): Record<string, OperationHandler> {
	return {
		'POST /ott/channels': ({ body }: OperationInput<ChannelBody>) => {
			const { provider_id, config = {} } = body;
			const kind =
				'channel' in body
					? { channel: body.channel, name: body.name }
					: { channel: body.channel_type, name: null };
			return channels.add({ ...kind, provider_id, config, status: 'active' });
		},

		'POST /webhooks/subscriptions': ({ body }: OperationInput<SubscriptionBody>) =>
			subscriptions.add({ secret: null, ...body, status: 'active' }),
	};
}
