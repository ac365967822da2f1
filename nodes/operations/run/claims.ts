/**
 * Claims recipients before a message goes out to them, so that none of them gets it twice, whatever happens to the
 * execution.
 *
 * n8n keeps a list of keys for the node. It can be added to and taken from, but asking for a key also adds it. So each
 * recipient has two:
 *
 *     c  claimed: stays
 *     o  open: goes as soon as the end is known
 *
 * Both are asked for in one step. Neither was there: nobody has sent to them, and now they are claimed. Only c was there:
 * they got it, and o is taken away again. Both were there: the execution that claimed them never noted an end, so nobody
 * knows. A crash between any two steps leaves both, which errs to "unknown" and never to a second message.
 *
 * n8n reads and writes the list as a whole. Within a process one execution does so at a time. Between processes one may
 * write over what another has just written, so a claim is looked at once more before anything is sent. Each claim comes
 * with a token that nobody else writes: if it is gone, the claim was written over, and those of its recipients who are
 * there now were claimed by the other process.
 */

import { randomUUID } from 'node:crypto';
import type { KeptKeys } from './keptKeys';

/**
 * How many recipients may be claimed without a known end: so many are unknown at most when n8n ends. Only the recipients of
 * one combined request may be more. Fewer would cost more steps.
 */
export const MAX_OPEN = 99;
/** How many times as long as a claim took (ms), and how long at least, another process may take from reading to writing. */
const LOOK_AFTER_CLAIMS = 4;
const LOOK_AFTER_MS = 25;

/**
 * What is known about a recipient: `claimed` by this run, `sent` by it or (`sentBefore`) by another execution, `elsewhere`
 * where another execution is sending right now, `unknown` whether they got it, or `full`: no further key may be kept.
 */
export type ClaimState = 'claimed' | 'sent' | 'sentBefore' | 'elsewhere' | 'unknown' | 'full';

/** What a run claims by. */
export interface ClaimRules {
	/** How many requests may be under way at a time. */
	concurrency: number;
	/** Whether those of whom nobody knows are claimed again. */
	claimsUnknown: boolean;
	/** How many recipients may be kept. */
	cap: number;
	/** Resolves after so many ms, or when the execution is cancelled. */
	wait(ms: number): Promise<void>;
}

/** The claims of one run. Recipients are named by any text that is the same in all executions. */
export interface Claims {
	/**
	 * Makes sure that recipients of one request are claimed, unless somebody else has them.
	 *
	 * @param upcoming the recipients of the requests that come next; some of them are claimed in the same step
	 * @throws NotSentError when n8n couldn't store it
	 */
	secure(recipients: string[], upcoming: Iterable<string[]>): Promise<void>;
	stateOf(recipient: string): ClaimState | undefined;
	/** Notes that a request for recipients is about to go out, so that they aren't given back without an outcome. */
	begin(recipients: string[]): void;
	/** Notes that a request for recipients was refused, and that they are tried again in other requests. */
	withdraw(recipients: string[]): void;
	/** Notes that recipients got the message. */
	sent(recipients: string[]): void;
	/** Notes that nobody knows whether recipients got the message. */
	unknown(recipients: string[]): void;
	/** Gives back recipients who surely got nothing. */
	release(recipients: string[]): void;
	/** How many keys n8n keeps for the node, as far as this run knows. */
	kept(): number;
	/**
	 * Gives back the recipients to whom no request went out, and stores what is known.
	 *
	 * @throws NotSentError when n8n couldn't store it
	 */
	close(): Promise<void>;
}

export const claimedKey = (recipient: string) => `c:${recipient}`;
export const openKey = (recipient: string) => `o:${recipient}`;
/** The keys of a recipient: whether they were claimed, and whether that is without a known end. */
export const bothKeys = (recipient: string) => [claimedKey(recipient), openKey(recipient)];

