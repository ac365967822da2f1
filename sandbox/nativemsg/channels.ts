import { ApiError } from '../api';
import type { OperationHandler, OperationInput } from '../contract';
import type { Account, Channel } from './state';

interface ChannelChanges {
	channelType?: string;
	botId?: number;
	name?: string;
	description?: string;
	user?: string;
	phoneType?: number;
	countryCode?: string;
	fallbackId?: number;
}

const channelTypes = [
	{ name: 'dsc', description: 'Short Code SMS/MMS' },
	{ name: 'dlc', description: 'Long Code SMS/MMS' },
	{ name: 'fb', description: 'Facebook' },
	{ name: 'twr', description: 'Twitter' },
	{ name: 'alx', description: 'Alexa' },
	{ name: 'web', description: 'Web Chat' },
	{ name: 'rcs', description: 'RCS' },
	{ name: 'bmp', description: 'BMP' },
];

/** Requests 1 to 6 of the reference. */
export function channelOperations(account: Account): Record<string, OperationHandler> {
	const { bots, channels, humans } = account;

	const check = ({ channelType, botId }: ChannelChanges) => {
		if (channelType !== undefined && !channelTypes.some(({ name }) => name === channelType)) {
			throw new ApiError(422, `Channel type "${channelType}" does not exist.`);
		}
		if (botId !== undefined) bots.requireAll([botId]);
	};

	return {
		'GET /channels/types': () => channelTypes,

		'GET /channels': ({ query }) =>
			channels
				.list()
				.filter(({ botId }) => query.bot_id === undefined || botId === Number(query.bot_id))
				.map(summary),

		'GET /channels/{channel_id}': ({ params }) => withConnections(channels.get(params.channel_id)),

		'POST /channels': ({
			body,
		}: OperationInput<ChannelChanges & Pick<Channel, 'channelType' | 'botId' | 'name'>>) => {
			check(body);
			return withConnections(
				channels.add({
					channelType: body.channelType,
					botId: body.botId,
					name: body.name,
					description: body.description ?? null,
					user: body.user,
					phoneType: body.phoneType ?? 0,
					countryCode: body.countryCode ?? null,
					fallbackId: body.fallbackId,
					dateCreated: account.timestamp(),
				}),
			);
		},

		'PUT /channels/{channel_id}': ({ params, body }: OperationInput<ChannelChanges>) => {
			const channel = channels.get(params.channel_id);
			check(body);
			const { botId, name, description, countryCode, fallbackId, user } = body;
			assignDefined(channel, { botId, name, description, countryCode, fallbackId, user });
			return details(channel);
		},

		'DELETE /channels/{channel_id}': ({ params }) => {
			channels.delete(params.channel_id);
			for (const human of humans.list()) {
				human.memberships = human.memberships.filter(
					({ channelId }) => channelId !== Number(params.channel_id),
				);
			}
			return {};
		},
	};
}

/** The list has fewer fields than the other responses: no `test`, `fallbackId`, or `connections`. */
function summary({ fallbackId, ...channel }: Channel): Omit<Channel, 'fallbackId'> {
	return channel;
}

function details(channel: Channel): Channel & { test: boolean } {
	return { ...channel, test: false };
}

function withConnections(channel: Channel): Channel & { connections: unknown[] } {
	return { ...details(channel), connections: [] };
}

function assignDefined<Row extends object>(row: Row, changes: Partial<Row>): void {
	for (const [key, value] of Object.entries(changes))
		if (value !== undefined) Object.assign(row, { [key]: value });
}
