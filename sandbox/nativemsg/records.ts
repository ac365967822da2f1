import { timestamp, type Message } from './state';

export type MessageStatus = 'A' | 'Q' | 'P' | 'S' | 'D' | 'F' | 'R';

/**
 * Accepted, queued after a third of a step, pending after two thirds, sent (or failed) after one step, delivered after
 * two, and read after three by people who read their messages.
 *
 * @param now milliseconds since 1970
 */
export function statusOf({ acceptedAt, stepMs, fails, isRead }: Message, now: number): MessageStatus {
	const age = now - acceptedAt;
	if (age < stepMs / 3) return 'A';
	if (age < (2 * stepMs) / 3) return 'Q';
	if (age < stepMs) return 'P';
	if (fails) return 'F';
	if (age < 2 * stepMs) return 'S';
	return isRead && age >= 3 * stepMs ? 'R' : 'D';
}

/** As the API returns it in a status: with `humandId` and `profilePic`, as spelled in the reference's examples. */
export function messageRecord(message: Message, status: MessageStatus) {
	const { id, botId, channelId, requestId, humanId, content, acceptedAt, stepMs } = message;
	return {
		id,
		botId,
		channelId,
		requestId,
		humandId: humanId,
		sent: 'SDR'.includes(status) ? timestamp(acceptedAt + stepMs) : null,
		status,
		messageType: 'O',
		delivered: 'DR'.includes(status) ? timestamp(acceptedAt + 2 * stepMs) : null,
		profilePic: null,
		message: content,
	};
}
