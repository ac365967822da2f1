import { rulesFor, takesPhone } from '../../nodes/transport/contract';

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
