import type { OperationHandler, OperationInput } from '../contract';
import { satisfies, type Filter } from './filters';
import { rcsEnabled, rcsFeatures } from './lookups';
import { digitsOf, type Account, type Human, type Membership } from './state';
import { setSubscribed } from './subscriptions';
import { tagIdsOf } from './tags';

interface AddHumansBody {
	humans: Array<{
		phone: string;
		firstName?: string;
		lastName?: string;
		userName?: string;
		company?: string;
		customFields?: Record<string, unknown>;
	}>;
	assignTags?: Array<number | string>;
	subscribe?: boolean;
	updateExisting?: boolean;
}

/** Requests 21 to 25 and 34 of the reference. */
export function humanOperations(account: Account): Record<string, OperationHandler> {
	const { channels, humans } = account;

	const addOrUpdate = (
		channelId: number,
		person: AddHumansBody['humans'][number],
		updateExisting: boolean,
	): Human => {
		const known = account.humanByPhone(person.phone);
		const human = known ?? account.addHuman({ phone: digitsOf(person.phone) });
		account.join(human, channelId);
		if (known && !updateExisting) return human;
		const { firstName, lastName, userName, company, customFields } = { ...human, ...person };
		Object.assign(human.customFields, customFields);
		return Object.assign(human, { firstName, lastName, userName, company });
	};

	return {
		'GET /humans': ({ query }) =>
			humans
				.list()
				.filter(({ customFields }) => satisfies(customFields, (query.filters ?? []) as Filter[]))
				.map((human) => ({ ...view(account, human), ...(query.filters ? searchDetails : {}) })),

		'GET /humans/{human_id}': ({ params }) => view(account, humans.get(params.human_id)),

		'PUT /humans/{human_id}': ({ params, body }: OperationInput<{ botEnabled: boolean }>) =>
			view(account, Object.assign(humans.get(params.human_id), { botEnabled: body.botEnabled })),

		'PUT /humans/{human_id}/attributes': ({ params, body }: OperationInput<Record<string, unknown>>) =>
			Object.assign(humans.get(params.human_id).customFields, body),

		'POST /channels/{channel_id}/add_humans': ({ params, body }: OperationInput<AddHumansBody>) => {
			const channel = channels.get(params.channel_id);
			const tagIds = tagIdsOf(account, body.assignTags ?? []);
			const added = new Set(
				body.humans.map((one) => addOrUpdate(channel.id, one, body.updateExisting === true)),
			);
			for (const human of added) {
				for (const id of tagIds) human.tagIds.add(id);
				if (body.subscribe) setSubscribed(account, account.join(human, channel.id), true);
			}
			const ids = [...added].map(({ id }) => id).join(', ');
			const what = body.subscribe ? 'added and subscribed' : 'added';
			const tagged = tagIds.length > 0 ? ` and assigned to tags [${tagIds.join(', ')}]` : '';
			return {
				code: 200,
				message: `Humans [${ids}] were successfully ${what} to channel ${channel.id}${tagged}.`,
			};
		},
	};
}

/** Additional fields in the reference if humans are found by attributes. */
const searchDetails = {
	loaded: false,
	messageStatus: null,
	isConversationDeleted: false,
	status: 'enabled',
	test: false,
};

function view({ bots, channels }: Account, human: Human) {
	const fullName = [human.firstName, human.lastName].filter(Boolean).join(' ');
	const main = human.memberships[0];
	const bot = main && bots.find(channels.get(main.channelId).botId);
	const canRcs = human.phone !== null && rcsEnabled(human.phone);
	const place = ({ channelId, lastCommunication, lastSubscription }: Membership) => ({
		id: channelId,
		type: channels.get(channelId).channelType,
		lastCommunication,
		lastSubscription,
	});
	return {
		id: human.id,
		botId: bot?.id ?? null,
		botName: bot?.name ?? null,
		botEnabled: human.botEnabled,
		handles: null,
		name: fullName || human.userName || human.phone,
		firstName: human.firstName,
		lastName: human.lastName,
		gender: null,
		company: human.company,
		email: null,
		phoneNumber: human.phone && `+${human.phone}`,
		mobileCarrier: null,
		timezone: null,
		profilePic: null,
		dateCreated: human.dateCreated,
		locale: 'en_US',
		channels: human.memberships.map(place),
		subscribedChannels: human.memberships.filter(({ subscribed }) => subscribed).map(place),
		customFields: human.customFields,
		fbSettings: null,
		rcsEnabled: canRcs,
		rcsFeatures: canRcs ? rcsFeatures : [],
	};
}
