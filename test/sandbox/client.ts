import { createHandClock } from '../support/handClock';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/server';

/** A sandbox for one test file, with a stopped clock, reset before each test, and helpers for requests to it. */
export function useSandbox(options: SandboxOptions = {}) {
	let sandbox: Sandbox;
	const clock = createHandClock();

	beforeAll(async () => {
		sandbox = await startSandbox({ token: 'test-token', now: clock.now, ...options });
	});
	afterAll(() => sandbox.close());
	beforeEach(() => sandbox.reset());
	afterEach(() => jest.restoreAllMocks());

	/** Sends text as it is. */
	const raw = (method: string, path: string, body?: string, headers: Record<string, string> = {}) => {
		const auth = { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/json' };
		return fetch(`${sandbox.baseUrl}${path}`, { method, body, headers: { ...auth, ...headers } });
	};

	const call = async (method: string, path: string, body?: unknown) => {
		const response = await raw(method, path, body === undefined ? undefined : JSON.stringify(body));
		return { status: response.status, body: await response.json() };
	};

	const get = async (path: string) => (await call('GET', path)).body;

	const control = async (method: string, route: string, body?: unknown) => {
		const text = body === undefined ? undefined : JSON.stringify(body);
		const response = await fetch(`${sandbox.url}/__sandbox/${route}`, { method, body: text });
		return { status: response.status, body: await response.json() };
	};

	const sendTo = (...targets: unknown[]) => call('POST', '/messages', { text: 'Hello', targets });

	return { sandbox: () => sandbox, clock, raw, call, get, control, sendTo };
}

export const ids = (rows: Array<{ id: number }>) => rows.map(({ id }) => id);

export const phones = (...numbers: string[]) => ({ targetType: 'phones', phones: numbers, channelId: 601 });
