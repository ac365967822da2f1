// Checked by the compiler only: the endpoint string determines the types of the request and the response. Each expected
// error below fails the type check of `npm test` once it is no longer an error.
import type { ApiClient } from '../../nodes/transport/client';

export async function endpointDecides({ call }: ApiClient): Promise<void> {
	const { subscribedHumansCount } = await call('POST /channels/{channel_id}/subscribe', {
		path: { channel_id: 551 },
		body: { humanIds: [540] },
	});
	const count: number = subscribedHumansCount;
	void count;

	const channels = await call('GET /channels');
	const name: string | undefined = channels[0].name;
	await call('GET /channels', { query: { bot_id: 1 } });

	// @ts-expect-error there is no such endpoint
	await call('GET /channel', {});
	// @ts-expect-error this path has no such method
	await call('DELETE /channels', {});
	// @ts-expect-error the path parameter is missing
	await call('GET /channels/{channel_id}', {});
	// @ts-expect-error the path parameter has another name
	await call('GET /channels/{channel_id}', { path: { id: 551 } });
	// @ts-expect-error the body is missing
	await call('POST /channels/{channel_id}/subscribe', { path: { channel_id: 551 } });
	const path = { channel_id: 551 };
	// @ts-expect-error the body has another type
	await call('POST /channels/{channel_id}/subscribe', { path, body: { humanIds: '540' } });
	// @ts-expect-error this request has no body
	await call('GET /bots', { body: {} });
	// @ts-expect-error this request has no such query parameter
	await call('GET /channels', { query: { limit: 1 } });
	// @ts-expect-error only these two countries exist
	await call('POST /channels', { body: { channelType: 'dlc', botId: 1, name, countryCode: 'DE' } });
	// @ts-expect-error the response has no such property
	void (await call('GET /bots/{bot_id}', { path: { bot_id: 1 } })).interaction;
}
