import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** Linux counts CPU time in hundredths of a second, whatever the kernel's own clock. */
const TICK_US = 10_000;
const KIB = 1024;

/** What the figures were measured on, for the head of a report. */
export function describeMachine() {
	const cores = cpus();
	const gib = Math.round(totalmem() / 2 ** 30);
	return `${cores.length} cores of ${cores[0].model.trim()}, ${gib} GB`;
}

/**
 * CPU time that a process has used, user and system, without its children.
 *
 * @param {number} pid
 * @returns {number | null} microseconds; null where there is no /proc
 */
export function cpuMicroseconds(pid) {
	const stat = readProc(`/proc/${pid}/stat`);
	if (stat === null) return null;
	// The name in brackets may hold blanks; the fields after it are the 3rd and following.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * TICK_US;
}

/** Has the kernel measure the peak of a process's memory from now on. */
export function resetPeakMemory(pid) {
	if (readProc(`/proc/${pid}/status`) !== null) writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/**
 * The most memory that a process has held since `resetPeakMemory`.
 *
 * @param {number} pid
 * @returns {number | null} bytes of resident memory; null where there is no /proc
 */
export function peakMemory(pid) {
	const status = readProc(`/proc/${pid}/status`);
	return status && Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)[1]) * KIB;
}

function readProc(path) {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		if (error.code === 'ENOENT') return null;
		throw error;
	}
}
