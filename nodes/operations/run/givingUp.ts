import { hasStatus, RequestError } from '../../transport/errors';
import type { Service } from '../../transport/services';
import { SERVICE_NAMES } from '../../transport/services';
import { NotTriedError } from '../outcome';

/** So many requests in a row find no server before the rest of the run isn't tried. */
const MAX_UNREACHABLE = 5;

/** Decides when the rest of a run isn't tried, because it would fail the same way whatever the item. */
export interface GivingUp {
	/** Notes how a request ended; undefined when it was accepted. */
	note(error: unknown): void;
	/** Why no further item is tried; undefined while they are. */
	reason(): NotTriedError | undefined;
}

export function createGivingUp(service: Service): GivingUp {
	const name = SERVICE_NAMES[service];
	let unreachable = 0;
	let reason: NotTriedError | undefined;
	return {
		note(error) {
			unreachable = error instanceof RequestError && error.isUnreachable ? unreachable + 1 : 0;
			if (hasStatus(error, 401)) {
				reason ??= new NotTriedError(`${name} refused the credential, so this item wasn't tried`, error);
			}
			if (unreachable >= MAX_UNREACHABLE) {
				const why = `${name} couldn't be reached ${MAX_UNREACHABLE} times running, so this item wasn't tried`;
				reason ??= new NotTriedError(why, error as RequestError);
			}
		},
		reason: () => reason,
	};
}
