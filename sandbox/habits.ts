import { z } from 'zod';
import type { ApiRequest } from './api';
import { jsonAnswer, type WireAnswer } from './http';
import { matches, matchSchema } from './match';

/** Other shapes of errors that services use. */
export const ERROR_SHAPES = {
	message: (status: number, text: string) => ({ code: String(status), message: text }),
	'error-object': (_status: number, text: string) => ({ error: { code: 'REFUSED', message: text } }),
	detail: (status: number, text: string) => ({ title: 'Refused', status, detail: text }),
	list: (_status: number, text: string) => [{ message: text }],
	'errors-by-field': (_status: number, text: string) => ({ errors: { request: [text] } }),
	plain: (_status: number, text: string) => text,
	html: (status: number) => `<html><head><title>${status} from the gateway</title></head></html>`,
} as const;

const common = {
	match: matchSchema,
	/** Every how many matching requests show the habit. */
	every: z.number().int().positive().default(1),
};

const habitSchema = z.discriminatedUnion('kind', [
	/** A request that names one of these recipients (phone digits or IDs) gets a 404 response, and isn't processed. */
	z
		.object({ kind: z.literal('deleted-contact'), ...common, recipients: z.array(z.string()).min(1) })
		.strict(),
	/** This many requests a minute are accepted; the others get a 429 response without any header. */
	z.object({ kind: z.literal('bare-limit'), ...common, perMinute: z.number().int().positive() }).strict(),
	/** A gateway passes the request on, and responds with 503 and `Retry-After` (seconds) instead of the service. */
	z.object({ kind: z.literal('gateway'), ...common, retryAfter: z.string().default('1') }).strict(),
	z
		.object({
			kind: z.literal('error-shape'),
			...common,
			shape: z.enum(Object.keys(ERROR_SHAPES) as [keyof typeof ERROR_SHAPES]),
		})
		.strict(),
	/** Successful responses are wrapped in an envelope, under this name. */
	z.object({ kind: z.literal('envelope'), ...common, name: z.string().default('data') }).strict(),
	/** Requests that change something are processed and get a response with this status and text. */
	z
		.object({
			kind: z.literal('empty'),
			...common,
			status: z.number().int().min(200).max(299).default(204),
			text: z.string().default(''),
		})
		.strict(),
	/** The first lookups of a request's messages find only the first message. */
	z
		.object({ kind: z.literal('late-rows'), ...common, looks: z.number().int().positive().default(1) })
		.strict(),
	/** The connection breaks in the middle of a response. */
	z.object({ kind: z.literal('cut'), ...common }).strict(),
]);

/** How a service behaves until the sandbox is reset. */
export type Habit = z.input<typeof habitSchema>;
type ActiveHabit = z.output<typeof habitSchema> & { seen: number };

/** @throws ZodError if the value isn't a habit */
export function parseHabit(value: unknown): z.output<typeof habitSchema> {
	return habitSchema.parse(value);
}

const MINUTE_MS = 60_000;
const isJson = ({ headers }: WireAnswer) => headers?.['content-type']?.includes('json') === true;
const isSuccess = ({ status }: WireAnswer) => status >= 200 && status < 300;

/** All active habits, in the order in which they were added. */
export class Habits {
	private habits: ActiveHabit[] = [];
	private looks = new Map<string, number>();
	private minute = { begun: -Infinity, taken: 0 };

	/** @param now the clock for the limit */
	constructor(private readonly now: () => number) {}

	/** @throws ZodError if it isn't a habit */
	add(habit: Habit): void {
		this.habits.push({ ...parseHabit(habit), seen: 0 });
	}

	clear(): void {
		this.habits = [];
		this.looks.clear();
		this.minute = { begun: -Infinity, taken: 0 };
	}

	/**
	 * The response to a request, as changed by the habits.
	 *
	 * @param path URL path after the API's prefix, without the query
	 * @param refuse an error of the API
	 */
	async answer(
		{ method, body }: Pick<ApiRequest, 'method' | 'body'>,
		path: string,
		process: () => Promise<WireAnswer>,
		refuse: (status: number, description: string) => WireAnswer,
	): Promise<WireAnswer> {
		const shown = this.habits.filter(
			(habit) => matches(habit.match, method, path) && ++habit.seen % habit.every === 0,
		);
		const refused = shown
			.map((habit) => this.refusal(habit, body, refuse))
			.find((answer) => answer !== undefined);
		let answer = refused ?? (await process());
		for (const habit of shown) answer = this.changed(habit, method, path, answer);
		return answer;
	}

	private refusal(
		habit: ActiveHabit,
		body: string,
		refuse: (status: number, description: string) => WireAnswer,
	): WireAnswer | undefined {
		if (habit.kind === 'deleted-contact') {
			const gone = habit.recipients.find((recipient) => new RegExp(`(^|\\D)${recipient}(\\D|$)`).test(body));
			return gone === undefined ? undefined : refuse(404, `${gone} was deleted.`);
		}
		if (habit.kind !== 'bare-limit') return undefined;
		if (this.now() >= this.minute.begun + MINUTE_MS) this.minute = { begun: this.now(), taken: 0 };
		this.minute.taken += 1;
		return this.minute.taken > habit.perMinute ? refuse(429, 'Too many requests.') : undefined;
	}

	private changed(habit: ActiveHabit, method: string, path: string, answer: WireAnswer): WireAnswer {
		const { status, text } = answer;
		switch (habit.kind) {
			case 'gateway':
				if (!isSuccess(answer)) return answer;
				return { status: 503, headers: { 'Retry-After': habit.retryAfter }, text: 'Service Unavailable' };
			case 'error-shape':
				return isSuccess(answer) ? answer : inShape(habit.shape, answer);
			case 'envelope':
				if (!isSuccess(answer) || !isJson(answer)) return answer;
				return jsonAnswer(status, { [habit.name]: JSON.parse(text) }, answer.headers);
			case 'empty':
				if (!isSuccess(answer) || method === 'GET') return answer;
				return { status: habit.status, text: habit.text };
			case 'late-rows':
				return this.late(habit.looks, path, answer);
			case 'cut':
				return isSuccess(answer) ? { ...answer, isCut: true } : answer;
			default:
				return answer;
		}
	}

	private late(looks: number, path: string, answer: WireAnswer): WireAnswer {
		if (!isSuccess(answer) || !path.startsWith('/messages/requests/')) return answer;
		const count = (this.looks.get(path) ?? 0) + 1;
		this.looks.set(path, count);
		if (count > looks) return answer;
		return jsonAnswer(answer.status, (JSON.parse(answer.text) as unknown[]).slice(0, 1), answer.headers);
	}
}

/** Converts an error of one of the APIs to another shape. */
function inShape(shape: keyof typeof ERROR_SHAPES, answer: WireAnswer): WireAnswer {
	const { status, text, headers } = answer;
	// A gateway's response isn't JSON.
	if (!isJson(answer)) return answer;
	const { description, error } = JSON.parse(text) as { description?: string; error?: string };
	const body = ERROR_SHAPES[shape](status, description ?? error ?? '');
	return typeof body === 'string' ? { status, text: body } : jsonAnswer(status, body, headers);
}
