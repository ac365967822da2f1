import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** Linux counts CPU time in hundredths of a second, no matter what the kernel's clock is. */
const TICK_US = 10_000;
const KIB = 1024;

/** Describes the machine, for the head of a report. */
export function describeMachine(): string {
	const cores = cpus();
	const gib = Math.round(totalmem() / 2 ** 30);
	return `${cores.length} cores of ${cores[0].model.trim()}, ${gib} GB`;
}

/**
 * CPU time that a process has used, user and system, without its children.
 *
 * @returns microseconds; null where there is no /proc
 */
function cpuMicroseconds(pid: number): number | null {
	const stat = readProc(`/proc/${pid}/stat`);
	if (stat === null) return null;
	// The name in parentheses may contain spaces; field 3 and up follow it.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * TICK_US;
}

/**
 * Runs work and measures the CPU time that a process uses during it.
 *
 * @returns what `work` returns, with microseconds; null where there is no /proc
 */
export async function withCpuTime<T>(
	pid: number,
	work: () => Promise<T>,
): Promise<{ result: T; cpu: number | null }> {
	const before = cpuMicroseconds(pid);
	const result = await work();
	const after = cpuMicroseconds(pid);
	return { result, cpu: before === null || after === null ? null : after - before };
}

/** Makes the kernel measure the peak of a process's memory from now on. */
export function resetPeakMemory(pid: number): void {
	if (readProc(`/proc/${pid}/status`) !== null) writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/**
 * The most memory that a process has held since `resetPeakMemory`.
 *
 * @returns bytes of resident memory; null where there is no /proc
 */
export function peakMemory(pid: number): number | null {
	const peak = /^VmHWM:\s*(\d+) kB$/m.exec(readProc(`/proc/${pid}/status`) ?? '');
	return peak && Number(peak[1]) * KIB;
}

function readProc(path: string): string | null {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw error;
	}
}
