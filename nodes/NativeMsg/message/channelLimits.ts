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
	default: true,
	description:
		'Whether to look up, once per run, the types of the channels that are chosen as sender or recipients, and to check for them as well. For humans and tags the channel is not known. Off unless you add this option.',
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

/** Fetches the types of the account's channels. */
export async function lookUpTypes({ client }: LookUpRun): Promise<ChannelTypes> {
	const channels = await client.call('GET /channels');
	return new Map(channels.map(({ id, channelType }) => [id, channelType]));
}

/** Fetches them if a setting needs them. */
export async function lookUpChannels(run: LookUpRun): Promise<ChannelTypes> {
	const { checkChosenChannels, maxParts, summary } = run.options;
	return isOn(checkChosenChannels) || maxParts !== undefined || isOn(summary)
		? await lookUpTypes(run)
		: undefined;
}

/** What was entered under Options. */
const optionsOf = (form: Form) => (form.get('options') ?? {}) as Record<string, unknown>;

/** The types that were ticked for a message. */
function tickedTypes(form: Form): string[] {
	if (!('checkForChannels' in optionsOf(form))) return [];
	return form.readObject<{ checkForChannels?: string[] }>(TICKED).checkForChannels ?? [];
}

/** The types of the channels that a message is sent from or to, as far as they were looked up. */
export function chosenTypes({ targets }: Message, form: Form): string[] {
	const known = form.lookedUp as ChannelTypes;
	if (!known) return [];
	const chosen = targets.flatMap(({ targetType, channelId, ids }) =>
		targetType === 'channels' ? (ids ?? []) : (channelId ?? []),
	);
	return [...new Set(chosen.flatMap((id) => known.get(id) ?? []))];
}

/** All types that are known of a message, in whatever way. */
export function knownTypes(message: Message, form: Form): string[] {
	return [...new Set([...tickedTypes(form), ...chosenTypes(message, form)])];
}

/** The types that a message has to fit: those that were ticked, and those of its channels if the user wants that. */
function typesToCheck(message: Message, form: Form): string[] {
	return isOn(optionsOf(form).checkChosenChannels) ? knownTypes(message, form) : tickedTypes(form);
}

/** What does not fit, of each type that a message has to be checked for. */
function misfits(message: Message, types: string[]): string[] {
	return types.flatMap((type) => {
		const limits = CHANNEL_LIMITS[type];
		const findings = limits ? findingsFor(message, limits) : [];
		return findings.length > 0 ? [`${channelTypeName(type)}: ${findings.join(', ')}`] : [];
	});
}

/** The documented limits of the chosen channel types that a message doesn't keep; one sentence with all of it. */
export function channelProblems(message: Message, form: Form, types = typesToCheck(message, form)): string[] {
	const problems = misfits(message, types);
	return problems.length > 0 ? [`The message does not fit its channels. ${problems.join('; ')}`] : [];
}

/** What does not fit each type that was ticked; undefined where none was. */
export function channelReport(message: Message, form: Form) {
	const types = tickedTypes(form);
	if (types.length === 0) return undefined;
	return types.map((type) => {
		const problems = findingsFor(message, CHANNEL_LIMITS[type]);
		return { channelType: type, name: channelTypeName(type), problems };
	});
}
