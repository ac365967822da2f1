import type { INodeParameters } from 'n8n-workflow';
import { useFixture } from '../../support/fixture';
import { time } from '../../support/handSleep';
import { useWaitingN8n } from '../../support/waitingN8n';
import { ask, changed, open, question, repliesTo, submit } from './asking';

const fixture = useFixture();
const waiting = useWaitingN8n();

const NOTHING = { approved: null, choice: null, text: null, chatInput: null };
const respondedAt = expect.stringMatching(/^\d{4}-.*Z$/);
const sent = { to: '+12025550101', status: 'accepted', requestId: 'request00000001' };

const choices = { responseType: 'choices', choices: { choice: [{ label: 'Today' }, { label: 'Tomorrow' }] } };

describe('a reply', () => {
	it.each<[string, INodeParameters, Record<string, string>, object]>([
		['approves', {}, { choice: '0' }, { approved: true, choice: 'Approve' }],
		[
			'has the labels of the form',
			{ options: { approveLabel: 'Sí', declineLabel: 'No' } },
			{ choice: '1' },
			{ approved: false, choice: 'No' },
		],
		[
			'declines with a comment, which is what an agent hears',
			{ options: { commentLabel: 'Why?' } },
			{ choice: '1', text: ' Too dear. ' },
			{ approved: false, choice: 'Decline', text: 'Too dear.', chatInput: 'Too dear.' },
		],
		['is one of the choices', choices, { choice: '1' }, { choice: 'Tomorrow', chatInput: 'Tomorrow' }],
		[
			'is a text, with its line breaks as one character',
			{ responseType: 'freeText' },
			{ text: 'On Friday,\r\nnot before <noon>' },
			{ text: 'On Friday,\nnot before <noon>', chatInput: 'On Friday,\nnot before <noon>' },
		],
	])('%s', async (_what, parameters, fields, reply) => {
		const asked = await ask(fixture, waiting.n8n, parameters);
		expect(asked.status).toBe('waiting');
		expect(await submit(asked.link, fields)).toMatchObject({ status: 200 });
		expect(repliesTo(waiting.n8n, asked)).toEqual([
			{ data: { ...NOTHING, ...reply, respondedAt }, timedOut: false, ...sent },
		]);
	});

	it.each<[string, INodeParameters, Record<string, string>, number, string]>([
		['no choice', {}, {}, 400, 'Please choose one.'],
		[
			'a comment that is too long',
			{ options: { commentLabel: 'Why?' } },
			{ choice: '0', text: 'x'.repeat(2_001) },
			413,
			'Your text has 2001 characters. It can have at most 2000.',
		],
	])('does not count with %s, and can be corrected', async (_what, parameters, fields, status, sentence) => {
		const asked = await ask(fixture, waiting.n8n, parameters);
		const refused = await submit(asked.link, fields);
		expect(refused.status).toBe(status);
		expect(refused.page).toContain(sentence);
		expect(repliesTo(waiting.n8n, asked)).toEqual([]);
		expect((await submit(asked.link, { choice: '0' })).status).toBe(200);
		expect(repliesTo(waiting.n8n, asked)).toHaveLength(1);
	});

	it('that no page sends decides nothing and ends nothing', async () => {
		const asked = await ask(fixture, waiting.n8n, { options: { commentLabel: 'Why?' } });
		const form = 'application/x-www-form-urlencoded';
		const bodies: Array<[type: string | undefined, body: string | undefined]> = [
			[undefined, undefined],
			[form, ''],
			[form, '%%%=%'],
			[form, 'choice=-1&choice=99&text='],
			['application/json', 'null'],
			['application/json', '[0]'],
			['application/json', '0'],
			['application/json', '{"choice":0,"text":{"__proto__":null}}'],
			['application/json', '{"choice":["0"],"text":["x"]}'],
			['application/json', '{"choice":"0x0","text":7}'],
			['text/plain', '0'],
			['multipart/form-data; boundary=x', '--x--'],
		];
		for (const [type, body] of bodies) {
			const headers = type === undefined ? undefined : { 'content-type': type };
			const { status } = await fetch(asked.link, { method: 'POST', headers, body });
			expect([type, body, status]).toEqual([type, body, 400]);
		}
		expect(repliesTo(waiting.n8n, asked)).toEqual([]);
		expect((await submit(asked.link, { choice: '0' })).status).toBe(200);
	});

	it('that comes twice at once starts one run', async () => {
		const asked = await ask(fixture, waiting.n8n);
		const answers = await Promise.all(['0', '1'].map((choice) => submit(asked.link, { choice })));
		expect(answers.filter(({ page }) => page.includes('Thank you'))).toHaveLength(1);
		expect(repliesTo(waiting.n8n, asked)).toHaveLength(1);
	});

	it('through the link of one choice is that choice, whatever is submitted with it', async () => {
		const parameters = { channelId: '602', options: { answerInChat: true } };
		const asked = await ask(fixture, waiting.n8n, parameters);
		const [{ body }] = fixture.sandbox.requests().filter(({ method }) => method === 'POST');
		const [, decline] = (body as { buttons: Array<{ payload: string }> }).buttons;
		const { page } = await open(decline.payload);
		expect(page).toContain('>Decline</button>');
		expect(page).not.toContain('>Approve</button>');
		expect((await submit(decline.payload, { choice: '0' })).status).toBe(200);
		expect(repliesTo(waiting.n8n, asked)).toMatchObject([{ data: { approved: false } }]);
	});
});

