import type { INodeProperties } from 'n8n-workflow';
import type { LookUpRun } from '../../operations/defineOperation';
import type { Form } from '../../operations/form/form';
import type { Schema } from '../../transport/contract';
import type { RequestOf } from '../../transport/endpoint';
import { isOn } from '../../operations/form/values';
import { CHANNEL_TYPES, channelTypeName } from '../channel/fields';

type Message = RequestOf<'POST /messages'>['body'];
type Part = 'text' | 'media' | 'quickReplies';

/** What the reference documents for one type of channel; see `x-channel-limits` and `x-supported-channels` in spec/. */
interface ChannelLimits {
	/** Parts of a message that the reference does not list for this type. Where it contradicts itself, nothing is listed. */
	unsupported: Part[];
	buttons?: { count: number; title: number };
	quickReplies?: { count: number; title: number };
	mediaTypes?: string[];
	/** Buttons stand in a rich card or a carousel only. */
	buttonsInCards?: boolean;
}

export const CHANNEL_LIMITS: Record<string, ChannelLimits> = {
	alx: { unsupported: ['media', 'quickReplies'] },
	fb: {
		unsupported: [],
		buttons: { count: 3, title: 20 },
		quickReplies: { count: 11, title: 20 },
	},
	dlc: { unsupported: ['quickReplies'] },
	rcs: {
		unsupported: [],
		buttons: { count: 4, title: 25 },
		quickReplies: { count: 11, title: 25 },
		mediaTypes: ['image', 'video'],
		buttonsInCards: true,
	},
	dsc: { unsupported: ['quickReplies'] },
	twr: {
		unsupported: [],
		buttons: { count: 3, title: 36 },
		quickReplies: { count: 20, title: 36 },
	},
	web: {
		unsupported: [],
		buttons: { count: 4, title: 36 },
		quickReplies: { count: 20, title: 36 },
	},
};

const checkForChannels: INodeProperties = {
	displayName: 'Check for Channel Types',
	name: 'checkForChannels',
	type: 'multiOptions',
	options: CHANNEL_TYPES.filter(({ value }) => String(value) in CHANNEL_LIMITS),
	default: [],
	description:
		'The types of channel that the message goes to. What nativeMsg documents for them (number of buttons, length of their titles, kinds of content) is then checked before anything is sent.',
};

const checkChosenChannels: INodeProperties = {
	displayName: 'Check for Chosen Channels',
	name: 'checkChosenChannels',
	type: 'boolean',
	default: false,
	description:
		'Whether to look up, once per run, the types of the channels that are chosen as sender or recipients, and to check for them as well. For humans and tags the channel is not known.',
};

/** The options of Send that are about what its channels can take. */
export const channelOptions = [checkForChannels, checkChosenChannels];

/** The types that were ticked, or named by an expression. */
const TICKED: Schema = {
	properties: {
		checkForChannels: { type: 'array', items: { type: 'string', enum: Object.keys(CHANNEL_LIMITS) } },
	},
};

interface Titled {
	title?: string | null;
}

const PART_NAMES: Record<Part, string> = { text: 'text', media: 'media', quickReplies: 'quick replies' };

function longTitles(label: string, entries: Titled[], length: number, where = ''): string[] {
	return entries.flatMap(({ title }, index) => {
		const { length: given } = title ?? '';
		if (given <= length) return [];
		return `the title of ${label} ${index + 1}${where} has ${given} characters (at most ${length})`;
	});
}

function entryFindings(label: string, entries: Titled[], limits: { count: number; title: number }): string[] {
	const { count, title } = limits;
	const long = longTitles(label, entries, title);
	const { length: given } = entries;
	const plural = label.replace(/y$/, 'ie');
	return given > count ? [`${given} ${plural}s (at most ${count})`, ...long] : long;
}

