import { hasStatus, RequestError } from '../../transport/errors';
import type { Service } from '../../transport/services';
import { SERVICE_NAMES } from '../../transport/services';
import { NotTriedError } from '../outcome';

/** How many requests in a row fail to reach the server before the run gives up. */
const MAX_UNREACHABLE = 5;

/** Decides when to give up on the rest of a run, because every further item would fail the same way. */
export interface GivingUp {
	/** Notes the result of a request. @param error undefined if it was accepted */
	note(error: unknown): void;
	/** Why no further item is tried; undefined while the run goes on. */
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
