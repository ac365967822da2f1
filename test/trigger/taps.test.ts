import type { IDataObject } from 'n8n-workflow';
import { Engine } from '../support/engine';
import { useRecorder } from '../support/recorder';
import { SECRET, useTrigger } from '../support/triggerFixture';
import type { Waiting } from '../support/waitingN8n';
import { useWaitingN8n } from '../support/waitingN8n';

const TAPS = 60;
const fixture = useTrigger('nativeMsg', { events: ['inboundMessage', 'postback'] });
const waiting = useWaitingN8n();
const elsewhere = useRecorder();

let engine: Engine;
let taps = 0;

beforeAll(async () => {
	const { token, baseUrl } = fixture.sandbox;
	engine = await Engine.start({ service: 'nativeMsg', accessToken: token, baseUrl });
});

beforeEach(async () => {
	fixture.trigger.publicUrl = waiting.n8n.url;
	waiting.n8n.received.length = 0;
	await fixture.trigger.activate();
});

interface Button {
	title: string;
	payload: string;
}

/** Asks over RCS, with the choices as buttons. @returns the payload of each by its label */
async function ask(): Promise<{ asked: Waiting; payloads: Record<string, string> }> {
	const parameters = {
		resource: 'message',
		operation: 'sendAndWait',
		targetType: 'phones',
		phones: '+12015550101',
		channelId: '602',
		message: 'Order a laptop?',
		options: { answerInChat: true, sendAs: 'richCard' },
	};
	const asked = await waiting.n8n.ask(engine, { parameters }, () => fixture.sandbox.requests());
	const { buttons } = fixture.sandbox.requests().at(-1)!.body as { buttons: Button[] };
	return { asked, payloads: Object.fromEntries(buttons.map(({ title, payload }) => [title, payload])) };
}

const tapOf = (payload: string): IDataObject => ({
	id: 9_000_000 + ++taps,
	messageType: 'I',
	status: 'D',
	channelId: 602,
	humandId: 541,
	message: { text: 'Approve', payload },
});

const deliver = async (...events: IDataObject[]) =>
	await fixture.deliver({
		url: fixture.trigger.url,
		secret: SECRET,
		event: events.length === 1 ? events[0] : events,
	});

const decisionsOn = ({ id }: Waiting) =>
	waiting.n8n.outputs(id).map(([{ data }]) => (data as IDataObject).choice);

describe('a tap on a choice', () => {
	it(`resumes its own execution and starts nothing, ${TAPS} times`, async () => {
		const questions = [];
		for (let index = 0; index < TAPS; index++) questions.push(await ask());
		const labelOf = (index: number) => (index % 3 === 0 ? 'Decline' : 'Approve');
		const answers = await Promise.all(
			questions.map(({ payloads }, index) => deliver(tapOf(payloads[labelOf(index)]))),
		);
		expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
		expect(questions.map(({ asked }) => decisionsOn(asked))).toEqual(
			questions.map((_question, index) => [labelOf(index)]),
		);
		expect(fixture.trigger.executions).toEqual([]);
	});

	it('counts once, however often it is delivered or another choice is tapped', async () => {
		const { asked, payloads } = await ask();
		const tap = tapOf(payloads.Approve);
		await deliver(tap);
		await deliver(tap);
		await deliver(tapOf(payloads.Decline), tapOf(payloads.Approve));
		expect(decisionsOn(asked)).toEqual(['Approve']);
		expect(fixture.trigger.executions).toEqual([]);
	});

	it('is handled no matter which events and keywords start the workflow, along with other events', async () => {
		fixture.trigger.parameters = { events: ['inboundMessage'], filters: { keywords: 'STOP' } };
		const { asked, payloads } = await ask();
		const stop = { ...tapOf(''), message: { text: 'stop' } };
		await deliver(tapOf(payloads.Decline), stop);
		expect(decisionsOn(asked)).toEqual(['Decline']);
		expect(fixture.trigger.items()).toMatchObject([{ event: 'inboundMessage', keyword: 'STOP' }]);
	});

	it('with a forged signature decides nothing and starts nothing', async () => {
		const { asked, payloads } = await ask();
		const other = await ask();
		const signature = new URL(other.payloads.Approve).searchParams.get('signature')!;
		await deliver(tapOf(payloads.Approve.replace(/signature=.*/, `signature=${signature}`)));
		await deliver(tapOf(payloads.Approve.replace('choice=0', 'choice=1')));
		expect(waiting.n8n.received).toHaveLength(2);
		expect([...decisionsOn(asked), ...decisionsOn(other.asked)]).toEqual([]);
		expect(fixture.trigger.executions).toEqual([]);
	});

	it('requests nothing but the waiting path of this n8n: everything else is a normal event', async () => {
		const { asked, payloads } = await ask();
		const own = new URL(payloads.Approve);
		const { pathname, search, host } = own;
		const payloadsElsewhere = [
			elsewhere.url + pathname + search,
			`http://${host}@${new URL(elsewhere.url).host}${pathname}${search}`,
			`${waiting.n8n.url}/webhook-waiting/../rest/workflows/1${search}`,
			`${waiting.n8n.url}/webhook-waiting/%2e%2e/rest/1${search}`,
			`${waiting.n8n.url}/webhook-waiting/1${search}`,
			`${waiting.n8n.url}/webhook-waiting/1/2/3${search}`,
			`${waiting.n8n.url}/webhook${pathname}${search}`,
			`${waiting.n8n.url.replace('http:', 'https:')}${pathname}${search}`,
			payloads.Reply ?? `${waiting.n8n.url}${pathname}?q=1&signature=2`,
			` ${payloads.Approve}`,
			'http://',
			'httpx',
		];
		for (const payload of payloadsElsewhere) await deliver(tapOf(payload));
		expect(waiting.n8n.received).toEqual([]);
		expect(elsewhere.requests).toEqual([]);
		expect(decisionsOn(asked)).toEqual([]);
		expect(fixture.trigger.items().map(({ event, resumeUrl }) => [event, resumeUrl])).toEqual(
			payloadsElsewhere.map(() => ['postback', undefined]),
		);
	});

	it('is an event with resumeUrl if this n8n cannot reach itself, and still gets a response', async () => {
		const { payloads } = await ask();
		const unreachable = 'http://127.0.0.1:1';
		fixture.trigger.publicUrl = unreachable;
		const payload = payloads.Approve.replace(waiting.n8n.url, unreachable);
		expect(await deliver(tapOf(payload))).toMatchObject({ status: 200 });
		expect(fixture.trigger.items()).toMatchObject([{ event: 'postback', resumeUrl: payload }]);
		expect(fixture.trigger.logs.join()).toContain(`could not reach this n8n at ${unreachable}`);
		expect(fixture.trigger.logs.join()).not.toContain('signature=');
	});

	it.each([502, 302])('is an event with resumeUrl if something else responds with %i', async (status) => {
		elsewhere.answer = ({ url }) =>
			url === '/login' ? { status: 200, body: {} } : { status, body: {}, headers: { location: '/login' } };
		fixture.trigger.publicUrl = elsewhere.url;
		const { payloads } = await ask();
		const payload = payloads.Approve.replace(waiting.n8n.url, elsewhere.url);
		await deliver(tapOf(payload));
		expect(elsewhere.requests).toHaveLength(1);
		expect(fixture.trigger.items()).toMatchObject([{ resumeUrl: payload }]);
	});
});
