import { defineOperation } from '../../operations/defineOperation';
import { botId, revision } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Restore Revision',
		value: 'restoreRevision',
		description: 'Make an earlier revision the current one, which replaces the interactions of the bot',
		action: 'Restore by replacing a bot',
	},
	endpoint: 'PUT /bots/{bot_id}/revisions',
	fields: [
		botId,
		{
			displayName: 'Restore',
			name: 'restoreTo',
			type: 'options',
			options: [
				{ name: 'Latest Revision', value: 'latest' },
				{ name: 'Chosen Revision', value: 'number' },
			],
			default: 'latest',
		},
		{ ...revision, displayOptions: { show: { restoreTo: ['number'] } } },
	],
	fieldNames: { restore: 'revision' },
	request(form) {
		const latest = form.get('restoreTo') === 'latest';
		const restore = latest ? 'latest' : form.read('revision', { type: 'integer', minimum: 1 });
		return { body: form.readBody({ restore }) };
	},
});
