import type { SandboxOptions } from '../../sandbox/server';
import { useSandbox } from './client';

/** As `useSandbox`, but calling the NativeMessage API. */
export function useOtt(options: SandboxOptions = {}) {
	const { sandbox, control, clock } = useSandbox(options);

	/** With the sandbox's own token unless the headers bring another credential. */
	const raw = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
		fetch(`${sandbox().ottBaseUrl}${path}`, {
			method,
			body: body === undefined ? undefined : JSON.stringify(body),
			headers: {
				'content-type': 'application/json',
				...(headers ?? { authorization: `Bearer ${sandbox().token}` }),
			},
		});

	const call = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
		const response = await raw(method, path, body, headers);
		return { status: response.status, body: await response.json() };
	};

	const post = (path: string, body?: unknown) => call('POST', path, body);
	const send = (body: unknown) => post('/ott/messages', body);

	return { sandbox, control, clock, raw, call, post, send };
}
