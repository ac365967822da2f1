import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { PayloadFormat } from '../../../nodes/transport/credential';
import { runNode, useFixture } from '../../support/fixture';
import { nameValueRows, parameterRows } from './cases/records';

const fixture = useFixture();

type Values = INodeParameters & { parametersAs: string };

const inOrder = (...values: string[]): Values => ({
	parametersAs: 'list',
	parameters: parameterRows(...values),
});
const byName = (values: Record<string, string>): Values => ({
	parametersAs: 'variables',
	variables: nameValueRows(values),
});
const asJson = (parametersJson: string): Values => ({ parametersAs: 'json', parametersJson });

/** Sends a template with the given values. What the template is about is not decided by the node. */
async function send(format: PayloadFormat, values: Values, templateText = '', json: IDataObject = {}) {
	const { sandbox } = fixture;
	// Only the node's request counts here, so the API accepts anything.
	sandbox.addFault({ kind: 'status', status: 200, body: { id: 'msg_1', status: 'sent' } });
	const { error } = await runNode(fixture, format, {
		items: [json],
		parameters: {
			resource: 'message',
			operation: 'sendTemplate',
			channelId: 'chan_whatsapp',
			to: '+12025550140',
			templateId: 'tmpl_order',
			options: { templateText },
			...values,
		},
	});
	const bodies = sandbox.requests().map(({ body }) => body as IDataObject);
	return { sent: bodies.map(({ parameters, variables }) => parameters ?? variables), error };
}

async function expectRefusal(sentence: RegExp, ...call: Parameters<typeof send>) {
	const { sent, error } = await send(...call);
	expect(sent).toEqual([]);
	expect(error?.message).toMatch(sentence);
	expect(error?.message).toMatch(/^[^\n]{10,300}[^.] \[item 0\]$/);
	expect(error?.description).toMatch(/Nothing was sent for this item/);
}

const order = { order: 'ORD-12345', total: 49.99, values: ['ORD-12345', 49.99] };

describe('values in an ordered list', () => {
	it.each<[string, Values, unknown]>([
		['rows', inOrder('ORD-12345', '49.99'), ['ORD-12345', '49.99']],
		['rows in another order', inOrder('49.99', 'ORD-12345'), ['49.99', 'ORD-12345']],
		['rows of expressions', inOrder('={{ $json.order }}', '={{ $json.total }}'), ['ORD-12345', '49.99']],
		['rows with commas and brackets', inOrder('a, b', '[1, 2]'), ['a, b', '[1, 2]']],
		['JSON text', asJson('["ORD-12345", "49.99"]'), ['ORD-12345', '49.99']],
		['JSON text with other values than texts', asJson('["A", 49.99, true, 0]'), ['A', '49.99', 'true', '0']],
		['JSON text with commas in its values', asJson('["Hello, Maria", "1,5"]'), ['Hello, Maria', '1,5']],
		['one expression', asJson('={{ $json.values }}'), ['ORD-12345', '49.99']],
		['an expression that makes JSON', asJson('=["{{ $json.order }}", "x"]'), ['ORD-12345', 'x']],
	])('are sent as given: %s', async (_way, values, expected) => {
		const { sent, error } = await send('guide', values, '', order);
		expect(error).toBeUndefined();
		expect(sent).toEqual([expected]);
	});

	it.each<[string, Values]>([
		['no rows', inOrder()],
		['a field that was never touched', { parametersAs: 'list' }],
		['an empty JSON list', asJson('[]')],
	])('are omitted if there are none: %s', async (_way, values) => {
		expect(await send('guide', values)).toEqual({ sent: [undefined], error: undefined });
	});

	it.each<[string, Values, RegExp]>([
		['a row', inOrder('A', '', 'C'), /^Parameters, entry 2 is required/],
		['a row without a result', inOrder('A', '={{ $json.nothing }}'), /^Parameters, entry 2 is required/],
		['a text in JSON', asJson('["A", "", "C"]'), /^Parameters \(JSON\), entry 2 is required/],
		['null in JSON', asJson('["A", null, "C"]'), /^Parameters \(JSON\), entry 2 is required/],
		['null in an expression', asJson('={{ ["A", null] }}'), /^Parameters \(JSON\), entry 2 is required/],
	])('are refused if one is empty, because the others would move: %s', async (_where, values, sentence) => {
		await expectRefusal(sentence, 'guide', values);
	});

	it.each<[string, Values]>([
		['text that is no JSON', asJson('Hello, Maria')],
		['a broken list', asJson('["A"')],
		['a list in a list', asJson('["A", ["B"]]')],
		['an object in a list', asJson('["A", {"b": 1}]')],
	])('are refused if they are not a list of texts: %s', async (_what, values) => {
		await expectRefusal(/^Parameters \(JSON\)(, entry \d)? must be /, 'guide', values);
	});
});

