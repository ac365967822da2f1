import { defineOperation } from '../../operations/defineOperation';
import { botId, revision } from './fields';
import { revisionRecord } from './records';

export const operation = defineOperation({
	option: {
		name: 'Get Revision',
		value: 'getRevision',
		description: 'Get one saved revision of a bot, to see its interactions at that time',
		action: 'Get a bot revision',
	},
	endpoint: 'GET /bots/{bot_id}/revisions/{revision}',
	fields: [botId, revision],
	output: revisionRecord,
});
