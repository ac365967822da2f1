import { cancellation } from '../../nodes/transport/cancellation';

const HOUR = 3_600_000;

test('a wait without a signal takes its full time', async () => {
	const { wait } = cancellation(undefined);
	await expect(wait(1)).resolves.toBeUndefined();
});

test('a cancellation ends all waits immediately, and those that begin later', async () => {
	const execution = new AbortController();
	const { wait, happened } = cancellation(execution.signal);
	const waits = [wait(HOUR), wait(HOUR), happened];
	execution.abort();
	await Promise.all(waits);
	await wait(HOUR);
});

test('an execution that was already canceled waits for nothing', async () => {
	const { wait, happened } = cancellation(AbortSignal.abort());
	await happened;
	await wait(HOUR);
});

test('the signal has one listener, however many waits there are', async () => {
	const execution = new AbortController();
	const listen = jest.spyOn(execution.signal, 'addEventListener');
	const { wait } = cancellation(execution.signal);
	const waits = Array.from({ length: 20 }, () => wait(HOUR));
	expect(listen).toHaveBeenCalledTimes(1);
	execution.abort();
	await Promise.all(waits);
});
