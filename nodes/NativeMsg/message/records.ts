import type { IDataObject } from 'n8n-workflow';
import { statusName } from '../../transport/messageStatus';

const TYPE_NAMES = new Map<unknown, string>([
	['O', 'outbound'],
	['I', 'inbound'],
	['B', 'blast'],
]);

/**
 * A message record in one shape. The reference's tables have `humanId` and `profilePicUrl`, but its examples `humandId`
 * and `profilePic`; the output uses the names from the tables. Names are added for the one-letter codes of status and
 * type.
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

/** The output of sending a message. nativeMsg lists a message for each recipient under the request ID. */
export const receipt = ({ requestId }: { requestId: string | null }): IDataObject => ({
	status: 'accepted',
	requestId: requestId ?? null,
});
