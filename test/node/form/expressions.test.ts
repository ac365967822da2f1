import { Expression } from 'n8n-workflow';
import { useFixture } from '../../support/fixture';
import { toPhones } from '../broadcast/messages';

const fixture = useFixture();

const bodies = () => fixture.sandbox.requests().map(({ body }) => body);

const items = [
	{ phone: '+12015550123', name: ' Ada ', order: 7 },
	{ phone: '+12015550124', name: null, order: 8 },
];
const evaluations = () => jest.spyOn(Expression.prototype, 'resolveSimpleParameterValue');

afterEach(() => jest.restoreAllMocks());

test("texts with references to the item or to an earlier node's item are evaluated without n8n", async () => {
	const spy = evaluations();
	const { error } = await fixture.engine.run({
		parameters: {
			...toPhones,
			messageType: 'buttons',
			phones: "={{ $('Start').item.json.phone }}",
			text: "=Hi {{ $json.name?.trim() || 'there' }}, your order {{ $('Start').item.json.order }} is ready.",
			buttons: { button: [{ type: 'postback', title: '=Order {{ $json.order }}', payload: 'order' }] },
		},
		items,
	});
	expect(error).toBeUndefined();
	expect(bodies()).toMatchObject([
		{
			buttons: [{ title: 'Order 7' }],
			text: 'Hi Ada, your order 7 is ready.',
			targets: [{ phones: ['+12015550123'] }],
		},
		{
			buttons: [{ title: 'Order 8' }],
			text: 'Hi there, your order 8 is ready.',
			targets: [{ phones: ['+12015550124'] }],
		},
	]);
	expect(spy).not.toHaveBeenCalled();
});

test('all other code is evaluated by n8n', async () => {
	const spy = evaluations();
	await fixture.engine.run({
		parameters: { ...toPhones, text: '=Hi {{ ($json.name ?? "nobody").trim().length }}' },
		items,
	});
	expect(bodies()).toMatchObject([{ text: 'Hi 3' }, { text: 'Hi 6' }]);
	expect(spy).toHaveBeenCalledTimes(2);
});

test('n8n reports a reference to a node that does not exist', async () => {
	const { error } = await fixture.engine.run({
		parameters: { ...toPhones, text: "=Hi {{ $('Rows').item.json.name }}" },
		items,
	});
	expect(error?.message).toContain("Referenced node doesn't exist");
	expect(fixture.sandbox.requests()).toEqual([]);
});