describe('opening the link', () => {
	it('shows the page as often as it is opened, and decides nothing', async () => {
		const asked = await ask(fixture, waiting.n8n);
		const pages = await Promise.all(Array.from({ length: 50 }, () => open(asked.link)));
		expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([200]));
		expect(pages[0].page).toContain('Order a laptop?');
		expect(repliesTo(waiting.n8n, asked)).toEqual([]);
	});

	it('needs the signature, which covers the question and the choice', async () => {
		const [asked, other] = [await ask(fixture, waiting.n8n), await ask(fixture, waiting.n8n)];
		const foreign = new URL(other.link).searchParams.get('signature')!;
		const forgeries = [
			{ signature: undefined },
			{ signature: '' },
			{ signature: foreign },
			{ signature: 'f'.repeat(64) },
			{ choice: '0' },
			{ q: new URL(other.link).searchParams.get('q')! },
		];
		for (const forgery of forgeries) {
			expect(await submit(changed(asked.link, forgery), { choice: '0' })).toMatchObject({ status: 401 });
		}
		expect(repliesTo(waiting.n8n, asked)).toEqual([]);
	});

	it('of an earlier question of the same execution says that it is closed', async () => {
		const { engine, sandbox } = fixture;
		const run = { parameters: question(), items: [{}], laterItems: [[{}]] };
		const first = await waiting.n8n.ask(engine, run, () => sandbox.requests());
		await submit(first.link, { choice: '0' });
		const posts = sandbox.requests().filter(({ method }) => method === 'POST');
		expect(posts).toHaveLength(2);
		const [again] = [await submit(first.link, { choice: '0' })];
		expect(again.status).toBe(410);
		expect(again.page).toContain('a newer question has replaced it');
		expect(repliesTo(waiting.n8n, first)).toHaveLength(1);
	});
});

describe('a limit', () => {
	const limit = (values: INodeParameters) => ({ options: { limitWaitTime: { values } } });

	it.each([
		['minutes', 30, 30 * 60_000],
		['hours', 2, 7_200_000],
		['days', 1, 86_400_000],
	])('applies in %s, and after it the item continues with timedOut', async (resumeUnit, resumeAmount, ms) => {
		const asked = await ask(fixture, waiting.n8n, limit({ resumeAmount, resumeUnit }));
		expect(asked.waitTill?.getTime()).toBe(Date.now() + ms);
		expect((await open(asked.link)).status).toBe(200);
		time.advance(ms);
		const late = await submit(asked.link, { choice: '0' });
		expect(late.status).toBe(410);
		expect(late.page).toContain('The time to reply is over.');
		await waiting.n8n.timeOver(asked.id);
		expect(repliesTo(waiting.n8n, asked)).toEqual([
			{ data: { ...NOTHING, respondedAt: null }, timedOut: true, ...sent },
		]);
	});

	it('may be a date, which must be in the future', async () => {
		const at = (maxDateAndTime: string) => limit({ limitType: 'atSpecifiedTime', maxDateAndTime });
		const asked = await ask(fixture, waiting.n8n, at('2999-12-31T12:00:00'));
		expect(asked.waitTill?.toISOString()).toBe('2999-12-31T17:00:00.000Z');
		const { error } = await ask(fixture, waiting.n8n, at('2020-01-01T00:00:00'));
		expect(error?.message).toMatch(/^Limit Wait Time, Max Date and Time must be in the future, but /);
		const { error: missing } = await ask(fixture, waiting.n8n, at(''));
		expect(missing?.message).toMatch(/^Limit Wait Time, Max Date and Time is required/);
	});

	it('does not exist unless it is set', async () => {
		const asked = await ask(fixture, waiting.n8n);
		expect(asked.waitTill?.getFullYear()).toBe(3000);
	});
});
