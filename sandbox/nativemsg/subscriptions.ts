import { ApiError } from '../api';
import type { OperationHandler, OperationInput } from '../contract';
import type { Account, Human, Membership } from './state';

/** Requests 7 to 9 and 31 to 33 of the reference. */
export function subscriptionOperations(account: Account): Record<string, OperationHandler> {
	const { channels, humans } = account;

	/** Changes the named humans that belong to the channel. Returns how many changed. */
	const setMany = (channelId: number, humanIds: number[], subscribed: boolean): number => {
		humans.requireAll(humanIds);
		return [...new Set(humanIds)]
			.map((id) => membershipOf(humans.get(id), channelId))
			.filter((membership) => membership && setSubscribed(account, membership, subscribed)).length;
	};

	/** Reads, or changes, the subscription of one human to their main channel. */
	const single = (humanId: string, subscribed?: boolean) => {
		const human = humans.get(humanId);
		const membership = mainMembership(human);
		if (subscribed !== undefined) setSubscribed(account, membership, subscribed);
		return { channelId: membership.channelId, humanId: human.id, subscription: membership.subscribed };
	};

	return {
		'POST /channels/{channel_id}/subscribe': ({ params, body }: OperationInput<{ humanIds: number[] }>) => {
			const { id } = channels.get(params.channel_id);
			return { channelId: id, subscribedHumansCount: setMany(id, body.humanIds, true) };
		},

		'POST /channels/{channel_id}/unsubscribe': ({ params, body }: OperationInput<{ humanIds: number[] }>) => {
			const { id } = channels.get(params.channel_id);
			return { channelId: id, unsubscribedHumansCount: setMany(id, body.humanIds, false) };
		},

		'GET /channels/{channel_id}/subscription': ({ params }) => {
			const { id } = channels.get(params.channel_id);
			const subscribers = humans.list().filter((human) => membershipOf(human, id)?.subscribed);
			return { channelId: id, subscribedHumansCount: subscribers.length };
		},

		'POST /humans/{human_id}/subscription': ({ params }) => single(params.human_id, true),
		'DELETE /humans/{human_id}/subscription': ({ params }) => single(params.human_id, false),
		'GET /humans/{human_id}/subscription': ({ params }) => single(params.human_id),
	};
}

/** The human's membership in the channel, if they belong to it. */
export function membershipOf(human: Human, channelId: number): Membership | undefined {
	return human.memberships.find((membership) => membership.channelId === channelId);
}

/** @throws ApiError 422 if all of the human's channels have been deleted */
export function mainMembership(human: Human): Membership {
	const [membership] = human.memberships;
	if (!membership) throw new ApiError(422, `Human #${human.id} has no channel.`);
	return membership;
}

/** Returns whether this changed anything. */
export function setSubscribed(account: Account, membership: Membership, subscribed: boolean): boolean {
	if (membership.subscribed === subscribed) return false;
	membership.subscribed = subscribed;
	if (subscribed) membership.lastSubscription = account.timestamp();
	return true;
}