describe('values by name', () => {
	it.each<[string, Values, unknown]>([
		['rows', byName({ name: 'Maria', total: '49.99' }), { name: 'Maria', total: '49.99' }],
		['rows of expressions', byName({ '={{ "order" }}': '={{ $json.order }}' }), { order: 'ORD-12345' }],
		['JSON text', asJson('{"name": "Maria", "total": "5"}'), { name: 'Maria', total: '5' }],
		[
			'JSON text with other values than texts',
			asJson('{"total": 5, "isNew": false}'),
			{ total: 5, isNew: false },
		],
		['one expression', asJson('={{ ({ order: $json.order }) }}'), { order: 'ORD-12345' }],
	])('are sent as given: %s', async (_way, values, expected) => {
		const { sent, error } = await send('reference', values, '', order);
		expect(error).toBeUndefined();
		expect(sent).toEqual([expected]);
	});

	it.each<[string, Values]>([
		['no rows', { parametersAs: 'variables', variables: {} }],
		['an empty JSON object', asJson('{}')],
		['an empty JSON list', asJson('[]')],
	])('are omitted if there are none: %s', async (_way, values) => {
		expect(await send('reference', values)).toEqual({ sent: [undefined], error: undefined });
	});

	it.each<[string, Values, RegExp]>([
		['a row', byName({ name: 'Maria', total: '' }), /^Variables, total is required/],
		['a row without a result', byName({ name: '={{ $json.nothing }}' }), /^Variables, name is required/],
		['a text in JSON', asJson('{"name": ""}'), /^Variables, name is required/],
		['null in JSON', asJson('{"name": null}'), /^Variables, name is required/],
		['a row without a name', byName({ '': 'Maria' }), /^Variables has an entry without a name/],
	])('are refused if one is empty: %s', async (_where, values, sentence) => {
		await expectRefusal(sentence, 'reference', values);
	});
});

describe('values that are not there', () => {
	it.each<PayloadFormat>(['guide', 'reference'])(
		'are refused in the format %s, because the text would have gaps',
		async (format) => {
			for (const nothing of ['', '={{ $json.nothing }}', '={{ null }}'])
				await expectRefusal(
					/^Parameters \(JSON\) is required, but nothing was given/,
					format,
					asJson(nothing),
				);
		},
	);
});

describe('values of the wrong kind for the payload format', () => {
	it.each<[PayloadFormat, string, Values, RegExp]>([
		['guide', 'rows', byName({ name: 'Maria' }), /^Parameters As must be Ordered List.+ format Guide/],
		['guide', 'JSON text', asJson('{"name": "Maria"}'), /Parameters.+(list|Ordered List)/i],
		['guide', 'an expression', asJson('={{ ({ name: "Maria" }) }}'), /Parameters.+(list|Ordered List)/i],
		['reference', 'rows', inOrder('A'), /^Parameters As must be Named Variables.+ format API Reference/],
		['reference', 'a number in JSON', asJson('5'), /^Parameters \(JSON\) must be a JSON object/],
		['reference', 'JSON text', asJson('["A"]'), /^Parameters \(JSON\) must be a JSON object/],
		['reference', 'an expression', asJson('={{ ["A"] }}'), /^Parameters \(JSON\) must be a JSON object/],
	])('are refused in the format %s: %s', async (format, _way, values, sentence) => {
		await expectRefusal(sentence, format, values);
	});
});

