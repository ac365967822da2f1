import pRetry from 'p-retry';

/**
 * `fetch` with errors that say which server failed and why. A GET is repeated once, because a server may close an idle
 * connection just as it is reused.
 *
 * @returns the response, with any status
 * @throws {Error} if there is no response
 */
export async function fetchAnswer(url: string, options: RequestInit = {}): Promise<Response> {
	const isRead = (options.method ?? 'GET') === 'GET';
	try {
		return await pRetry(() => fetch(url, options), { retries: isRead ? 1 : 0, minTimeout: 0 });
	} catch (error) {
		const { cause, message } = error as Error & { cause?: NodeJS.ErrnoException };
		throw new Error(`There was no response from ${url} (${cause?.code ?? cause?.message ?? message}).`, {
			cause: error,
		});
	}
}
