import type { IExecuteFunctions } from 'n8n-workflow';
import { WAIT_INDEFINITELY } from 'n8n-workflow';
import { startAsking } from '../../nodes/operations/wait/asking';
import type { Question } from '../../nodes/operations/wait/question';

const question = { title: 'Please' } as Question;

/** Starts asking. @param failureOf the message with which the link workflow fails, if it does */
function start(failureOf: (link: string) => string | undefined = () => undefined) {
	const kept: Record<string, unknown> = {};
	const data: { data?: unknown } = {};
	const waits: unknown[] = [];
	const workflows: unknown[] = [];
	const validations: unknown[] = [];
	const context = {
		getSignedResumeUrl: (parameters: Record<string, string>) =>
			`https://n8n.example.com/?${new URLSearchParams(parameters).toString()}`,
		executeWorkflow(info: object, items: Array<{ json: { link: string } }>) {
			workflows.push([info, items]);
			const failure = failureOf(items[0].json.link);
			return failure === undefined ? Promise.resolve() : Promise.reject(new Error(failure));
		},
		getContext: (type: string) => (type === 'node' ? kept : {}),
		getExecuteData: () => data,
		putExecutionToWait: (until: Date) => Promise.resolve(waits.push(until)),
		setSignatureValidationRequired: () => validations.push('required'),
	};
	const startIn = (other: object) => startAsking(other as unknown as IExecuteFunctions);
	return { asking: startIn(context), kept, data, waits, workflows, validations, context, startIn };
}

const parametersOf = (link: string) => Object.fromEntries(new URL(link).searchParams);

test('each question has its own links, one for each choice', () => {
	const [{ asking }, other] = [start(), start()];
	const { q, ...others } = parametersOf(asking.link());
	expect(q).toMatch(/^[\w-]{12}$/);
	expect(others).toEqual({});
	expect(parametersOf(asking.link(0))).toEqual({ q, choice: '0' });
	expect(parametersOf(asking.link(2))).toEqual({ q, choice: '2' });
	expect(parametersOf(other.asking.link()).q).not.toBe(q);
});

describe('the link workflow', () => {
	const linked = { ...question, linkWorkflow: 'w1' };

	test('gets the link for each recipient', async () => {
		const { asking, workflows } = start();
		const link = asking.link();
		const until = '2999-01-01T00:00:00.000Z';
		expect(await asking.share({ ...linked, until }, ['Ann', 'Bob'])).toBeUndefined();
		await asking.share(linked, ['Ann']);
		expect(workflows).toEqual([
			[
				{ id: 'w1' },
				[{ json: { recipient: 'Ann', link, until } }, { json: { recipient: 'Bob', link, until } }],
			],
			[{ id: 'w1' }, [{ json: { recipient: 'Ann', link, until: null } }]],
		]);
	});

	test('does not run if there is none', async () => {
		const { asking, workflows } = start();
		expect(await asking.share(question, ['Ann'])).toBeUndefined();
		expect(workflows).toEqual([]);
	});

	test('may fail, which is told without the link', async () => {
		const { asking } = start((link) => `Twice ${link} and ${link}`);
		expect(await asking.share(linked, ['Ann'])).toBe(
			'The Link Workflow w1 failed (Twice the link and the link), so people can only reply on its page',
		);
	});
});

test('the execution waits, and its node keeps the question, and passes on what was sent if no one replies', async () => {
	const { asking, kept, data, waits, validations } = start();
	const sent = { requestId: 'r' };
	await asking.wait(question, sent);
	expect(kept).toEqual({ asked: { id: parametersOf(asking.link()).q, question, sent } });
	expect(data.data).toEqual({
		main: [[{ json: expect.objectContaining({ timedOut: true, requestId: 'r' }), pairedItem: { item: 0 } }]],
	});
	expect(waits).toEqual([WAIT_INDEFINITELY]);
	expect(validations).toEqual(['required']);
});

test('it waits until the limit, also where n8n always checks signatures', async () => {
	const { context, startIn, waits } = start();
	const asking = startIn({ ...context, setSignatureValidationRequired: undefined });
	await asking.wait({ ...question, until: '2999-01-01T00:00:00.000Z' }, {});
	expect(waits).toEqual([new Date('2999-01-01T00:00:00.000Z')]);
});
