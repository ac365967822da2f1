import { phones, useSandbox } from './client';

const { sandbox, raw, call } = useSandbox();

describe('an injected fault', () => {
	it('responds with a status instead of processing, for the matching requests only', async () => {
		sandbox().addFault({
			kind: 'status',
			status: 429,
			headers: { 'Retry-After': '7' },
			match: { method: 'post', path: '^/messages' },
			after: 1,
			times: 2,
		});
		for (const path of ['/messages/1', '/messages/1']) expect((await call('GET', path)).status).toBe(404);
		expect((await call('POST', '/bots', { name: 'x', interactions: [] })).status).toBe(200);
		const answers = [];
		for (let i = 0; i < 4; i++) answers.push(await raw('POST', '/messages', JSON.stringify(hello)));
		expect(answers.map(({ status }) => status)).toEqual([200, 429, 429, 200]);
		expect(answers[1].headers.get('retry-after')).toBe('7');
		expect((await answers[1].json()).code).toBe('429');
		expect(sandbox().report().requests).toBe(2);
	});

	it('resets the connection before or after processing, in the order of the faults', async () => {
		sandbox().addFault({ kind: 'reset-before' });
		sandbox().addFault({ kind: 'reset-after' });
		await expect(call('POST', '/messages', hello)).rejects.toThrow();
		expect(sandbox().report().accepted).toBe(0);
		await expect(call('POST', '/messages', hello)).rejects.toThrow();
		expect(sandbox().report().accepted).toBe(1);
		expect(
			sandbox()
				.requests()
				.map(({ status }) => status),
		).toEqual([null, null]);
	});

	it('delays processing as slow', async () => {
		sandbox().addFault({ kind: 'slow', delayMs: 300 });
		const answer = call('POST', '/messages', hello);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(sandbox().report().accepted).toBe(0);
		expect((await answer).status).toBe(200);
		expect(sandbox().report().accepted).toBe(1);
	});

	it.each([
		['broken-json', 200, /^\{"requestId":"?[^}]*$/],
		['html', 502, /^<!DOCTYPE html>.*502 Bad Gateway/],
		['empty', 200, /^$/],
	] as const)('makes the response unreadable after processing: %s', async (kind, status, text) => {
		sandbox().addFault({ kind, status });
		const response = await raw('POST', '/messages', JSON.stringify(hello));
		expect(response.status).toBe(status);
		expect(await response.text()).toMatch(text);
		expect(sandbox().report().accepted).toBe(1);
	});

	it('is refused if it makes no sense', () => {
		expect(() => sandbox().addFault({ kind: 'status' })).toThrow('needs a status');
		expect(() => sandbox().addFault({ kind: 'slow' })).toThrow('needs delayMs');
		expect(() => sandbox().addFault({ kind: 'html', match: { path: '(' } })).toThrow('regular expression');
	});

	const hello = { text: 'Hello', targets: [phones('12015550101')] };
});
