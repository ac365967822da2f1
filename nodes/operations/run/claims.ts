/**
 * Claims recipients before a message goes out to them, so that none of them gets it twice, no matter what happens to the
 * execution.
 *
 * n8n stores a list of keys for the node. Keys can be added and removed, but checking for a key also adds it. So each
 * recipient has two keys:
 *
 *     c  claimed: stays
 *     o  open: goes as soon as the end is known
 *
 * Both are checked in one step. If neither existed, no one has sent to the recipient, and now they are claimed. If only c
 * existed, they got the message, and o is removed again. If both existed, the execution that claimed them never recorded
 * an outcome, so it is unknown. A crash between any two steps leaves both keys, which results in "unknown" and never in a
 * second message.
 *
 * n8n reads and writes the list as a whole. Within a process, executions take turns. Another process may overwrite what
 * this one just wrote, so a claim is checked again before anything is sent. Each claim includes a unique token. If the
 * token is gone, the claim was overwritten, and its recipients that are in the list now were claimed by the other
 * process.
 */

import { randomUUID } from 'node:crypto';
import type { KeptKeys } from './keptKeys';

/**
 * How many recipients may be claimed without a known outcome, which is how many become unknown at most if n8n crashes.
 * Only a single combined request may exceed it. A lower limit would take more steps.
 */
export const MAX_OPEN = 99;
/**
 * How long another process may take from reading to writing: this many times the duration of the claim, and at least this
 * many ms.
 */
const LOOK_AFTER_CLAIMS = 4;
const LOOK_AFTER_MS = 25;

/**
 * What is known about a recipient: `claimed` by this run, `sent` by it, `sentBefore` by another execution, `elsewhere` if
 * another execution is sending to them right now, `unknown` if they may have the message, or `full` if no more keys may
 * be kept.
 */
export type ClaimState = 'claimed' | 'sent' | 'sentBefore' | 'elsewhere' | 'unknown' | 'full';

/** The settings for the claims of a run. */
export interface ClaimRules {
	/** Maximum number of requests in flight. */
	concurrency: number;
	/** Whether recipients with an unknown outcome are claimed again. */
	claimsUnknown: boolean;
	/** Maximum number of kept recipients. */
	cap: number;
	/** Resolves after this many ms, or when the execution is canceled. */
	wait(ms: number): Promise<void>;
}

/** The claims of one run. A recipient is any text that is the same in all executions. */
export interface Claims {
	/**
	 * Makes sure that the recipients of a request are claimed, unless another execution has them.
	 *
	 * @param upcoming the recipients of the next requests; some of them are claimed in the same step
	 * @throws NotSentError if n8n couldn't store it
	 */
	secure(recipients: string[], upcoming: Iterable<string[]>): Promise<void>;
	stateOf(recipient: string): ClaimState | undefined;
	/** Notes that a request to these recipients is about to go out, so they aren't released without an outcome. */
	begin(recipients: string[]): void;
	/** Notes that a request to these recipients was refused, and that other requests will try them again. */
	withdraw(recipients: string[]): void;
	/** Notes that these recipients got the message. */
	sent(recipients: string[]): void;
	/** Notes that it is unknown whether these recipients got the message. */
	unknown(recipients: string[]): void;
	/** Releases recipients who definitely got nothing. */
	release(recipients: string[]): void;
	/** How many recipients n8n keeps for the node, as known to this run. */
	kept(): number;
	/**
	 * Releases the recipients that no request went out to, and stores what is known.
	 *
	 * @throws NotSentError if n8n couldn't store it
	 */
	close(): Promise<void>;
}

export const claimedKey = (recipient: string) => `c:${recipient}`;
export const openKey = (recipient: string) => `o:${recipient}`;
/** The keys of a recipient: claimed, and claimed without a known outcome. */
export const bothKeys = (recipient: string) => [claimedKey(recipient), openKey(recipient)];

