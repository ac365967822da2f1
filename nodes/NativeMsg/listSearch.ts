import type { ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';
import { listSearch, searchCountries } from '../operations/listSearch';
import { chosenValue } from '../operations/form/locator';
import type { ApiClient } from '../transport/client';
import { hasStatus, NotSentError } from '../transport/errors';
import { CHANNEL_TYPES, channelTypeName } from './channel/fields';

function byName(entries: INodeListSearchItems[]): INodeListSearchItems[] {
	const { compare } = new Intl.Collator();
	return entries.sort((a, b) => compare(a.name, b.name));
}

const searchChannels = listSearch({
	async fetch(client) {
		const channels = await client.call('GET /channels');
		return byName(
			channels.map(({ id, name, channelType }) => ({
				name: (name || `Channel ${id}`) + (channelType ? ` (${channelTypeName(channelType)})` : ''),
				value: id,
			})),
		);
	},
});

const searchBots = listSearch({
	async fetch(client) {
		const bots = await client.call('GET /bots');
		return byName(bots.map(({ id, name }) => ({ name: name || `Bot ${id}`, value: id })));
	},
});

/** @throws NotSentError if no bot is chosen, or it is an expression without a value yet */
function chosenBot(context: ILoadOptionsFunctions): string {
	const bot = String(chosenValue(context.getCurrentNodeParameter('botId')) ?? '');
	if (/^\d+$/.test(bot)) return bot;
	throw new NotSentError(
		'Select a bot first',
		'Then its revisions appear here. If the bot is an expression, enter the revision number.',
	);
}

const searchRevisions = listSearch({
	dependsOn: chosenBot,
	async fetch(client, bot) {
		const path = { bot_id: Number(bot) };
		const revisions = await client.call('GET /bots/{bot_id}/revisions', { path });
		return revisions
			.sort((a, b) => b.revision - a.revision)
			.map(({ revision, revisionName, name }) => ({
				name: [revision, revisionName ?? name].filter(Boolean).join(' · '),
				value: revision,
			}));
	},
});

const searchHumans = listSearch({
	async fetch(client) {
		const humans = await client.call('GET /humans');
		return byName(
			humans.map(({ id, name, firstName, lastName, phoneNumber }) => {
				const fullName = name || [firstName, lastName].filter(Boolean).join(' ');
				const isPhone =
					phoneNumber !== undefined && phoneNumber?.replace('+', '') === fullName.replace('+', '');
				const shown = isPhone ? [phoneNumber] : [fullName, phoneNumber];
				return { name: shown.filter(Boolean).join(' · ') || `Human ${id}`, value: id };
			}),
		);
	},
});

/** A wrong credential is reported; after any other error, the documented types are offered. */
const isAccessError = (error: unknown) => error instanceof NotSentError || hasStatus(error, 401, 403);

async function fetchChannelTypes(client: ApiClient): Promise<INodeListSearchItems[]> {
	const types = await client.call('GET /channels/types');
	return byName(
		types.map(({ name, description }) => ({ name: channelTypeName(name, description), value: name })),
	);
}

const searchChannelTypes = listSearch({
	async fetch(client) {
		const found = await fetchChannelTypes(client).catch((error: Error) =>
			isAccessError(error) ? Promise.reject(error) : [],
		);
		return found.length > 0 ? found : CHANNEL_TYPES;
	},
});

/** The dropdowns of the node's form, by the names that its fields refer to. */
export const listSearchMethods = {
	searchBots,
	searchChannels,
	searchChannelTypes,
	searchCountries,
	searchHumans,
	searchRevisions,
};
