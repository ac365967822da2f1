import type { IBinaryData } from 'n8n-workflow';

/** A file of an input item, as n8n keeps it when it has stored it. */
export const storedFile = (mimeType: string, bytes = 1_000): IBinaryData => ({
	id: `filesystem-v2:workflows/1/executions/1/binary_data/${mimeType.replace(/\W/g, '-')}-${bytes}`,
	data: 'filesystem-v2',
	mimeType,
	bytes,
});
