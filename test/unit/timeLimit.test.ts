import { once } from 'node:events';
import { endingInTime } from '../../nodes/transport/timeLimit';

const request = { url: 'https://api.example', timeout: 10 };

test('a request without a time-out is left as it is', () => {
	const endless = { url: 'https://api.example' };
	expect(endingInTime(endless)).toBe(endless);
});

test('a request ends after its time-out, and is the same otherwise', async () => {
	const { abortSignal, ...rest } = endingInTime(request);
	expect(rest).toEqual(request);
	const signal = abortSignal as AbortSignal;
	if (!signal.aborted) await once(signal, 'abort');
	expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});

test('a request that can be cancelled ends when it is, or after its time-out', async () => {
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
