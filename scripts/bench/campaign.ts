import type { BenchPlayground } from './bench-playground';
import { createCredential } from './credential';
import { measurePairs, pair } from './pairs';
import { zoneAtNoon } from '../n8n/zone';

/** All settings that check each message, with values that let all of them pass; a pace would be slow by design. */
const SETTINGS = {
	maxRecipients: 1_000_000,
	maxParts: 1_000_000,
	quietHours: {
		hours: { begin: '21:00', end: '08:00', timeZone: 'phoneNumber', zoneName: zoneAtNoon() },
	},
	summary: true,
};

const PAIRS = [
	pair('personal', 'a text per row, Concurrency 10', false, SETTINGS),
	pair('combined', 'one text for all', true, SETTINGS),
];

/** What limits, SMS parts, quiet hours, and the summary cost: the same broadcast without and with them, alternating. */
export async function measureCampaign(
	playground: BenchPlayground,
	{ rows, rounds }: { rows: number; rounds: number },
) {
	const credential = await createCredential(playground.n8n.client, playground.sandbox);
	const problems: string[] = [];
	const pairs = await measurePairs(playground, credential, PAIRS, { rows, rounds, problems });
	return { rows, rounds, pairs, problems };
}