/** Starts the claims of a run. */
export function startClaims(keys: KeptKeys, { concurrency, claimsUnknown, cap, wait }: ClaimRules): Claims {
	const states = new Map<string, ClaimState>();
	/** The step in which each recipient is claimed. */
	const steps = new Map<string, Promise<void>>();
	const inFlight = new Set<string>();
	/** Recipients who were unknown before this run claimed them again. */
	const reclaimed = new Set<string>();
	/** Recipients of whom keys are taken away in the next step. Until then they are held. */
	const obsolete: Array<{ recipient: string; keys: string[] }> = [];
	/** Recipients whose claims are looked at a last time in the next step. */
	let recent: string[] = [];
	/** How many recipients are claimed, or about to be, without a known end. */
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

	/** Takes away what is obsolete. It stays so if that fails. */
	async function tidy(): Promise<void> {
		const removed = obsolete.slice();
		await keys.remove(removed.flatMap((one) => one.keys));
		obsolete.splice(0, removed.length);
		for (const { recipient } of removed) keys.live.delete(recipient);
	}

	/** Stores what is known at the end of the run. What can't be stored is held by nobody. */
	async function finish(): Promise<void> {
		try {
			await keys.alone(tidy);
		} finally {
			for (const { recipient } of obsolete) keys.live.delete(recipient);
		}
	}

	/** Stores at once what becomes known after the end of the run. */
	function finishLate(): void {
		if (isClosed) finish().catch(() => {});
	}

	function giveBack(recipient: string): void {
		settle(recipient, undefined);
		// Of whom it was unknown before, it still is.
		if (reclaimed.has(recipient)) return void keys.live.delete(recipient);
		drop(recipient, bothKeys(recipient));
		kept!--;
	}

	/** Notes whose a recipient is, by which keys were added when this run asked for them. */
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

	/** Notes whose a recipient is after the claim was written over. */
	function judgeAgain(recipient: string, added: Set<string>): void {
		if (added.has(claimedKey(recipient))) return;
		const isOver = added.has(openKey(recipient));
		settle(recipient, isOver ? 'sentBefore' : 'elsewhere');
		if (isOver) drop(recipient, [openKey(recipient)]);
		else keys.live.delete(recipient);
		kept!--;
	}

	/** Those whom this run was the first to claim. */
	const newOnes = (recipients: string[]) =>
		recipients.filter((recipient) => states.get(recipient) === 'claimed' && !reclaimed.has(recipient));

	/** The keys of a recipient that have to be there. */
	function lastingKeys(recipient: string): string[] {
		const state = states.get(recipient);
		if (state === 'sent') return [claimedKey(recipient)];
		return state === 'claimed' || state === 'unknown' ? bothKeys(recipient) : [];
	}

	/** Claims recipients, and stores what became of those before. @returns when (ms from now) to look at the claims again */
	async function write(recipients: string[], token: string): Promise<number> {
		await tidy();
		kept ??= await keys.count();
		const started = Date.now();
		const added = await keys.record([token, ...recipients.flatMap(bothKeys), ...recent.flatMap(lastingKeys)]);
		for (const recipient of recipients) judge(recipient, added);
		recent = newOnes(recipients);
		return Math.max(LOOK_AFTER_MS, LOOK_AFTER_CLAIMS * (Date.now() - started));
	}

	/** Looks at claims again until they weren't written over. */
	async function confirm(recipients: string[], token: string, pause: number): Promise<void> {
		for (let mine = newOnes(recipients); mine.length > 0; mine = newOnes(mine)) {
			await wait(pause);
			const added = await keys.alone(async () => await keys.record([token, ...mine.flatMap(bothKeys)]));
			if (!added.has(token)) return;
			for (const recipient of mine) judgeAgain(recipient, added);
		}
	}

	/** Gives back what was claimed in a step that failed. */
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
		// Nobody may be waiting for those that are claimed ahead.
		done.catch(() => {});
		for (const recipient of recipients) steps.set(recipient, done);
	}

	/** Recipients of the requests that come next, as many as may be claimed ahead. */
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
