import type { IExecuteFunctions } from 'n8n-workflow';
import type { ClaimState } from './claims';
import { bothKeys, claimedKey, openKey } from './claims';
import type { KeptKeys } from './keptKeys';
import { keptKeysOf } from './keptKeys';
import type { Plan } from './plan';
import { addresseesOf, isNamed } from './addressees';

/** What is known about the recipients of an item before it is sent. */
export interface Foretold {
	alreadySentCount: number;
	unknownCount: number;
}

/** How many recipients are checked at a time. If n8n crashes in between, all of them become unknown. */
const ASKED_AT_ONCE = 250;

/**
 * The recipients that Send would skip, with the reason. Checking adds the keys, so new ones are removed right away. Open
 * keys are added too, so that a crash in between leaves recipients unknown rather than served.
 *
 * @throws NotSentError if n8n couldn't store it
 */
export async function askFor(keys: KeptKeys, recipients: string[]): Promise<Map<string, ClaimState>> {
	const states = new Map<string, ClaimState>();
	for (let start = 0; start < recipients.length; start += ASKED_AT_ONCE) {
		const some = recipients.slice(start, start + ASKED_AT_ONCE);
		const added = await keys.alone(async () => {
			const found = await keys.record(some.flatMap(bothKeys));
			await keys.remove([...found]);
			return found;
		});
		for (const recipient of some) {
			if (!added.has(openKey(recipient))) {
				states.set(recipient, keys.live.has(recipient) ? 'elsewhere' : 'unknown');
			} else if (!added.has(claimedKey(recipient))) states.set(recipient, 'sentBefore');
		}
	}
	return states;
}

/**
 * How many recipients of each item already have the message, and how many may have it; undefined if no item has a
 * broadcast name.
 */
export async function foretell(
	context: IExecuteFunctions,
	{ calls }: Plan,
): Promise<Map<number, Foretold> | undefined> {
	const addressees = calls.flatMap((call) =>
		call.shares
			.filter(isNamed)
			.flatMap((share) =>
				addresseesOf(call, share).map(({ key }) => ({ key, itemIndex: share.item.itemIndex })),
			),
	);
	if (addressees.length === 0) return undefined;
	const states = await askFor(keptKeysOf(context), [...new Set(addressees.map(({ key }) => key))]);
	const foretold = new Map<number, Foretold>();
	for (const { key, itemIndex } of addressees) {
		const counts = foretold.get(itemIndex) ?? { alreadySentCount: 0, unknownCount: 0 };
		foretold.set(itemIndex, counts);
		const state = states.get(key);
		if (state) counts[state === 'unknown' ? 'unknownCount' : 'alreadySentCount']++;
	}
	return foretold;
}
