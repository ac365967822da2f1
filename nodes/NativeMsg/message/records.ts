import type { IDataObject } from 'n8n-workflow';
import { statusName } from '../../transport/messageStatus';

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

/** What sending a message puts out: the request under which nativeMsg lists a message for each recipient. */
export const receipt = ({ requestId }: { requestId: string | null }): IDataObject => ({
	status: 'accepted',
	requestId: requestId ?? null,
});
