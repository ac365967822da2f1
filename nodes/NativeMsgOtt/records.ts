import type { IDataObject } from 'n8n-workflow';

type Value = IDataObject[string];

/** What the service leaves out is null, so that an output always has the same fields. */
const orNull = (value: Value) => value ?? null;

/** A message as the NativeMsg node names its fields, with the record of the API under `raw`. */
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

/** A template, likewise. */
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

/** A channel, likewise. */
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
