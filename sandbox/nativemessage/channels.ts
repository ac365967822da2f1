import type { OperationHandler, OperationInput } from '../contract';
import type { OttChannel, Tenant } from './state';

/** As in the guide (`channel_type`, no name) or as in the reference (`channel` and `name`). */
type ChannelBody = Pick<OttChannel, 'provider_id'> & { config?: OttChannel['config'] } & (
		| { channel_type: OttChannel['channel'] }
		| Pick<OttChannel, 'channel' | 'name'>
	);

/** Creates channels: stores and returns what was sent. */
export function channelOperations({ channels }: Tenant): Record<string, OperationHandler> {
	return {
		'POST /ott/channels': ({ body }: OperationInput<ChannelBody>) => {
			const { provider_id, config = {} } = body;
			const kind =
				'channel' in body
					? { channel: body.channel, name: body.name }
					: { channel: body.channel_type, name: null };
			return channels.add({ ...kind, provider_id, config, status: 'active' });
		},
	};
}
