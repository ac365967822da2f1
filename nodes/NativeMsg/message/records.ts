import type { IDataObject } from 'n8n-workflow';

/** The reference's one-letter statuses of a message. */
const STATUS_NAMES = new Map<unknown, string>([
	['A', 'accepted'],
	['P', 'pending'],
	['S', 'sent'],
	['D', 'delivered'],
	['F', 'failed'],
	['Q', 'queued'],
	['R', 'read'],
]);

/** The name of a status that is given as its letter or its name, in any case; undefined for any other. */
export function statusName(status: unknown): string | undefined {
	const text = String(status).trim();
	const known = STATUS_NAMES.get(text.toUpperCase());
	return known ?? [...STATUS_NAMES.values()].find((name) => name === text.toLowerCase());
}

const TYPE_NAMES = new Map<unknown, string>([
	['O', 'outbound'],
	['I', 'inbound'],
	['B', 'blast'],
]);

/**
 * A message record in one shape. The vendor's tables name `humanId` and `profilePicUrl`, its examples `humandId` and
 * `profilePic`: the tables' names come out. The one-letter codes of status and type get their meaning beside them.
 */
export function messageRecord(record: object): IDataObject {
	const { humandId, profilePic, ...rest } = record as IDataObject;
	return {
		...rest,
		humanId: rest.humanId ?? humandId ?? null,
		profilePicUrl: rest.profilePicUrl ?? profilePic ?? null,
		statusName: statusName(rest.status) ?? 'unknown',
		messageTypeName: TYPE_NAMES.get(rest.messageType) ?? 'unknown',
	};
}
