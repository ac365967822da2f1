import { Listr, PRESET_TIMER } from 'listr2';

/** How often a task reports that it is still running if the output isn't a terminal (a CI log), in ms. */
const LOG_INTERVAL = 20_000;
/** The same for a terminal, where the line is redrawn. */
const REDRAW_INTERVAL = 500;

export interface Progress {
	/** Shows what is being done right now. */
	update(detail: string): void;
	/** Adds a summary to the task's line at its end. */
	summarize(summary: string): void;
}

export interface Task<T> {
	title: string;
	work: (progress: Progress) => Promise<T>;
}

/**
 * Shows that a longer task is running, with the elapsed time: a redrawn line in a terminal, an occasional line elsewhere.
 *
 * @returns what `work` returns
 * @throws its error, which the caller has to report
 */
export async function withProgress<T>(title: string, work: Task<T>['work']): Promise<T> {
	const [result] = await runTasks([{ title, work }]);
	return result;
}

/**
 * Runs tasks with a line each: one after the other, this many in parallel, or all at once. Starts no more tasks after one
 * has failed.
 *
 * @returns the results in the order of the tasks
 * @throws the first error, which the caller has to report; if all run at once, after all have ended
 */
export async function runTasks<T>(
	tasks: Array<Task<T>>,
	{ concurrent = false }: { concurrent?: boolean | number } = {},
): Promise<T[]> {
	const results: T[] = [];
	const errors: unknown[] = [];
	const list = new Listr<unknown, 'default', 'simple'>(
		tasks.map(({ title, work }, index) => ({
			title,
			task: async (_context, line) => {
				const startedAt = Date.now();
				const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
				let detail = '';
				const show = () => void (line.output = detail ? `${seconds()}, ${detail}` : seconds());
				const timer = setInterval(show, process.stdout.isTTY ? REDRAW_INTERVAL : LOG_INTERVAL);
				try {
					results[index] = await work({
						update: (text) => void (detail = text),
						summarize: (text) => void (line.title = `${title}: ${text}`),
					});
				} catch (error) {
					errors.push(error);
					throw new Error(`after ${seconds()}`);
				} finally {
					clearInterval(timer);
				}
			},
		})),
		{
			concurrent,
			exitOnError: concurrent !== true,
			// The script stops what it started before it exits.
			registerSignalListeners: false,
			rendererOptions: { timer: PRESET_TIMER, collapseErrors: false },
			fallbackRendererOptions: { timer: PRESET_TIMER },
		},
	);
	// Ctrl+C may end the process while the list hides the cursor.
	process.once('exit', showCursor);
	await list.run().catch(() => undefined);
	process.removeListener('exit', showCursor);
	if (errors.length > 0) throw errors[0];
	return results;
}

function showCursor(): void {
	if (process.stdout.isTTY) process.stdout.write('\u001B[?25h');
}
