import { RequestError } from './errors';
import type { Closure } from './rateLimiter';
import type { Service } from './services';
import { SERVICE_NAMES } from './services';

/** The time of day with its time zone, such as `15:04 (Europe/Berlin)`; with the date unless it is today. */
function timeOfDay(time: number, now: number, timeZone: string): string {
	const clock: Intl.DateTimeFormatOptions = {
		timeZone,
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
	};
	const date = new Intl.DateTimeFormat('en-CA', { timeZone });
	const isToday = date.format(time) === date.format(now);
	const text = new Intl.DateTimeFormat('en-GB', clock).format(time);
	return `${isToday ? '' : `${date.format(time)} `}${text} (${timeZone})`;
}

/** What is known about a pause that is longer than the node waits. */
export interface LongPause {
	service: Service;
	closure: Closure;
	/** The user's time zone. */
	timeZone: string;
}

/** The error for a request that isn't sent because nothing may go out for a long time. */
export function pausedError({ service, closure, timeZone }: LongPause, now = Date.now()): RequestError {
	const name = SERVICE_NAMES[service];
	const { until, askedUntil, since } = closure;
	const message =
		askedUntil === undefined
			? `${name} has refused every request since ${timeOfDay(since, now, timeZone)}: too many requests`
			: `${name} asked for a pause until ${timeOfDay(askedUntil, now, timeZone)}`;
	const remedy = `This was not sent. Until ${timeOfDay(until, now, timeZone)} nothing is sent with this credential, and each run ends with this message; then the next request is tried. Run the failed items again after that.`;
	return new RequestError(message, remedy, 429);
}
