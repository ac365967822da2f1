import { rulesFor, takesPhone, wrongCount } from '../../nodes/transport/contract';

test('a rule of a schema applies if all the properties that it names have one of the given values', () => {
	const properties = { type: { enum: ['a', 'b'] }, size: { const: 'L' } };
	const rule = { if: { properties }, then: { required: ['reason'] } };
	const rulesOf = (value: object) => rulesFor({ allOf: [rule] }, value as never);
	expect(rulesOf({ type: 'b', size: 'L' })).toEqual([rule.then]);
	expect(rulesOf({ type: 'b', size: 'S' })).toEqual([]);
	expect(rulesOf({ type: 'c', size: 'L' })).toEqual([]);
	expect(rulesOf({})).toEqual([]);
});

test.each([
	['POST /messages', true],
	['GET /bots', false],
	['DELETE /bots/{bot_id}', false],
] as const)('%s has a phone number: %s', (endpoint, hasOne) => expect(takesPhone(endpoint)).toBe(hasOne));

test.each([
	[{ minItems: 1 }, 0, 'needs at least 1 entry'],
	[{ minItems: 1 }, 1, undefined],
	[{ minItems: 3, maxItems: 3 }, 2, 'needs at least 3 entries'],
	[{ minItems: 3, maxItems: 3 }, 3, undefined],
	[{ minItems: 3, maxItems: 3 }, 4, 'can have at most 3 entries'],
	[{ maxItems: 1 }, 2, 'can have at most 1 entry'],
	[{}, 0, undefined],
	[{}, 1_000_000, undefined],
])('%j and %i entries: %s', (schema, count, rule) => expect(wrongCount(schema, count)).toBe(rule));
