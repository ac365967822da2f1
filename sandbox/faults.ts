import { z } from 'zod';
import { matches, matchSchema } from './match';

const faultSchema = z
	.object({
		match: matchSchema,
		/** How many matching requests are affected. */
		times: z.number().int().positive().default(1),
		/** How many matching requests pass before that. */
		after: z.number().int().nonnegative().default(0),
		/**
		 * - `status`: responds with `status`, not processed
		 * - `reset-before`, `reset-after`: connection reset, without and after processing
		 * - `slow`: processed after `delayMs`
		 * - `broken-json`, `html`, `empty`: processed, but the response is truncated JSON, a web page, or empty
		 * - `cut`: processed, but the connection breaks in the middle of the response
		 */
		kind: z.enum(['status', 'reset-before', 'reset-after', 'slow', 'broken-json', 'html', 'empty', 'cut']),
		status: z.number().int().min(200).max(599).optional(),
		headers: z.record(z.string()).optional(),
		/** For `status`: a string is sent as it is, anything else as JSON. Default: the API's error body. */
		body: z.unknown().optional(),
		delayMs: z.number().nonnegative().optional(),
	})
	.strict()
	.refine(({ kind, status }) => kind !== 'status' || status !== undefined, 'kind "status" needs a status')
	.refine(({ kind, delayMs }) => kind !== 'slow' || delayMs !== undefined, 'kind "slow" needs delayMs');

/** A fault to inject into one or more of the next matching requests. */
export type Fault = z.input<typeof faultSchema>;
export type ActiveFault = z.output<typeof faultSchema>;

/** @throws ZodError if the value isn't a fault */
export function parseFault(value: unknown): ActiveFault {
	return faultSchema.parse(value);
}

/** Faults in the order they were added; each request is affected by at most one. */
export class FaultQueue {
	private faults: ActiveFault[] = [];

	/** @throws ZodError if it isn't a fault */
	add(fault: Fault): void {
		this.faults.push(parseFault(fault));
	}

	clear(): void {
		this.faults = [];
	}

	/**
	 * The fault that affects this request, if any.
	 *
	 * @param path URL path after the API's prefix, without the query
	 */
	take(method: string, path: string): ActiveFault | undefined {
		for (const fault of this.faults) {
			if (!matches(fault.match, method, path)) continue;
			if (fault.after > 0) {
				fault.after -= 1;
				continue;
			}
			fault.times -= 1;
			if (fault.times === 0) this.faults = this.faults.filter((other) => other !== fault);
			return fault;
		}
		return undefined;
	}
}
