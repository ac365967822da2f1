import pRetry from 'p-retry';

/**
 * `fetch` that says which server failed and why. A read is repeated once, because a server may close an idle connection
 * at the moment it is used again.
 *
 * @returns the response, whatever its status
 * @throws {Error} when there is no response
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
