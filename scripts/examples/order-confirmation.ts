import { outputOf, type Execution } from '../n8n/client';
import type { Playground } from '../n8n/playground';
import { countTable, reasonCounts, recipientProblems, runExample, type Outcome } from './outcome';

const WORKFLOW = 'Order confirmation on WhatsApp';
const WEBHOOK_PATH = 'order-confirmation';

const AT_ONCE = 'confirmed on the first try';
const AFTER_RETRY = 'confirmed after a retry';
const NOT_DELIVERED = 'not delivered';

/** The customers' numbers by the expected result of their orders, which the last digits decide in the sandbox. */
const NUMBERS = {
	[AT_ONCE]: Array.from({ length: 14 }, (_, index) => `+120255501${40 + index}`),
	[AFTER_RETRY]: ['+12015550199', '+12025550199', '+12035550199'],
	[NOT_DELIVERED]: ['+12015550197', '+12025550197', '555-0140'],
};

/** Nothing is sent to invalid numbers. */
const RECIPIENTS = new Set(
	Object.values(NUMBERS)
		.flat()
		.filter((phone) => phone.startsWith('+'))
		.map((phone) => phone.slice(1)),
);

/** An order, and its expected result. */
interface Order {
	body: { order_id: string; total: string; customer: { name: string; phone: string } };
	expected: string;
}

/** The result of an order; the outcome has n8n's status if it didn't end in a known way. */
interface Result {
	orderId?: string;
	outcome: string;
	reason?: string;
}

/** Publishes the workflow, posts orders to its webhook all at once, and checks the result of each. */
export async function runOrders(playground: Playground): Promise<Outcome> {
	const { n8n, sandbox } = playground;
	const orders = makeOrders();
	return await runExample(playground, WORKFLOW, async (workflow, progress) => {
		await n8n.client.publishWorkflow(workflow);
		await Promise.all(orders.map(({ body }) => n8n.client.postToWebhook(WEBHOOK_PATH, body)));
		const executions = await n8n.client.waitForExecutions(workflow, orders.length);
		progress.summarize(`${orders.length} orders posted`);

		const { ott } = await sandbox.report();
		const results = executions.map(resultOf);
		const confirmed = NUMBERS[AT_ONCE].length + NUMBERS[AFTER_RETRY].length;
		return {
			table: formatTable(orders, results, ott.maxPerRecipient),
			success: `All ${confirmed} deliverable orders were confirmed exactly once. The rest are in "Not delivered".`,
			problems: [...orderProblems(orders, results), ...recipientProblems(ott, RECIPIENTS)],
		};
	});
}

function makeOrders(): Order[] {
	const customers = Object.entries(NUMBERS).flatMap(([expected, phones]) =>
		phones.map((phone) => ({ expected, phone })),
	);
	return customers.map(({ expected, phone }, index) => ({
		expected,
		body: {
			order_id: `ORD-${1001 + index}`,
			total: (19.95 + 5 * index).toFixed(2),
			customer: { name: `Customer ${index + 1}`, phone },
		},
	}));
}

/** The result of one order, by the node it ended in. */
function resultOf(execution: Execution): Result {
	const [order] = outputOf<{ body: Order['body'] }>(execution, 'Order placed');
	const ends = [
		...outputOf(execution, 'Confirmed').map(() => ({
			outcome: outputOf(execution, 'Retry').length > 0 ? AFTER_RETRY : AT_ONCE,
		})),
		...outputOf<{ reason: string }>(execution, 'Not delivered').map(({ reason }) => ({
			outcome: NOT_DELIVERED,
			reason,
		})),
	];
	const lost = { outcome: `${ends.length} ends, execution status "${execution.status}"` };
	return { orderId: order?.body.order_id, ...(ends.length === 1 ? ends[0] : lost) };
}

function formatTable(orders: Order[], results: Result[], maxPerRecipient: number): string {
	const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
	return countTable([
		['Orders', orders.length],
		['Confirmed on the first try', count(AT_ONCE)],
		['Confirmed after a retry', count(AFTER_RETRY)],
		['Not delivered', count(NOT_DELIVERED)],
		...reasonCounts(results.flatMap(({ reason }) => reason ?? [])),
		['Messages per recipient (at most)', maxPerRecipient],
	]);
}

/** Problems with the orders: each must have run once and ended as its number requires. */
function orderProblems(orders: Order[], results: Result[]): string[] {
	return orders.flatMap(({ body, expected }) => {
		const outcomes = results
			.filter(({ orderId }) => orderId === body.order_id)
			.map(({ outcome }) => outcome)
			.join(' and ');
		return outcomes === expected
			? []
			: `Order ${body.order_id} should be ${expected}, but is ${outcomes || 'lost'}.`;
	});
}
