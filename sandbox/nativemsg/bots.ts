import { ApiError } from '../api';
import type { OperationHandler, OperationInput } from '../contract';
import type { Account, Bot, BotRevision } from './state';

/** Requests 13 to 20 of the reference. */
export function botOperations(account: Account): Record<string, OperationHandler> {
	const { bots, revisions } = account;

	const revisionsOf = (bot: Bot) => revisions.list().filter(({ botId }) => botId === bot.id);
	const latestRevision = (bot: Bot) => Math.max(...revisionsOf(bot).map(({ revision }) => revision));
	const findRevision = (bot: Bot, number: number, status: number): BotRevision => {
		const found = revisionsOf(bot).find(({ revision }) => revision === number);
		if (!found) throw new ApiError(status, `Revision ${number} of bot #${bot.id} does not exist.`);
		return found;
	};
	const use = (bot: Bot, { name, interactions, revision: currentRevision }: BotRevision) =>
		Object.assign(bot, { name, interactions, currentRevision });
	const view = (bot: Bot) => ({ ...bot, latestRevision: latestRevision(bot) });

	return {
		'GET /bots': () => bots.list().map(view),

		'GET /bots/{bot_id}': ({ params }) => view(bots.get(params.bot_id)),

		'POST /bots': ({ body }: OperationInput<Pick<Bot, 'name' | 'interactions'>>) => {
			const bot = bots.add({ ...body, currentRevision: 1, dateCreated: account.timestamp() });
			revisions.add({ ...body, botId: bot.id, revision: 1 });
			return view(bot);
		},

		// In the reference, this response has no revision numbers.
		'PUT /bots/{bot_id}': ({ params, body }: OperationInput<Partial<Bot> & Pick<Bot, 'interactions'>>) => {
			const bot = bots.get(params.bot_id);
			const { interactions, name = bot.name } = body;
			use(bot, revisions.add({ botId: bot.id, revision: latestRevision(bot) + 1, name, interactions }));
			return { id: bot.id, name, interactions, dateCreated: bot.dateCreated };
		},

		'DELETE /bots/{bot_id}': ({ params }) => {
			bots.delete(params.bot_id);
			return {};
		},

		'GET /bots/{bot_id}/revisions': ({ params }) => revisionsOf(bots.get(params.bot_id)).map(revisionView),

		'GET /bots/{bot_id}/revisions/{revision}': ({ params }) => ({
			...revisionView(findRevision(bots.get(params.bot_id), Number(params.revision), 404)),
			welcomeMessageExecute: null,
		}),

		'PUT /bots/{bot_id}/revisions': ({ params, body }: OperationInput<{ restore: number | 'latest' }>) => {
			const bot = bots.get(params.bot_id);
			const number = body.restore === 'latest' ? latestRevision(bot) : body.restore;
			use(bot, findRevision(bot, number, 422));
			return { restored: true };
		},
	};
}

/** `data` is the interactions as JSON text, as in the reference's examples. */
function revisionView({ id, botId, revision, name, interactions }: BotRevision) {
	return { id, botId, revision, revisionName: `v0.${revision}`, name, data: JSON.stringify(interactions) };
}
