import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { useFixture } from '../../support/fixture';
import { time } from '../../support/handSleep';
import { KeptByN8n } from '../../support/keptByN8n';
import { linksIn, useWaitingN8n } from '../../support/waitingN8n';
import { ask, repliesTo, submit } from './asking';

const fixture = useFixture();
const waiting = useWaitingN8n();

beforeAll(async () => void (await KeptByN8n.start()));

const linkWorkflow = { __rl: true, mode: 'id', value: 'keeps links' };
const toTwo = { phones: '+1 202 555 0101, +12025550102' };

/** What the link workflow was given, once for each time; fails with `problem` if there is one. */
function keepLinks(problem?: () => string) {
	const given: Array<{ id: string; items: IDataObject[]; requests: number }> = [];
	const subWorkflow = (id: string, items: IDataObject[]) => {
		given.push({ id, items, requests: fixture.sandbox.requests().length });
		return problem ? Promise.reject(new Error(problem())) : Promise.resolve();
	};
	for (const engine of [fixture.engine, ...Object.values(fixture.ott)]) engine.subWorkflow = subWorkflow;
	return given;
}

describe('the link workflow', () => {
	it('gets the link for each recipient, once the question was sent', async () => {
		const given = keepLinks();
		const limitWaitTime = { values: { limitType: 'afterTimeInterval', resumeAmount: 1, resumeUnit: 'days' } };
		const until = new Date(time.now() + 86_400_000).toISOString();
		const asked = await ask(fixture, waiting.n8n, { ...toTwo, options: { linkWorkflow, limitWaitTime } });
		expect(asked).toMatchObject({ status: 'waiting', hints: [] });
		const items = ['+12025550101', '+12025550102'].map((recipient) => ({
			recipient,
			link: asked.link,
			until,
		}));
		const { length: requests } = fixture.sandbox.requests();
		expect(given).toEqual([{ id: 'keeps links', items, requests }]);
	});

	it('knows humans by their IDs, and links without a limit', async () => {
		const given = keepLinks();
		const { link } = await ask(fixture, waiting.n8n, {
			targetType: 'humans',
			ids: '540',
			options: { linkWorkflow, sendAs: 'link' },
		});
		expect(given[0].items).toEqual([{ recipient: 'human 540', link, until: null }]);
	});

	it('gets the link of a session message, whose page takes the reply', async () => {
		const given = keepLinks();
		const { link } = await waiting.n8n.ask(
			fixture.ott.guide,
			{
				node: 'nativeMsgOtt',
				parameters: {
					resource: 'message',
					operation: 'sendAndWait',
					channelId: 'chan_telegram',
					to: '+1 202 555 0140',
					message: 'Come on Monday?',
					options: { linkWorkflow },
				},
			},
			() => fixture.sandbox.requests(),
		);
		expect(given[0].items).toEqual([{ recipient: '+12025550140', link, until: null }]);
		const { status, page } = await submit(link, { choice: '0' });
		expect(status).toBe(200);
		expect(page).toContain('Thank you');
	});

	it('does not run for a question that was not sent', async () => {
		const given = keepLinks();
		const refused = await ask(fixture, waiting.n8n, { channelId: '999', options: { linkWorkflow } });
		expect(refused.error).toBeDefined();
		const named = { options: { linkWorkflow }, broadcast: { broadcastName: 'survey' } };
		await ask(fixture, waiting.n8n, named);
		expect(given).toHaveLength(1);
		expect((await ask(fixture, waiting.n8n, named)).success[0].json).toMatchObject({
			status: 'skipped',
		});
		expect(given).toHaveLength(1);
	});

	it('may fail: people can still reply on the page, and a hint without the link says why', async () => {
		const links = () => linksIn(fixture.sandbox.requests());
		keepLinks(() => `No table for ${links().at(-1)}`);
		const asked = await ask(fixture, waiting.n8n, { options: { linkWorkflow } });
		expect(asked).toMatchObject({
			status: 'waiting',
			hints: [
				'The Link Workflow keeps links failed (No table for the link), so people can only reply on its page',
			],
		});
		expect(await submit(asked.link, { choice: '0' })).toMatchObject({ status: 200 });
		expect(repliesTo(waiting.n8n, asked)).toMatchObject([{ data: { approved: true } }]);
	});
});

describe('a reply by text', () => {
	const choices = {
		responseType: 'choices',
		choices: { choice: [{ label: 'Monday, 9:00' }, { label: 'Später' }] },
	};

	it.each<[string, INodeParameters, object]>([
		[' decline!\n', {}, { approved: false, choice: 'Decline', text: null, chatInput: null }],
		['“SPÄTER”', choices, { approved: null, choice: 'Später', text: null, chatInput: 'Später' }],
		['Approve', { responseType: 'freeText' }, { approved: null, choice: null, text: 'Approve' }],
	])('of %j counts', async (text, parameters, data) => {
		const asked = await ask(fixture, waiting.n8n, parameters);
		expect(await submit(asked.link, { text })).toMatchObject({ status: 200 });
		expect(repliesTo(waiting.n8n, asked)).toMatchObject([{ data }]);
	});

	it('that is not a choice gets 400, and the execution keeps waiting', async () => {
		const asked = await ask(fixture, waiting.n8n);
		expect(await submit(asked.link, { text: 'Approve it' })).toMatchObject({ status: 400 });
		expect(repliesTo(waiting.n8n, asked)).toEqual([]);
	});
});
