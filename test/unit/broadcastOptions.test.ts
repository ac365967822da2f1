import type { INodeProperties } from 'n8n-workflow';
import type { AnyOperation } from '../../nodes/operations/defineOperation';
import type { FormReader } from '../../nodes/operations/form/formReader';
import { readRunOptions } from '../../nodes/operations/runOptions';

const operation = {
	endpoint: 'POST /messages',
	fields: [],
	combine: { byDefault: true },
	addressee: String,
	cost: () => undefined,
} as unknown as AnyOperation;
const reading = { endpoint: 'GET /bots/{bot_id}', fields: [] as INodeProperties[] } as AnyOperation;

/** Reads the settings under Broadcast. */
function settings(broadcast: object, of = operation) {
	const reader = { get: (name: string) => ({ broadcast })[name] } as unknown as FormReader;
	return readRunOptions(reader, of);
}

test('the settings of a broadcast have defaults', () => {
	expect(settings({})).toMatchObject({
		broadcast: { summary: false },
		claimRules: { claimsUnknown: false, cap: 100_000 },
	});
});

test.each<[entered: object, read: object]>([
	[{ summary: 'TRUE' }, { broadcast: { summary: true } }],
	[{ summary: 0 }, { broadcast: { summary: false } }],
	[{ maxRecipients: '500', maxParts: 20 }, { broadcast: { maxRecipients: 500, maxParts: 20 } }],
	[{ sendUnknownAgain: 'yes', keptRecipients: 1_000 }, { claimRules: { claimsUnknown: true, cap: 1_000 } }],
	// A larger request would exceed the pace.
	[{ messagesPerMinute: 60 }, { broadcast: { messagesPerMinute: 60 }, recipientsPerCall: 60 }],
	[{ messagesPerMinute: 6_000 }, { recipientsPerCall: 500 }],
	[
		{ quietHours: { hours: { begin: '21:00', end: '8:00' } } },
		{ broadcast: { quietHours: { begin: 1_260, end: 480 } } },
	],
])('the settings %j are read as %j', (entered, read) => expect(settings(entered)).toMatchObject(read));

test.each<[entered: object, message: string]>([
	[{ summary: 'perhaps' }, 'Summary must be true or false, but "perhaps" was given'],
	[{ sendUnknownAgain: 'perhaps' }, 'Send Unknown Again must be true or false, but "perhaps" was given'],
	[{ maxRecipients: 0 }, 'Recipients at Most must be at least 1, but 0 was given'],
	[{ messagesPerMinute: 'fast' }, 'Messages per Minute must be a whole number, but "fast" was given'],
	[{ quietHours: { hours: {} } }, 'Quiet Hours need Begin and End, or Quiet Days'],
])('the settings %j are refused: %s', (entered, message) => expect(() => settings(entered)).toThrow(message));

test('the settings of a broadcast mean nothing to an operation that messages no one, and an operation that asks shares no request', () => {
	expect(settings({ maxRecipients: 5 }, reading)).toMatchObject({
		broadcast: { maxRecipients: undefined },
	});
	expect(settings({}, reading).claimRules).toBeUndefined();
	expect(
		settings({}, { ...operation, ask: () => ({}) } as unknown as AnyOperation).recipientsPerCall,
	).toBeUndefined();
});
