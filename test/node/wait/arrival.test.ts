import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';
import { CHANNEL_LIMITS } from '../../../nodes/NativeMsg/message/channelLimits';
import { useFixture } from '../../support/fixture';
import { withoutLinks, choiceLink, LINK } from '../../support/links';
import { useWaitingN8n } from '../../support/waitingN8n';
import { ask } from './asking';

const fixture = useFixture();
const waiting = useWaitingN8n();

interface Button {
	type: string;
	title: string;
	payload: string;
}

interface Message {
	text: string;
	title?: string;
	richCard?: object;
	buttons?: Button[];
	quickReplies?: Button[];
}

/** Asks, and returns the one message that was sent. */
async function messageOf(parameters: INodeParameters): Promise<Message> {
	fixture.sandbox.reset();
	const { error } = await ask(fixture, waiting.n8n, parameters);
	if (error) throw error;
	const [{ body, ...others }] = fixture.sandbox.requests().filter(({ method }) => method === 'POST');
	expect(others.status).toBe(200);
	const { targets: _targets, ...message } = body as Message & { targets: unknown };
	return withoutLinks(message);
}

const lookUps = () => fixture.sandbox.requests().filter(({ path }) => path === '/v1/channels');
const page = { type: 'weburl', title: 'Reply', payload: LINK };
const inChat = ['Approve', 'Decline'].map((title, position) => ({
	type: 'postback',
	title,
	payload: choiceLink(position),
}));
const choices = (...labels: string[]): INodeParameters => ({
	responseType: 'choices',
	choices: { choice: labels.map((label) => ({ label })) },
});

/** Channels of the sandbox's account. */
const SMS = '601';
const RCS = '602';
const WEB = '603';
const FACEBOOK = '551';

describe('a question arrives', () => {
	const text = 'Order a laptop?';

	it.each<[string, string, INodeParameters, Message]>([
		['over SMS as a text with the link', SMS, {}, { text: `${text}\n\nReply here: ${LINK}` }],
		[
			'over SMS with the link also where it is to be answered in the chat',
			SMS,
			{ answerInChat: true },
			{ text: `${text}\n\nReply here: ${LINK}` },
		],
		['over RCS as a card', RCS, {}, { title: 'Please reply', text, richCard: {}, buttons: [page] }],
		[
			'over RCS as a card with the choices',
			RCS,
			{ answerInChat: true, pageTitle: 'Your approval' },
			{ title: 'Your approval', text, richCard: {}, buttons: [...inChat, page] },
		],
		['on web chat with a button', WEB, {}, { text, buttons: [page] }],
		['on web chat with the choices', WEB, { answerInChat: true }, { text, buttons: [...inChat, page] }],
		[
			'as the user says',
			SMS,
			{ sendAs: 'buttons', buttonLabel: 'Go' },
			{ text, buttons: [{ ...page, title: 'Go' }] },
		],
	])('%s', async (_how, channelId, options, message) => {
		expect(await messageOf({ channelId, options })).toEqual(message);
		expect(lookUps()).toHaveLength(options.sendAs === undefined ? 1 : 0);
	});

	it('for a human, whose channel is not known, with the link, and nothing is looked up', async () => {
		const human = { targetType: 'humans', ids: '540', channelId: undefined as never };
		expect(await messageOf(human)).toEqual({ text: `${text}\n\nReply here: ${LINK}` });
		expect(lookUps()).toEqual([]);
	});

	it('with more choices than buttons as quick replies, and on the page if even these are too few', async () => {
		const labels = Array.from({ length: 12 }, (_, index) => `Choice ${index + 1}`);
		const options = { answerInChat: true };
		const eleven = await messageOf({ channelId: RCS, ...choices(...labels.slice(0, 11)), options });
		expect(eleven.quickReplies?.map(({ title }) => title)).toEqual(labels.slice(0, 11));
		expect(eleven.buttons).toEqual([page]);
		const twelve = await messageOf({ channelId: RCS, ...choices(...labels), options });
		expect(twelve).toMatchObject({ buttons: [page] });
		expect(twelve.quickReplies).toBeUndefined();
	});

	it('with a button that the channel shows whole, or not at all', async () => {
		const parameters = { channelId: RCS, options: { buttonLabel: 'x'.repeat(26) } };
		const { error } = await ask(fixture, waiting.n8n, parameters);
		expect(error?.message).toBe(
			'Button Label can have at most 25 characters on RCS, but 26 were given [item 0]',
		);
	});

	it('within what is documented for its channel, whatever the labels', async () => {
		const anyLabel = fc.string({ minLength: 1, maxLength: 40 }).map((label) => `L${label}`);
		const types = { [RCS]: 'rcs', [WEB]: 'web', [FACEBOOK]: 'fb' };
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(RCS, WEB),
				fc.array(anyLabel, { minLength: 2, maxLength: 20 }),
				async (channelId, labels) => {
					const message = await messageOf({
						channelId,
						...choices(...labels),
						options: { answerInChat: true },
					});
					const { buttons, quickReplies } = CHANNEL_LIMITS[types[channelId]];
					for (const [given, limits] of [
						[message.buttons ?? [], buttons!],
						[message.quickReplies ?? [], quickReplies!],
					] as const) {
						expect(given.length).toBeLessThanOrEqual(limits.count);
						for (const { title } of given) expect(title.length).toBeLessThanOrEqual(limits.title);
					}
					expect(message.buttons).toContainEqual(page);
				},
			),
			{ numRuns: 40 },
		);
	});
});
