import type { LookUpRun } from '../../operations/defineOperation';
import type { Form } from '../../operations/form/form';
import { isOn } from '../../operations/form/values';
import type { Schema } from '../../transport/contract';
import type { RequestOf } from '../../transport/endpoint';
import { channelTypeName } from '../channel/fields';
import { CHANNEL_LIMITS, findingsFor } from './channelLimits';
import { mediaFileOf } from './mediaType';

type Message = RequestOf<'POST /messages'>['body'];

/** The types selected, or named by an expression. */
const TICKED: Schema = {
	properties: {
		checkForChannels: { type: 'array', items: { type: 'string', enum: Object.keys(CHANNEL_LIMITS) } },
	},
};

/** The type of each channel of the account, by ID; undefined if nothing needs it. */
type ChannelTypes = Map<number | undefined, string | undefined> | undefined;

/** Fetches the types of the account's channels. */
export async function lookUpTypes({ client }: LookUpRun): Promise<ChannelTypes> {
	const channels = await client.call('GET /channels');
	return new Map(channels.map(({ id, channelType }) => [id, channelType]));
}

/** Whether the first item's message has a file of the input and goes through a selected channel. */
function sendsFile({ get }: LookUpRun): boolean {
	const { mediaFile, targets } = (get('additionalFields') ?? {}) as Record<string, unknown>;
	const isOnChannel = ['phones', 'channels'].includes(String(get('targetType'))) || targets !== undefined;
	return isOnChannel && (get('mediaFrom') === 'binary' || mediaFile !== undefined);
}

/** Fetches the channel types if a setting or a file needs them. */
export async function lookUpChannels(run: LookUpRun): Promise<ChannelTypes> {
	const { checkChosenChannels, maxParts, summary } = run.options;
	const isWanted = isOn(checkChosenChannels) || maxParts !== undefined || isOn(summary);
	return isWanted || sendsFile(run) ? await lookUpTypes(run) : undefined;
}

/** The values under Options. */
const optionsOf = (form: Form) => (form.get('options') ?? {}) as Record<string, unknown>;

/** The types selected for a message. */
function tickedTypes(form: Form): string[] {
	if (!('checkForChannels' in optionsOf(form))) return [];
	return form.readObject<{ checkForChannels?: string[] }>(TICKED).checkForChannels ?? [];
}

/** The types of the channels that a message is sent from or to, if they were looked up. */
export function chosenTypes({ targets }: Message, form: Form): string[] {
	const known = form.lookedUp as ChannelTypes;
	if (!known) return [];
	const chosen = targets.flatMap(({ targetType, channelId, ids }) =>
		targetType === 'channels' ? (ids ?? []) : (channelId ?? []),
	);
	return [...new Set(chosen.flatMap((id) => known.get(id) ?? []))];
}

/** All known types of a message. */
export function knownTypes(message: Message, form: Form): string[] {
	return [...new Set([...tickedTypes(form), ...chosenTypes(message, form)])];
}

/** The types that a message must fit: the selected ones, and those of its channels if the user wants that. */
function typesToCheck(message: Message, form: Form): string[] {
	return isOn(optionsOf(form).checkChosenChannels) ? knownTypes(message, form) : tickedTypes(form);
}

/**
 * The documented channel limits that a message exceeds, in one sentence. A file must always fit the chosen channels.
 *
 * @param wanted the types that the whole message must fit
 */
export function channelProblems(
	message: Message,
	form: Form,
	wanted = typesToCheck(message, form),
): string[] {
	const file = mediaFileOf(form);
	const types = file ? new Set([...wanted, ...chosenTypes(message, form)]) : wanted;
	const { title, text, media, mediaType } = message;
	const problems = [...types].flatMap((type) => {
		const limits = CHANNEL_LIMITS[type];
		if (!limits) return [];
		const checked = wanted.includes(type) ? message : { title, text, media, mediaType };
		const findings = findingsFor(checked, limits, file);
		return findings.length > 0 ? [`${channelTypeName(type)}: ${findings.join(', ')}`] : [];
	});
	return problems.length > 0 ? [`The message exceeds channel limits. ${problems.join('; ')}`] : [];
}

/** What doesn't fit each selected type; undefined if none is selected. */
export function channelReport(message: Message, form: Form) {
	const types = tickedTypes(form);
	if (types.length === 0) return undefined;
	const file = mediaFileOf(form);
	return types.map((type) => {
		const problems = findingsFor(message, CHANNEL_LIMITS[type], file);
		return { channelType: type, name: channelTypeName(type), problems };
	});
}
