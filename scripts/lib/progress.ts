import { Listr, PRESET_TIMER } from 'listr2';

/** How often a task tells that it still runs where the output is not a terminal (a CI log), in ms. */
const LOG_INTERVAL = 20_000;
/** The same in a terminal, where the line is redrawn. */
const REDRAW_INTERVAL = 500;

export interface Progress {
	/** What is being done right now. */
	update(detail: string): void;
	/** What is added to the task's line at its end. */
	summarize(summary: string): void;
}

export interface Task<T> {
	title: string;
	work: (progress: Progress) => Promise<T>;
}

/**
 * Shows that a longer task is running, with the time elapsed: a line that is redrawn in a terminal, a line now and then
 * elsewhere.
 *
 * @returns what `work` returns
 * @throws its error, which the caller has to report
 */
export async function withProgress<T>(title: string, work: Task<T>['work']): Promise<T> {
	const [result] = await runTasks([{ title, work }]);
	return result;
}

/**
 * Runs tasks under a line each: one after the other, that many side by side, or all at once. Starts no further one after
 * one has failed.
 *
 * @returns what each returned, in the order of the tasks
 * @throws the first error, which the caller has to report; if all run at once, when all have ended
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
			// The script ends what it started before it exits.
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
