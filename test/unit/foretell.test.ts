import { askFor } from '../../nodes/operations/run/foretell';
import { keysInMemory } from '../support/keysInMemory';

/** Asks for recipients, with what n8n keeps and what a running execution holds. */
async function ask(recipients: string[], keptBefore: string[], held: string[] = []) {
	const { keys, list, live, checks } = keysInMemory(...keptBefore);
	for (const recipient of held) live.add(recipient);
	const states = await askFor(keys, recipients);
	expect([...list]).toEqual(keptBefore);
	return { states: Object.fromEntries(states), asked: checks.map(({ length }) => length) };
}

test('recipients are told apart by their keys, and what is kept stays the same', async () => {
	const { states } = await ask(
		['new', 'sent', 'unknown', 'elsewhere'],
		['c:sent', 'c:unknown', 'o:unknown', 'c:elsewhere', 'o:elsewhere'],
		['elsewhere', 'sent'],
	);
	expect(states).toEqual({ sent: 'sentBefore', unknown: 'unknown', elsewhere: 'elsewhere' });
});

test('at most 250 recipients are checked at a time, each of them once', async () => {
	const recipients = Array.from({ length: 501 }, (_, index) => `r${index}`);
	const { states, asked } = await ask(recipients, ['c:r0', 'c:r250', 'c:r500']);
	expect(asked).toEqual([500, 500, 2]);
	expect(states).toEqual({ r0: 'sentBefore', r250: 'sentBefore', r500: 'sentBefore' });
	expect((await ask([], [])).asked).toEqual([]);
});
