import { defineOperation } from '../../operations/defineOperation';
import { botId, revision } from './fields';
import { revisionRecord } from './records';

export const operation = defineOperation({
	option: {
		name: 'Get Revision',
		value: 'getRevision',
		description: 'Retrieve one saved revision of a bot',
		action: 'Get a saved revision of a bot',
	},
	endpoint: 'GET /bots/{bot_id}/revisions/{revision}',
	fields: [botId, revision],
	output: revisionRecord,
});
