import { defineOperation } from '../../operations/defineOperation';
import { botId } from './fields';
import { revisionRecord } from './records';

export const operation = defineOperation({
	option: {
		name: 'Get Revision',
		value: 'getRevision',
		description: 'Retrieve one saved revision of a bot',
		action: 'Get a revision of a bot',
	},
	endpoint: 'GET /bots/{bot_id}/revisions/{revision}',
	fields: [
		botId,
		{
			displayName: 'Revision',
			name: 'revision',
			type: 'number',
			typeOptions: { minValue: 1 },
			required: true,
			default: 1,
			description: 'The revision number, which is not the ID of the revision',
		},
	],
	output: revisionRecord,
});
