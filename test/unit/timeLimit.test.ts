import { once } from 'node:events';
import { endingInTime } from '../../nodes/transport/timeLimit';

const request = { url: 'https://api.example', timeout: 10 };

test('a request without a timeout stays as it is', () => {
	const endless = { url: 'https://api.example' };
	expect(endingInTime(endless)).toBe(endless);
});

test('a request ends after its timeout, and is otherwise unchanged', async () => {
	const { abortSignal, ...rest } = endingInTime(request);
	expect(rest).toEqual(request);
	const signal = abortSignal as AbortSignal;
	if (!signal.aborted) await once(signal, 'abort');
	expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});

test('a request that can be canceled ends when it is, or after its timeout', async () => {
	const execution = new AbortController();
	const long = endingInTime({ ...request, timeout: 1e6, abortSignal: execution.signal });
	expect((long.abortSignal as AbortSignal).aborted).toBe(false);
	execution.abort();
	expect((long.abortSignal as AbortSignal).aborted).toBe(true);
	const short = endingInTime({ ...request, abortSignal: new AbortController().signal });
	const signal = short.abortSignal as AbortSignal;
	if (!signal.aborted) await once(signal, 'abort');
	expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});