/** Starts the claims of a run. */
export function startClaims(keys: KeptKeys, { concurrency, claimsUnknown, cap, wait }: ClaimRules): Claims {
	const states = new Map<string, ClaimState>();
	/** The step that claims each recipient. */
	const steps = new Map<string, Promise<void>>();
	const inFlight = new Set<string>();
	/** Recipients whose outcome was unknown before this run claimed them again. */
	const reclaimed = new Set<string>();
	/** Recipients with keys to remove in the next step. Until then, this run holds them. */
	const obsolete: Array<{ recipient: string; keys: string[] }> = [];
	/** Recipients whose claims are checked one last time in the next step. */
	let recent: string[] = [];
	/** How many recipients are claimed, or about to be, without a known outcome. */
	let openCount = 0;
	let kept: number | undefined;
	let isClosed = false;

	function settle(recipient: string, state: ClaimState | undefined): void {
		if (state) states.set(recipient, state);
		else {
			states.delete(recipient);
			steps.delete(recipient);
		}
		inFlight.delete(recipient);
		openCount--;
	}

	function drop(recipient: string, keysOfIt: string[]): void {
		keys.live.add(recipient);
		obsolete.push({ recipient, keys: keysOfIt });
	}

	/** Removes obsolete keys. If that fails, they stay in the list of obsolete ones. */
	async function tidy(): Promise<void> {
		const removed = obsolete.slice();
		await keys.remove(removed.flatMap((one) => one.keys));
		obsolete.splice(0, removed.length);
		for (const { recipient } of removed) keys.live.delete(recipient);
	}

	/** Stores what is known at the end of the run, and lets go of the recipients even if that fails. */
	async function finish(): Promise<void> {
		try {
			await keys.alone(tidy);
		} finally {
			for (const { recipient } of obsolete) keys.live.delete(recipient);
		}
	}

	/** Stores outcomes that arrive after the end of the run immediately. */
	function finishLate(): void {
		if (isClosed) finish().catch(() => {});
	}

	function giveBack(recipient: string): void {
		settle(recipient, undefined);
		// If the outcome was unknown before, it still is.
		if (reclaimed.has(recipient)) return void keys.live.delete(recipient);
		drop(recipient, bothKeys(recipient));
		kept!--;
	}

	/** Determines the state of a recipient by the keys that this run's check added. */
	function judge(recipient: string, added: Set<string>): void {
		const wasOpen = !added.has(openKey(recipient));
		const wasClaimed = !added.has(claimedKey(recipient));
		if (wasOpen && keys.live.has(recipient)) return settle(recipient, 'elsewhere');
		if (wasOpen && !claimsUnknown) return settle(recipient, 'unknown');
		if (!wasOpen && wasClaimed) {
			drop(recipient, [openKey(recipient)]);
			return settle(recipient, 'sentBefore');
		}
		if (!wasOpen && kept! >= cap) {
			drop(recipient, bothKeys(recipient));
			return settle(recipient, 'full');
		}
		states.set(recipient, 'claimed');
		keys.live.add(recipient);
		if (wasOpen) reclaimed.add(recipient);
		else kept!++;
	}

	/** Determines the state of a recipient again after the claim was overwritten. */
	function judgeAgain(recipient: string, added: Set<string>): void {
		if (added.has(claimedKey(recipient))) return;
		const isOver = added.has(openKey(recipient));
		settle(recipient, isOver ? 'sentBefore' : 'elsewhere');
		if (isOver) drop(recipient, [openKey(recipient)]);
		else keys.live.delete(recipient);
		kept!--;
	}

	/** Recipients that this run was the first to claim. */
	const newOnes = (recipients: string[]) =>
		recipients.filter((recipient) => states.get(recipient) === 'claimed' && !reclaimed.has(recipient));

	/** The keys of a recipient that must exist. */
	function lastingKeys(recipient: string): string[] {
		const state = states.get(recipient);
		if (state === 'sent') return [claimedKey(recipient)];
		return state === 'claimed' || state === 'unknown' ? bothKeys(recipient) : [];
	}

	/** Claims recipients, and stores the outcomes of earlier ones. @returns when (ms from now) to check the claims again */
	async function write(recipients: string[], token: string): Promise<number> {
		await tidy();
		kept ??= await keys.count();
		const started = Date.now();
		const added = await keys.record([token, ...recipients.flatMap(bothKeys), ...recent.flatMap(lastingKeys)]);
		for (const recipient of recipients) judge(recipient, added);
		recent = newOnes(recipients);
		return Math.max(LOOK_AFTER_MS, LOOK_AFTER_CLAIMS * (Date.now() - started));
	}

	/** Checks claims until they are no longer overwritten. */
	async function confirm(recipients: string[], token: string, pause: number): Promise<void> {
		for (let mine = newOnes(recipients); mine.length > 0; mine = newOnes(mine)) {
			await wait(pause);
			const added = await keys.alone(async () => await keys.record([token, ...mine.flatMap(bothKeys)]));
			if (!added.has(token)) return;
			for (const recipient of mine) judgeAgain(recipient, added);
		}
	}

	/** Releases what a failed step claimed. */
	function undo(recipients: string[]): void {
		for (const recipient of recipients) {
			const state = states.get(recipient);
			if (state === 'claimed') giveBack(recipient);
			else if (state === undefined) settle(recipient, undefined);
		}
	}

	async function step(recipients: string[]): Promise<void> {
		const token = `t:${randomUUID()}`;
		let isDone = false;
		try {
			const pause = await keys.alone(async () => await write(recipients, token));
			await confirm(recipients, token, pause);
			isDone = true;
		} finally {
			if (!isDone) undo(recipients);
			drop(token, [token]);
		}
	}

	function claim(recipients: string[]): void {
		openCount += recipients.length;
		const done = step(recipients);
		// Recipients claimed ahead may have no one waiting for them.
		done.catch(() => {});
		for (const recipient of recipients) steps.set(recipient, done);
	}

	/** Recipients of the next requests, as many as may be claimed ahead. */
	function ahead(upcoming: Iterable<string[]>, claimedNow: number): string[] {
		let room = MAX_OPEN - openCount - claimedNow;
		const chosen: string[] = [];
		if (room < (MAX_OPEN - concurrency) / 2) return chosen;
		for (const recipients of upcoming) {
			const fresh = recipients.filter((recipient) => !steps.has(recipient));
			room -= fresh.length;
			if (room < 0) break;
			chosen.push(...fresh);
		}
		return chosen;
	}

	return {
		async secure(recipients, upcoming) {
			const needed = recipients.filter((recipient) => !steps.has(recipient));
			const next = [...new Set([...needed, ...ahead(upcoming, needed.length)])];
			if (next.length > 0) claim(next);
			await Promise.all(new Set(recipients.map((recipient) => steps.get(recipient))));
		},
		stateOf: (recipient) => states.get(recipient),
		begin(recipients) {
			for (const recipient of recipients) inFlight.add(recipient);
		},
		withdraw(recipients) {
			for (const recipient of recipients) inFlight.delete(recipient);
		},
		sent(recipients) {
			for (const recipient of recipients) {
				settle(recipient, 'sent');
				drop(recipient, [openKey(recipient)]);
			}
			finishLate();
		},
		unknown(recipients) {
			for (const recipient of recipients) {
				settle(recipient, 'unknown');
				keys.live.delete(recipient);
			}
		},
		release(recipients) {
			recipients.forEach(giveBack);
			finishLate();
		},
		kept: () => kept ?? 0,
		async close() {
			await Promise.allSettled(new Set(steps.values()));
			for (const [recipient, state] of states) {
				if (inFlight.has(recipient)) keys.live.delete(recipient);
				else if (state === 'claimed') giveBack(recipient);
			}
			isClosed = true;
			await finish();
		},
	};
}
