import { outputOf } from '../n8n/client';
import { reasonRows, recipientProblems, row } from './outcome';
import { startProgress } from '../lib/progress';

const WORKFLOW = 'Order confirmation on WhatsApp';
const WEBHOOK_PATH = 'order-confirmation';

const AT_ONCE = 'confirmed at once';
const AFTER_RETRY = 'confirmed after a retry';
const NOT_DELIVERED = 'not delivered';

/** The customers' numbers by what has to become of their orders: in the sandbox the last digits decide it. */
const NUMBERS = {
	[AT_ONCE]: Array.from({ length: 14 }, (_, index) => `+120255501${40 + index}`),
	[AFTER_RETRY]: ['+12015550199', '+12025550199', '+12035550199'],
	[NOT_DELIVERED]: ['+12015550197', '+12025550197', '555-0140'],
};

/** Nothing is sent to a number that is not one. */
const RECIPIENTS = new Set(
	Object.values(NUMBERS)
		.flat()
		.filter((phone) => phone.startsWith('+'))
		.map((phone) => phone.slice(1)),
);

/**
 * Publishes the workflow, posts orders to its webhook all at once, and looks at what became of each.
 *
 * @param {import('../n8n/playground').Playground} playground
 * @returns {Promise<import('./outcome').Outcome>}
 */
export async function runOrders({ n8n, sandbox, workflows }) {
	const orders = makeOrders();
	const workflow = workflows.find(({ name }) => name === WORKFLOW);
	const progress = startProgress(`Posting orders to "${WORKFLOW}"`);
	await n8n.client.publishWorkflow(workflow);
	await Promise.all(orders.map(({ body }) => n8n.client.postToWebhook(WEBHOOK_PATH, body)));
	const executions = await n8n.client.waitForExecutions(workflow, orders.length);
	progress.done(`${orders.length} orders posted`);

	const { ott } = await sandbox.report();
	const results = executions.map(resultOf);
	const confirmed = NUMBERS[AT_ONCE].length + NUMBERS[AFTER_RETRY].length;
	return {
		table: formatTable(orders, results, ott),
		success: `Each of the ${confirmed} orders that could be delivered was confirmed exactly once, the others are in "Not delivered".`,
		problems: problemsOf(orders, results, ott),
	};
}

/** @returns {{ body: object, expected: string }[]} what is posted, and what has to become of it */
function makeOrders() {
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

/**
 * What became of one order, by the node that it ended in.
 *
 * @param {import('../n8n/client').Execution} execution
 * @returns {{ orderId: string, outcome: string, reason?: string }} the outcome names n8n's status when it ended in neither
 */
function resultOf(execution) {
	const [order] = outputOf(execution, 'Order placed');
	const ends = [
		...outputOf(execution, 'Confirmed').map(() => ({
			outcome: outputOf(execution, 'Retry').length > 0 ? AFTER_RETRY : AT_ONCE,
		})),
		...outputOf(execution, 'Not delivered').map(({ reason }) => ({ outcome: NOT_DELIVERED, reason })),
	];
	const lost = { outcome: `${ends.length} ends, execution status "${execution.status}"` };
	return { orderId: order?.body.order_id, ...(ends.length === 1 ? ends[0] : lost) };
}

function formatTable(orders, results, { maxPerRecipient }) {
	const count = (outcome) => results.filter((result) => result.outcome === outcome).length;
	return [
		row('Orders', orders.length),
		row('Confirmed at once', count(AT_ONCE)),
		row('Confirmed after a retry', count(AFTER_RETRY)),
		row('Not delivered', count(NOT_DELIVERED)),
		...reasonRows(results.flatMap(({ reason }) => reason ?? [])),
		row('Messages per recipient (at most)', maxPerRecipient),
	].join('\n');
}

/** What is wrong: every order must have run once and ended as its number says. */
function problemsOf(orders, results, report) {
	const wrong = orders.flatMap(({ body, expected }) => {
		const outcomes = results
			.filter(({ orderId }) => orderId === body.order_id)
			.map(({ outcome }) => outcome)
			.join(' and ');
		return outcomes === expected
			? []
			: `Order ${body.order_id} should be ${expected}, but is ${outcomes || 'lost'}.`;
	});
	return [...wrong, ...recipientProblems(report, RECIPIENTS)];
}
