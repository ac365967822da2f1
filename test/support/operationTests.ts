import type { Catalogue } from '../../nodes/operations/defineOperation';
import { runOptionFields } from '../../nodes/operations/runOptions';
import type { RecordedRequest } from '../../sandbox/server';
import type { IDataObject } from 'n8n-workflow';
import { runCase, type CaseItem, type OperationCase } from './cases';
import { failedJson } from './failedJson';
import type { Fixture } from './fixture';
import { sendingOperations } from './completeness';
import { withoutLinks } from './links';
import { schemaMisfits } from './outputSchema';

/** An error as the service documents it, with what the user must see of it. */
export interface KnownError {
	status: number;
	body: object;
	/** The message, without the item. */
	sentence: string;
	remedy: RegExp;
}

const keyOf = ({ parameters }: OperationCase) => `${parameters.resource}/${parameters.operation}`;

const named = (list: OperationCase[]) =>
	list.map((one) => [`${keyOf(one)}: ${one.title}`, one] as [string, OperationCase]);

const outline = (requests: RecordedRequest[]) =>
	withoutLinks(requests.map(({ method, path, body }) => ({ request: `${method} ${path}`, body })));

const expectedRequests = ({ items, lookUp }: OperationCase) => [
	...(lookUp ? [{ request: lookUp, body: null }] : []),
	...items.map(({ request, body = null }) => ({ request, body })),
];

const expectedOutput = ({ output }: CaseItem, item: number) =>
	output.map((json) => ({ json, pairedItem: { item } }));

/** The output of an operation that asks while it waits: everything except the reply. */
const expectedWhileWaiting = ({ output }: CaseItem, item: number) =>
	output.map((json) => {
		const { data: _data, timedOut: _timedOut, ...sent } = json as IDataObject;
		return { json: sent, pairedItem: { item } };
	});

/** The tests that every operation of a node has to pass, by the cases that use it. */
export function describeOperations(
	fixture: Fixture,
	cases: OperationCase[],
	{ node, catalogue }: { node: string; catalogue: Catalogue },
	known: KnownError,
): void {
	/** The operations whose requests can be made one after the other. */
	const concurrent = new Set(
		sendingOperations(catalogue)
			.filter(({ operation }) => runOptionFields(operation).length > 0)
			.map(({ key }) => key),
	);
	/** The operations that ask, which take one item. */
	const asking = new Set(
		sendingOperations(catalogue)
			.filter(({ operation }) => operation.ask)
			.map(({ key }) => key),
	);
	const several = cases.filter((one) => !asking.has(keyOf(one)));
	const plainest = [...new Map([...several].reverse().map((one) => [keyOf(one), one])).values()].reverse();

	describe(`an operation of ${node} sends the documented requests and returns their responses`, () => {
		it.each(named(cases))('in the case %s', async (_name, one) => {
			const { requests, success, failed, error } = await runCase(fixture, one);
			expect(error).toBeUndefined();
			expect(outline(requests)).toEqual(expectedRequests(one));
			const expected = asking.has(keyOf(one)) ? expectedWhileWaiting : expectedOutput;
			expect(withoutLinks(success)).toEqual(one.items.flatMap(expected));
			expect(failed).toEqual([]);
			const { resource, operation, simplify } = one.parameters;
			// The schema is that of the form's default.
			if (simplify === false) return;
			expect(success.flatMap(({ json }) => schemaMisfits(node, resource, operation, json))).toEqual([]);
		});
	});

	describe('an error of the API', () => {
		const sentence = `${known.sentence} [item 1]`;
		const refusal = failedJson(sentence, { outcome: 'refused', status: known.status });
		const fault = { kind: 'status', status: known.status, body: known.body, after: 1 } as const;

		/** The second of three items fails: the same as the first, which shows that the refused one was not processed. */
		const withFailure = ({ items: [first, second] }: OperationCase) => ({
			first,
			second,
			items: [first.json, first.json, second.json],
		});

		it.each(named(plainest))('stops the node: %s', async (_name, one) => {
			const { first, second, items } = withFailure(one);
			const { requests, success, failed, error, status } = await runCase(fixture, one, { items, fault });
			expect(status).toBe('error');
			expect(error?.message).toBe(sentence);
			expect(error?.description).toMatch(known.remedy);
			expect(error?.httpCode).toBe(String(known.status));
			expect(error?.context?.itemIndex).toBe(1);
			// What lists the whole account has no Concurrency to set to one.
			const isInSequence = concurrent.has(keyOf(one));
			const made = isInSequence ? [first, first] : [first, first, second];
			expect(outline(requests)).toEqual(expectedRequests({ ...one, items: made }));
			expect([...success, ...failed]).toEqual([]);
		});

		it.each(named(plainest))('goes to the error output: %s', async (_name, one) => {
			const { first, second, items } = withFailure(one);
			const outcome = await runCase(fixture, one, { items, fault, onError: 'continueErrorOutput' });
			expect(outcome.status).toBe('success');
			expect(outline(outcome.requests)).toEqual(expectedRequests({ ...one, items: [first, first, second] }));
			expect(outcome.success).toEqual([...expectedOutput(first, 0), ...expectedOutput(second, 2)]);
			expect(outcome.failed).toEqual([{ json: { ...first.json, ...refusal }, pairedItem: { item: 1 } }]);
		});

		it.each(named(plainest))('appears among the results in its place: %s', async (_name, one) => {
			const { first, second, items } = withFailure(one);
			const outcome = await runCase(fixture, one, { items, fault, onError: 'continueRegularOutput' });
			expect(outline(outcome.requests)).toEqual(expectedRequests({ ...one, items: [first, first, second] }));
			expect(outcome.success).toEqual([
				...expectedOutput(first, 0),
				{ json: refusal, pairedItem: { item: 1 } },
				...expectedOutput(second, 2),
			]);
		});
	});

	describe(`an ID in a request of ${node} that does not exist`, () => {
		const withId = plainest.filter(({ unknownId }) => unknownId);

		it.each(named(withId))('is reported in the words of the API: %s', async (_name, one) => {
			const { json, error: words } = one.unknownId!;
			const [first] = one.items;
			const items = [first.json, { ...first.json, ...json }];
			const { error, requests } = await runCase(fixture, one, { items });
			expect(error?.message).toBe(`${words} [item 1]`);
			expect(error?.description).toMatch(/^Check the (.+ )?ID: it /);
			expect(error?.httpCode).toBe('404');
			expect(requests.map(({ status }) => status)).toEqual([200, 404]);

			const { failed } = await runCase(fixture, one, { items, onError: 'continueErrorOutput' });
			expect(failed).toEqual([
				{
					json: {
						...items[1],
						...failedJson(`${words} [item 1]`, { outcome: 'refused', status: 404 }),
					},
					pairedItem: { item: 1 },
				},
			]);
		});
	});
}
