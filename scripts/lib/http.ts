/**
 * `fetch` that says which server failed and why. A read is repeated once, because a server may close an idle connection
 * at the moment it is used again.
 *
 * @param {string} url
 * @param {RequestInit} [options]
 * @returns {Promise<Response>} of any status
 * @throws {Error} when there is no answer
 */
export async function fetchAnswer(url, options = {}) {
	const isRead = (options.method ?? 'GET') === 'GET';
	const attempt = () => fetch(url, options);
	try {
		return await (isRead ? attempt().catch(attempt) : attempt());
	} catch (error) {
		const reason = error.cause?.code ?? error.cause?.message ?? error.message;
		throw new Error(`There was no answer from ${url} (${reason}).`, { cause: error });
	}
}
