import type { INodeProperties } from 'n8n-workflow';
import type { LookUpRun } from '../../operations/defineOperation';
import type { Form } from '../../operations/form/form';
import { withLink } from '../../operations/wait/fields';
import type { Question } from '../../operations/wait/question';
import { messageOf } from '../../operations/wait/question';
import type { Schema } from '../../transport/contract';
import type { RequestOf } from '../../transport/endpoint';
import { channelTypeName } from '../channel/fields';
import { CHANNEL_LIMITS } from './channelLimits';

type Content = Omit<RequestOf<'POST /messages'>['body'], 'targets'>;
type Button = NonNullable<Content['buttons']>[number];

/** How a question arrives, with the channel type whose limits apply; if there are several, the strictest. */
const ARRIVALS: Record<string, string> = { buttons: 'fb', richCard: 'rcs' };
/** How it arrives on the channel types that have buttons; on others, as a text with a link. */
const BY_TYPE: Record<string, string> = { rcs: 'richCard', fb: 'buttons', web: 'buttons' };

/** The options for how a question arrives. */
export const arrivalOptions: INodeProperties[] = [
	{
		displayName: 'Reply in the Chat',
		name: 'answerInChat',
		type: 'boolean',
		default: true,
		description:
			'Whether to show each choice as a button in the chat, if the channel has buttons and the labels fit. You need a published workflow with the NativeMsg Trigger in this n8n, which receives the reply. Another button opens the reply page.',
	},
	{
		displayName: 'Button Label',
		name: 'buttonLabel',
		type: 'string',
		default: 'Reply',
		description: 'Label of the button that opens the reply page. Facebook shows up to 20 characters, RCS 25.',
	},
	{
		displayName: 'Send As',
		name: 'sendAs',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'By the channel type, which the node looks up. Humans get a text with a link.',
			},
			{ name: 'Buttons', value: 'buttons', description: 'For Facebook and web chat' },
			{ name: 'Link', value: 'link', description: 'A text with a link, for any channel' },
			{ name: 'Rich Card', value: 'richCard', description: 'For RCS' },
		],
		default: 'automatic',
	},
];

const OPTIONS: Schema = {
	properties: {
		answerInChat: { type: 'boolean' },
		buttonLabel: { type: 'string' },
		linkLine: { type: 'string' },
		sendAs: { type: 'string', enum: ['automatic', ...Object.keys(ARRIVALS), 'link'] },
	},
};

interface Options {
	answerInChat?: boolean;
	buttonLabel?: string;
	linkLine?: string;
	sendAs?: string;
}

/** Fetches the types of the account's channels, by ID, if the type decides how the question arrives. */
export async function lookUpTypes({ client, options, get }: LookUpRun): Promise<Map<unknown, unknown>> {
	const isKnown = (options.sendAs ?? 'automatic') !== 'automatic' || get('targetType') !== 'phones';
	const channels = isKnown ? [] : await client.call('GET /channels');
	return new Map(channels.map(({ id, channelType }) => [String(id), channelType]));
}

/** Refuses a label that the channel would truncate. */
function checkLabel(form: Form, label: string, type: string): void {
	const { title } = CHANNEL_LIMITS[type].buttons!;
	if (label.length <= title) return;
	form.refuse(
		`Button Label can have at most ${title} characters on ${channelTypeName(type)}, but ${label.length} were given`,
	);
}

/** The buttons of a question, within the limits of its channel type. Choices that don't fit are only on the page. */
function buttonsOf(
	form: Form,
	{ choices }: Question,
	type: string,
	options: Options,
): Pick<Content, 'buttons' | 'quickReplies'> {
	const { answerInChat = false, buttonLabel = 'Reply' } = options;
	const { buttons: limits, quickReplies } = CHANNEL_LIMITS[type];
	checkLabel(form, buttonLabel, type);
	const page: Button = { type: 'weburl', title: buttonLabel, payload: form.link() };
	const inChat = choices.map(
		(title, position): Button => ({
			type: 'postback',
			title,
			payload: form.link(position),
		}),
	);
	const fits = choices.every(({ length }) => length <= limits!.title);
	if (!answerInChat || !fits || choices.length === 0 || choices.length > quickReplies!.count) {
		return { buttons: [page] };
	}
	return choices.length < limits!.count
		? { buttons: [...inChat, page] }
		: { buttons: [page], quickReplies: inChat };
}

/** The message that asks a question, in a form that its channel supports. */
export function askingContent(form: Form, question: Question): Partial<Content> {
	const options = form.readObject<Options>(OPTIONS);
	const { sendAs = 'automatic', linkLine = 'Reply here:' } = options;
	const text = messageOf(form);
	const found = (form.lookedUp as Map<unknown, string>).get(String(form.get('channelId')));
	const arrival = sendAs === 'automatic' ? BY_TYPE[found ?? ''] : sendAs;
	const type = sendAs === 'automatic' ? found : ARRIVALS[sendAs];
	if (arrival === undefined || arrival === 'link') return { text: withLink(text, linkLine, form.link()) };
	const buttons = buttonsOf(form, question, type!, options);
	return arrival === 'richCard'
		? { title: question.title, text, richCard: {}, ...buttons }
		: { text, ...buttons };
}
