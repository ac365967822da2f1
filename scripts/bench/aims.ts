import type { measureSending } from './sending';

type Senders = Awaited<ReturnType<typeof measureSending>>['byLatency'][number]['senders'];
type Ratio = 'timesFasterThanPlain' | 'timesSlowerThanFloor' | 'timesSlowerThanReadyText';

/** The latency (ms) that the aims hold for. */
const AIMED_LATENCY_MS = 20;

/** What each way to send has to reach at Concurrency 50. */
const AIMS: Array<{ key: string; label: string; ratio: Ratio; atMost?: number; atLeast?: number }> = [
	{ key: 'combined', label: '(a), times faster than (e)', ratio: 'timesFasterThanPlain', atLeast: 250 },
	{ key: 'ready50', label: '(b1), times slower than (f)', ratio: 'timesSlowerThanFloor', atMost: 1.6 },
	{ key: 'ready50', label: '(b1), times faster than (e)', ratio: 'timesFasterThanPlain', atLeast: 25 },
	{ key: 'references50', label: '(b2), times slower than (f)', ratio: 'timesSlowerThanFloor', atMost: 1.6 },
	{ key: 'references50', label: '(b2), times faster than (e)', ratio: 'timesFasterThanPlain', atLeast: 25 },
	{ key: 'fallback50', label: '(b3), times slower than (b1)', ratio: 'timesSlowerThanReadyText', atMost: 2 },
	{ key: 'paired50', label: '(b4), times slower than (b1)', ratio: 'timesSlowerThanReadyText', atMost: 2 },
];

/** An aim and what was measured. */
export interface AimResult {
	label: string;
	aim: string;
	measured: number | undefined;
	isMet: boolean;
}

/** Whether the aims were met; empty if the latency that they hold for wasn't measured. */
export function aimsOf(byLatency: Array<{ latencyMs: number; senders: Senders }>): AimResult[] {
	const senders = byLatency.find(({ latencyMs }) => latencyMs === AIMED_LATENCY_MS)?.senders;
	if (!senders) return [];
	return AIMS.map(({ key, label, ratio, atMost = Infinity, atLeast = 0 }) => {
		const measured = senders.find((sender) => sender.key === key)?.[ratio];
		const isMet = measured !== undefined && measured <= atMost && measured >= atLeast;
		return { label, aim: atMost < Infinity ? `at most ${atMost}` : `at least ${atLeast}`, measured, isMet };
	});
}
