import type { INodeProperties } from 'n8n-workflow';
import type { Form } from '../../operations/form';
import type { RequestOf } from '../../transport/endpoint';

type Message = RequestOf<'POST /messages'>['body'];
type Part = 'text' | 'media' | 'quickReplies';

/** What the reference documents for one type of channel; see `x-channel-limits` and `x-supported-channels` in spec/. */
interface ChannelLimits {
	name: string;
	/** Parts of a message that the reference does not list for this type. Where it contradicts itself, nothing is listed. */
	unsupported: Part[];
	buttons?: { count: number; title: number };
	quickReplies?: { count: number; title: number };
	mediaTypes?: string[];
	/** Buttons stand in a rich card or a carousel only. */
	buttonsInCards?: boolean;
}

export const CHANNEL_LIMITS: Record<string, ChannelLimits> = {
	alx: { name: 'Alexa', unsupported: ['media', 'quickReplies'] },
	fb: {
		name: 'Facebook',
		unsupported: [],
		buttons: { count: 3, title: 20 },
		quickReplies: { count: 11, title: 20 },
	},
	dlc: { name: 'Long Code SMS/MMS', unsupported: ['quickReplies'] },
	rcs: {
		name: 'RCS',
		unsupported: [],
		buttons: { count: 4, title: 25 },
		quickReplies: { count: 11, title: 25 },
		mediaTypes: ['image', 'video'],
		buttonsInCards: true,
	},
	dsc: { name: 'Short Code SMS/MMS', unsupported: ['quickReplies'] },
	twr: {
		name: 'Twitter',
		unsupported: [],
		buttons: { count: 3, title: 36 },
		quickReplies: { count: 20, title: 36 },
	},
	web: {
		name: 'Web Chat',
		unsupported: [],
		buttons: { count: 4, title: 36 },
		quickReplies: { count: 20, title: 36 },
	},
};

/** The option of Send that names the channel types. */
export const checkForChannels: INodeProperties = {
	displayName: 'Check for Channel Types',
	name: 'checkForChannels',
	type: 'multiOptions',
	options: [
		{ name: 'Alexa', value: 'alx' },
		{ name: 'Facebook', value: 'fb' },
		{ name: 'Long Code SMS/MMS', value: 'dlc' },
		{ name: 'RCS', value: 'rcs' },
		{ name: 'Short Code SMS/MMS', value: 'dsc' },
		{ name: 'Twitter', value: 'twr' },
		{ name: 'Web Chat', value: 'web' },
	],
	default: [],
	description:
		'The types of channel that the message goes to. What nativeMsg documents for them (number of buttons, length of their titles, kinds of content) is then checked before anything is sent.',
};

interface Titled {
	title?: string;
}

const PART_NAMES: Record<Part, string> = { text: 'text', media: 'media', quickReplies: 'quick replies' };

function entryFindings(label: string, entries: Titled[], limits: { count: number; title: number }): string[] {
	const { count, title: length } = limits;
	const long = entries.flatMap(({ title = '' }, index) =>
		title.length > length
			? `the title of ${label} ${index + 1} has ${title.length} characters (at most ${length})`
			: [],
	);
	const { length: given } = entries;
	const plural = label.replace(/y$/, 'ie');
	return given > count ? [`${given} ${plural}s (at most ${count})`, ...long] : long;
}

function findingsFor(message: Message, limits: ChannelLimits): string[] {
	const { buttons = [], quickReplies = [], mediaType, richCard, carousel } = message;
	const unsupported = limits.unsupported.filter((part) => [message[part] ?? []].flat().length > 0);
	const { mediaTypes } = limits;
	const wrongMedia = mediaTypes && mediaType && mediaType !== 'text' && !mediaTypes.includes(mediaType);
	const looseButtons = limits.buttonsInCards && buttons.length > 0 && !richCard && !carousel;
	return [
		...unsupported.map((part) => `no ${PART_NAMES[part]}`),
		...(limits.buttons ? entryFindings('button', buttons, limits.buttons) : []),
		...(limits.quickReplies ? entryFindings('quick reply', quickReplies, limits.quickReplies) : []),
		...(wrongMedia ? [`no ${mediaType} (only ${mediaTypes.join(' or ')})`] : []),
		...(looseButtons ? ['buttons only with Rich Card or in a carousel'] : []),
	];
}

/** @throws NotSentError with everything in a message that the documented limits of the chosen channel types forbid */
export function checkChannels(form: Form, message: Message): void {
	const { checkForChannels: types = [] } = (form.get('options') ?? {}) as { checkForChannels?: string[] };
	const problems = types.flatMap((type) => {
		const limits = CHANNEL_LIMITS[type];
		const findings = limits ? findingsFor(message, limits) : [];
		return findings.length > 0 ? [`${limits.name}: ${findings.join(', ')}`] : [];
	});
	if (problems.length > 0) form.refuse(`The message does not fit its channels. ${problems.join('; ')}`);
}
