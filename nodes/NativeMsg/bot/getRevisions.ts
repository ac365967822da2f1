import { returnAllOrLimit } from '../../operations/commonFields';
import { defineOperation } from '../../operations/defineOperation';
import { botId } from './fields';
import { revisionRecord } from './records';

export const operation = defineOperation({
	option: {
		name: 'Get Many Revisions',
		value: 'getRevisions',
		description: 'List the saved revisions of a bot, for example to restore one',
		action: 'Get many bot revisions',
	},
	endpoint: 'GET /bots/{bot_id}/revisions',
	fields: [botId, ...returnAllOrLimit],
	output: (revisions) => revisions.map(revisionRecord),
});
