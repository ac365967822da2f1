import { defineOperation } from '../../operations/defineOperation';
import { botId } from './fields';

export const operation = defineOperation({
	option: {
		name: 'Restore Revision',
		value: 'restoreRevision',
		description: 'Make an earlier revision the current one. It replaces the interactions of the bot.',
		action: 'Restore a revision of a bot',
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
				{ name: 'Revision Number', value: 'number' },
			],
			default: 'latest',
		},
		{
			displayName: 'Revision',
			name: 'revision',
			type: 'number',
			typeOptions: { minValue: 1 },
			displayOptions: { show: { restoreTo: ['number'] } },
			required: true,
			default: 1,
			description: 'The revision number, as "Get Many Revisions" lists it',
		},
	],
	fieldNames: { restore: 'revision' },
	request(form) {
		const latest = form.get('restoreTo') === 'latest';
		const restore = latest ? 'latest' : form.read('revision', { type: 'integer', minimum: 1 });
		return { body: form.readBody({ restore }) };
	},
});
