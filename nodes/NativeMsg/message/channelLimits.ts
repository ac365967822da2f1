import type { INodeProperties } from 'n8n-workflow';
import type { InputFile } from '../../operations/form/inputFile';
import type { RequestOf } from '../../transport/endpoint';
import { CHANNEL_TYPES } from '../channel/fields';

type Message = RequestOf<'POST /messages'>['body'];
type Part = 'text' | 'media' | 'quickReplies';

/** The documented limits of a channel type; see `x-channel-limits` and `x-supported-channels` in spec/. */
interface ChannelLimits {
	/**
	 * Parts of a message that the reference doesn't list for this type. Where it contradicts itself, nothing is listed here.
	 */
	unsupported: Part[];
	buttons?: { count: number; title: number };
	quickReplies?: { count: number; title: number };
	mediaTypes?: string[];
	/** For a message with media: allowed MIME types in lowercase, and the size in bytes that it must stay below. */
	files?: { mimeTypes: string[]; below: number };
	/** Whether buttons need a rich card or a carousel. */
	buttonsInCards?: boolean;
}

/** Subtypes of MIME types, by the part before the slash. */
const MMS_TYPES: Record<string, string> = {
	audio: 'basic l24 mp4 mpeg ogg vorbis vnd.rn-realaudio vnd.wave 3gpp 3gpp2 ac3 webm amr-nb amr',
	video: 'mpeg mp4 quicktime webm 3gpp 3gpp2 3gpp-tt h261 h263 h263-1998 h263-2000 h264',
	image: 'jpeg gif png bmp',
	text: 'vcard csv rtf richtext calendar directory',
	application: 'pdf',
};
const MMS_FILES = {
	mimeTypes: Object.entries(MMS_TYPES).flatMap(([family, names]) =>
		names.split(' ').map((name) => `${family}/${name}`),
	),
	below: 5_000_000,
};

export const CHANNEL_LIMITS: Record<string, ChannelLimits> = {
	alx: { unsupported: ['media', 'quickReplies'] },
	fb: {
		unsupported: [],
		buttons: { count: 3, title: 20 },
		quickReplies: { count: 11, title: 20 },
	},
	dlc: { unsupported: ['quickReplies'], files: MMS_FILES },
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
	displayName: 'Check Limits for Channel Types',
	name: 'checkForChannels',
	type: 'multiOptions',
	options: CHANNEL_TYPES.filter(({ value }) => String(value) in CHANNEL_LIMITS),
	default: [],
	description:
		'The channel types you send to. The node checks the message against their documented limits before sending.',
};

const checkChosenChannels: INodeProperties = {
	displayName: 'Check Limits of Selected Channels',
	name: 'checkChosenChannels',
	type: 'boolean',
	default: true,
	description:
		'Whether to look up the types of the selected channels once per run, and check their limits. Not available for humans and tags. Off unless you add this option.',
};

/** The options of Send for channel limits. */
export const channelOptions = [checkForChannels, checkChosenChannels];

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

/**
 * Checks the titles of the buttons inside cards and list entries. The contract limits their number for all channels
 * alike.
 */
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

/** `5.2 MB`. */
const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

function fileFindings(
	{ title = '', text = '' }: Partial<Message>,
	{ mimeType, bytes = 0 }: InputFile,
	{ files }: ChannelLimits,
): string[] {
	if (!files) return [];
	const size = bytes + Buffer.byteLength(`${title}${text}`);
	return [
		...(files.mimeTypes.includes(mimeType) ? [] : [`no ${mimeType} files`]),
		...(size < files.below
			? []
			: [`file and text have ${megabytes(size)} (must be below ${files.below / 1_000_000} MB)`]),
	];
}

export function findingsFor(message: Partial<Message>, limits: ChannelLimits, file?: InputFile): string[] {
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
		...(file ? fileFindings(message, file, limits) : []),
		...(looseButtons ? ['buttons only with Rich Card or in a carousel'] : []),
	];
}

/** What exceeds the documented limits of a channel type in a message's content; empty if none are documented. */
export function channelFindings(message: Partial<Message>, type: string): string[] {
	const limits = CHANNEL_LIMITS[type];
	return limits ? findingsFor(message, limits) : [];
}