describe('the text of the template', () => {
	it.each<[PayloadFormat, string, Values]>([
		['guide', 'Your order {{1}} is confirmed. Total: ${{2}}', inOrder('A', 'B')],
		['guide', '{{2}} before {{1}}', inOrder('A', 'B')],
		['guide', '{{1}}, {{ 1 }} and {{2}}', inOrder('A', 'B')],
		['guide', '{{name}} and {{total}}', inOrder('A', 'B')],
		['guide', 'We are open again.', inOrder()],
		['guide', 'A single { brace } and {1}', inOrder()],
		['reference', 'Hello {{name}}, {{ name }}: {{total}}', byName({ total: '5', name: 'Maria' })],
		[
			'reference',
			'Hello {{first_name}} {{last-name}} {{order.id}}',
			asJson('{"first_name": "A", "last-name": "B", "order.id": "C"}'),
		],
		['reference', 'Liebe {{größe}}', byName({ größe: 'L' })],
		['reference', 'We are open again.', { parametersAs: 'variables' }],
	])('accepts values that fit it, in the format %s: %s', async (format, text, values) => {
		const { sent, error } = await send(format, values, text);
		expect(error).toBeUndefined();
		expect(sent).toHaveLength(1);
	});

	it.each<[PayloadFormat, string, Values, RegExp]>([
		[
			'guide',
			'Order {{1}}: {{2}}',
			inOrder('A'),
			/^Template Text has 2 placeholders, but 1 parameter was given/,
		],
		[
			'guide',
			'Order {{1}}: {{2}}',
			inOrder(),
			/^Template Text has 2 placeholders, but 0 parameters were given/,
		],
		[
			'guide',
			'Order {{1}}',
			inOrder('A', 'B'),
			/^Template Text has 1 placeholder, but 2 parameters were given/,
		],
		[
			'guide',
			'{{1}} and {{1}}',
			inOrder('A', 'B'),
			/^Template Text has 1 placeholder, but 2 parameters were given/,
		],
		[
			'guide',
			'Order {{1}}: {{3}}',
			inOrder('A', 'B'),
			/^Template Text has 3 placeholders, but 2 parameters were given/,
		],
		['guide', '{{name}}', inOrder('A', 'B'), /^Template Text has 1 placeholder, but 2 parameters were given/],
		['guide', 'We are open.', inOrder('A'), /^Template Text has 0 placeholders, but 1 parameter was given/],
		[
			'guide',
			'Order {{1}}: {{2}}',
			asJson('["A"]'),
			/^Template Text has 2 placeholders, but 1 parameter was given/,
		],
		[
			'reference',
			'Hello {{name}}: {{total}}',
			byName({ name: 'A' }),
			/has the placeholder {{total}}, but no/,
		],
		['reference', 'Hello {{name}}', byName({ nome: 'A' }), /has the placeholder {{name}}, but no variable/],
		['reference', 'Hello {{name}}', byName({ name: 'A', b: 'B' }), /has no placeholder for the variable "b"/],
		['reference', 'We are open.', byName({ name: 'A' }), /has no placeholder for the variable "name"/],
		['reference', 'Hello {{name}}', { parametersAs: 'variables' }, /has the placeholder {{name}}, but no/],
	])('refuses other values in the format %s: "%s", %j', async (format, text, values, sentence) => {
		await expectRefusal(sentence, format, values, text);
	});

	it('can come from the item, and is never sent', async () => {
		const values = inOrder('={{ $json.order }}', 'B');
		await send('guide', values, '={{ $json.text }}', { ...order, text: '{{1}} {{2}}' });
		expect(JSON.stringify(fixture.sandbox.requests())).not.toContain('{{1}}');
		fixture.sandbox.reset();
		await expectRefusal(/^Template Text has 3/, 'guide', values, '={{ $json.text }}', {
			...order,
			text: '{{1}} {{2}} {{3}}',
		});
	});
});
