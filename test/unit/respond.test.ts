import type { IWebhookFunctions } from 'n8n-workflow';
import { HEADERS } from '../../nodes/operations/wait/page';
import type { Question } from '../../nodes/operations/wait/question';
import { respond } from '../../nodes/operations/wait/respond';
import { time, useHandTime } from '../support/handSleep';
import { question } from '../support/question';

useHandTime();

const sent = { requestId: 'r' };

interface Given {
	method?: string;
	query?: Record<string, unknown>;
	body?: unknown;
	question?: Partial<Question>;
	/** Whether the node waits for a reply. */
	waits?: boolean;
}

/** Opens or submits the link of a question. */
async function request({ method = 'POST', query = { q: 'q1' }, body = {}, waits = true, ...given }: Given) {
	const shown = { headers: {} as Record<string, string>, status: undefined as number | undefined, page: '' };
	const response = {
		setHeader: (name: string, value: string) => (shown.headers[name] = value),
		status(status: number) {
			shown.status = status;
			return response;
		},
		end: (page: string) => (shown.page = page),
	};
	const asked = { id: 'q1', question: { ...question, ...given.question }, sent };
	const context = {
		getNode: () => ({ name: 'Ask {"them"}' }),
		evaluateExpression(expression: string) {
			expect(expression).toBe('{{ $node["Ask \\u007b\\"them\\"\\u007d"].context["asked"] }}');
			return waits ? asked : null;
		},
		getQueryData: () => query,
		getBodyData: () => body,
		getRequestObject: () => ({ method }),
		getResponseObject: () => response,
	};
	const outcome = await respond(context as unknown as IWebhookFunctions);
	expect(shown.headers).toEqual(HEADERS);
	return { ...shown, outcome };
}

const stillWaiting = { noWebhookResponse: true };

test.each<[what: string, given: Given]>([
	['nothing waits', { waits: false }],
	['the link is that of another question', { query: { q: 'q0' } }],
	['the link has no question', { query: {} }],
])('a question is closed if %s', async (_what, given) => {
	for (const method of ['GET', 'POST']) {
		const { status, page, outcome } = await request({ ...given, method, body: { choice: '0' } });
		expect([status, outcome]).toEqual([410, stillWaiting]);
		expect(page).toContain('Someone has already replied, or a newer question has replaced it.');
	}
});

test.each([
	[-1, 410],
	[0, 410],
	[1, 200],
])('a question whose limit is %i ms away gets %i', async (ms, status) => {
	const until = new Date(time.now() + ms).toISOString();
	const shown = await request({ method: 'GET', question: { until } });
	expect([shown.status, shown.outcome]).toEqual([status, stillWaiting]);
	expect(shown.page.includes('The time to reply is over.')).toBe(status === 410);
});

test('opening the link shows the page, of one choice if it is for that one', async () => {
	const whole = await request({ method: 'GET', body: { choice: '0' } });
	expect([whole.status, whole.outcome]).toEqual([200, stillWaiting]);
	expect(whole.page).toMatch(/>Yes<\/button>[^]*>No<\/button>/);
	const { page } = await request({ method: 'GET', query: { q: 'q1', choice: '1' } });
	expect(page).toContain('>No</button>');
	expect(page).not.toContain('>Yes</button>');
});

test('a reply continues the execution, and the page says thanks', async () => {
	const { status, outcome } = await request({ body: { choice: '1', text: 'Busy' } });
	expect(status).toBeUndefined();
	expect(outcome).toEqual({
		webhookResponse: expect.stringContaining('Thanks'),
		workflowData: [
			[
				{
					json: {
						data: {
							approved: false,
							choice: 'No',
							text: 'Busy',
							chatInput: 'Busy',
							respondedAt: expect.stringMatching(/Z$/),
						},
						timedOut: false,
						requestId: 'r',
					},
					pairedItem: { item: 0 },
				},
			],
		],
	});
});

test('the choice of the link counts, whatever is submitted', async () => {
	const { outcome } = await request({ query: { q: 'q1', choice: '1' }, body: { choice: '0' } });
	expect(outcome.workflowData?.[0][0].json.data).toMatchObject({ choice: 'No' });
});

test.each<[given: Given, status: number, problem: string, kept: string]>([
	[{ body: { choice: '7' } }, 400, 'Please choose one.', ''],
	[{ body: null }, 400, 'Please choose one.', ''],
	[{ body: { text: ['x'] }, question: { choices: [] } }, 400, 'Please write a reply.', ''],
	[
		{ body: { text: 'x'.repeat(2_001) }, question: { choices: [] } },
		413,
		'Your text has 2001 characters. It can have at most 2000.',
		'x'.repeat(2_001),
	],
])(
	'what is no reply shows the page again, with the problem and the text',
	async (given, status, problem, kept) => {
		const shown = await request(given);
		expect([shown.status, shown.outcome]).toEqual([status, stillWaiting]);
		expect(shown.page).toContain(`role="alert" dir="auto">${problem}</p>`);
		expect(/<textarea[^>]*>\n([^]*)<\/textarea>/.exec(shown.page)?.[1] ?? '').toBe(kept);
	},
);

test('what is no reply through the link of one choice shows that choice again', async () => {
	const { page, status } = await request({
		query: { q: 'q1', choice: '1' },
		body: { text: 'x'.repeat(2_001) },
		question: { commentLabel: 'Why?' },
	});
	expect(status).toBe(413);
	expect(page).toContain('>No</button>');
	expect(page).not.toContain('>Yes</button>');
});
