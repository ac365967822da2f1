/** How often a line is repeated where the output is not a terminal (a CI log), in ms. */
const LOG_INTERVAL = 20_000;
/** How often the line is redrawn in a terminal, in ms. */
const REDRAW_INTERVAL = 500;

/**
 * @typedef {object} Progress
 * @property {(detail: string) => void} update what is being done right now
 * @property {(summary?: string) => void} done ends the line with the time it took
 * @property {() => void} fail ends the line; the error itself is the caller's to report
 */

/**
 * Shows on stderr that a longer task is running: one line that is redrawn in a terminal, a line now and
 * then elsewhere. Always with the seconds elapsed.
 *
 * @param {string} task e.g. "Installing n8n"
 * @returns {Progress}
 */
export function startProgress(task) {
	const startedAt = Date.now();
	const inTerminal = Boolean(process.stderr.isTTY);
	let detail = '';

	const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
	const running = () => `${task} … ${seconds()}${detail ? `, ${detail}` : ''}`;
	const draw = () => {
		if (!inTerminal) return void process.stderr.write(`${running()}\n`);
		const width = (process.stderr.columns || 80) - 1;
		process.stderr.write(`\r\x1b[2K${running().slice(0, width)}`);
	};
	const end = (line) => {
		clearInterval(timer);
		process.stderr.write(inTerminal ? `\r\x1b[2K${line}\n` : `${line}\n`);
	};

	const timer = setInterval(draw, inTerminal ? REDRAW_INTERVAL : LOG_INTERVAL);
	timer.unref();
	if (inTerminal) draw();

	return {
		update: (text) => void (detail = text),
		done: (summary) => end(`✔ ${task}: ${summary ?? 'done'} (${seconds()})`),
		fail: () => end(`✖ ${task}: failed after ${seconds()}`),
	};
}

/**
 * Runs a task under a progress line.
 *
 * @template T
 * @param {string} task
 * @param {(progress: Progress) => Promise<T>} work
 * @returns {Promise<T>} what `work` returns; its error is passed on
 */
export async function withProgress(task, work) {
	const progress = startProgress(task);
	try {
		const result = await work(progress);
		progress.done();
		return result;
	} catch (error) {
		progress.fail();
		throw error;
	}
}
