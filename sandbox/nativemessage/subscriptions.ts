import { ApiError } from '../api';
import type { OperationHandler, OperationInput } from '../contract';
import type { SandboxSettings } from '../settings';
import type { Deliveries } from '../webhooks';
import type { Tenant, WebhookSubscription } from './state';

type SubscriptionBody = Pick<WebhookSubscription, 'url' | 'events'> & { secret?: string };

/** Webhook subscriptions: stores and returns what was sent, including the secret. */
export function subscriptionOperations(
	{ subscriptions }: Tenant,
	settings: SandboxSettings,
	deliveries: Deliveries,
): Record<string, OperationHandler> {
	const create = ({ body }: OperationInput<SubscriptionBody>) =>
		subscriptions.add({ secret: null, ...body, status: 'active' });

	return {
		'POST /webhooks': create,

		'POST /webhooks/subscriptions': (input) => {
			if (settings.subscriptionPath === 'webhooks') throw new ApiError(404, 'not found');
			return create(input);
		},

		'DELETE /webhooks/subscriptions/{subscription_id}': ({ params }) => {
			if (settings.refuseDelete) throw new ApiError(405, 'method not allowed');
			subscriptions.delete(params.subscription_id);
			deliveries.end(params.subscription_id);
			return {};
		},
	};
}
