import { timestamp, type Message } from './state';

export type MessageStatus = 'A' | 'P' | 'S' | 'D' | 'F';

/**
 * Accepted, pending half a step later, sent (or failed) after one step, delivered after two.
 *
 * @param now milliseconds since 1970
 */
export function statusOf({ acceptedAt, stepMs, fails }: Message, now: number): MessageStatus {
	const age = now - acceptedAt;
	if (age < stepMs / 2) return 'A';
	if (age < stepMs) return 'P';
	if (fails) return 'F';
	return age < 2 * stepMs ? 'S' : 'D';
}

/**
 * As the API answers it: with `humandId` and `profilePic`, as the examples of the reference spell them.
 *
 * @param now milliseconds since 1970
 */
export function messageRecord(message: Message, now: number) {
	const { id, botId, channelId, requestId, humanId, content, acceptedAt, stepMs } = message;
	const status = statusOf(message, now);
	return {
		id,
		botId,
		channelId,
		requestId,
		humandId: humanId,
		sent: status === 'S' || status === 'D' ? timestamp(acceptedAt + stepMs) : null,
		status,
		messageType: 'O',
		delivered: status === 'D' ? timestamp(acceptedAt + 2 * stepMs) : null,
		profilePic: null,
		message: content,
	};
}
