import type { IDataObject } from 'n8n-workflow';

type Value = IDataObject[string];

/** Missing values become null, so that the output always has the same fields. */
const orNull = (value: Value) => value ?? null;

/** A message with the field names of the NativeMsg node, and the API's record under `raw`. */
export function messageRecord(record: object): IDataObject {
	const raw = record as IDataObject;
	return {
		to: orNull(raw.to),
		status: orNull(raw.status),
		messageId: orNull(raw.id),
		text: orNull(raw.body),
		errorMessage: orNull(raw.error_message),
		channelId: orNull(raw.channel_id),
		templateId: orNull(raw.template_id),
		providerMessageId: orNull(raw.provider_message_id),
		createdAt: orNull(raw.created_at),
		raw,
	};
}

/** A template in the same style. */
export function templateRecord(record: object): IDataObject {
	const raw = record as IDataObject;
	return {
		templateId: orNull(raw.id),
		name: orNull(raw.name),
		status: orNull(raw.status),
		body: orNull(raw.body),
		variables: orNull(raw.variables),
		channelId: orNull(raw.channel_id),
		createdAt: orNull(raw.created_at),
		raw,
	};
}

/** A channel in the same style. */
export function channelRecord(record: object): IDataObject {
	const raw = record as IDataObject;
	return {
		channelId: orNull(raw.id),
		channelType: orNull(raw.channel),
		name: orNull(raw.name),
		status: orNull(raw.status),
		providerId: orNull(raw.provider_id),
		config: orNull(raw.config),
		createdAt: orNull(raw.created_at),
		raw,
	};
}
