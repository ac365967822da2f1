import { cancellation } from '../../nodes/transport/cancellation';

const HOUR = 3_600_000;

test('without a signal the time is waited for', async () => {
	const { wait } = cancellation(undefined);
	await expect(wait(1)).resolves.toBeUndefined();
});

test('cancelling ends all waits at once, and those that begin later', async () => {
	const execution = new AbortController();
	const { wait, happened } = cancellation(execution.signal);
	const waits = [wait(HOUR), wait(HOUR), happened];
	execution.abort();
	await Promise.all(waits);
	await wait(HOUR);
});

test('an execution that is over already waits for nothing', async () => {
	const { wait, happened } = cancellation(AbortSignal.abort());
	await happened;
	await wait(HOUR);
});

test('however many wait, the signal has one listener', async () => {
	const execution = new AbortController();
	const listen = jest.spyOn(execution.signal, 'addEventListener');
	const { wait } = cancellation(execution.signal);
	const waits = Array.from({ length: 20 }, () => wait(HOUR));
	expect(listen).toHaveBeenCalledTimes(1);
	execution.abort();
	await Promise.all(waits);
});