/** The titles of the buttons inside cards and list entries, whose number the contract limits for all channels alike. */
function innerFindings({ carousel, list }: Partial<Message>, length: number): string[] {
	return [
		...(carousel ?? []).flatMap(({ buttons }, index) =>
			longTitles('button', buttons ?? [], length, ` of card ${index + 1}`),
		),
		...(list ?? []).flatMap(({ button }, index) =>
			longTitles('button', button ? [button] : [], length, ` of entry ${index + 1}`),
		),
	];
}

function findingsFor(message: Partial<Message>, limits: ChannelLimits): string[] {
	const { mediaType, richCard, carousel } = message;
	const [buttons, quickReplies] = [message.buttons ?? [], message.quickReplies ?? []];
	const unsupported = limits.unsupported.filter((part) => [message[part] ?? []].flat().length > 0);
	const { mediaTypes } = limits;
	const wrongMedia = mediaTypes && mediaType && mediaType !== 'text' && !mediaTypes.includes(mediaType);
	const looseButtons = limits.buttonsInCards && buttons.length > 0 && !richCard && !carousel;
	return [
		...unsupported.map((part) => `no ${PART_NAMES[part]}`),
		...(limits.buttons ? entryFindings('button', buttons, limits.buttons) : []),
		...(limits.buttons ? innerFindings(message, limits.buttons.title) : []),
		...(limits.quickReplies ? entryFindings('quick reply', quickReplies, limits.quickReplies) : []),
		...(wrongMedia ? [`no ${mediaType} (only ${mediaTypes.join(' or ')})`] : []),
		...(looseButtons ? ['buttons only with Rich Card or in a carousel'] : []),
	];
}

/** What the documented limits of a channel type forbid in the content of a message; nothing where none are documented. */
export function channelFindings(message: Partial<Message>, type: string): string[] {
	const limits = CHANNEL_LIMITS[type];
	return limits ? findingsFor(message, limits) : [];
}

/** The type of each channel of the account, by its number; undefined where the user does not want to look. */
type ChannelTypes = Map<number | undefined, string | undefined> | undefined;

/** Fetches the types of the account's channels, if the user wants the message to be checked for them. */
export async function lookUpChannels({ client, options }: LookUpRun): Promise<ChannelTypes> {
	if (!isOn(options.checkChosenChannels)) return undefined;
	const channels = await client.call('GET /channels');
	return new Map(channels.map(({ id, channelType }) => [id, channelType]));
}

/** The types that a message is to be checked for: those that were ticked, and those of its channels. */
function typesToCheck({ targets }: Message, form: Form): string[] {
	const { checkForChannels: ticked = [] } = form.readObject<{ checkForChannels?: string[] }>(TICKED);
	const known = form.lookedUp as ChannelTypes;
	const chosen = targets.flatMap(({ targetType, channelId, ids }) =>
		targetType === 'channels' ? (ids ?? []) : (channelId ?? []),
	);
	return [...new Set([...ticked, ...chosen.flatMap((id) => known?.get(id) ?? [])])];
}

/** What the documented limits of the chosen channel types forbid in a message; one sentence with all of it. */
export function channelProblems(message: Message, form: Form): string[] {
	const problems = typesToCheck(message, form).flatMap((type) => {
		const limits = CHANNEL_LIMITS[type];
		const findings = limits ? findingsFor(message, limits) : [];
		return findings.length > 0 ? [`${channelTypeName(type)}: ${findings.join(', ')}`] : [];
	});
	return problems.length > 0 ? [`The message does not fit its channels. ${problems.join('; ')}`] : [];
}

/** What does not fit, by type of channel: of the chosen types, else of all whose limits are documented. */
export function channelReport(message: Message, form: Form) {
	const chosen = typesToCheck(message, form).filter((type) => type in CHANNEL_LIMITS);
	const types = chosen.length > 0 ? chosen : Object.keys(CHANNEL_LIMITS);
	return types.map((type) => {
		const problems = findingsFor(message, CHANNEL_LIMITS[type]);
		return { channelType: type, name: channelTypeName(type), problems };
	});
}
