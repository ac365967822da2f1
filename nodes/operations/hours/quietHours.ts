import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { NotSentError } from '../../transport/errors';
import { readValue } from '../form/readValue';
import { isBlank } from '../form/values';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const DAY_MINUTES = 24 * 60;

/** In the order that n8n's linter requires. */
const DAY_CHOICES = [...DAYS].sort().map((name) => ({ name, value: name.toLowerCase() }));

/** The setting under Broadcast. The zone name is read for each item. */
export const quietHours: INodeProperties = {
	displayName: 'Quiet Hours',
	name: 'quietHours',
	type: 'fixedCollection',
	default: { hours: {} },
	description:
		'Times without messages. Items at these times are returned with held, and with sendAt, the time from which you can send them.',
	options: [
		{
			displayName: 'Quiet Hours',
			name: 'hours',
			values: [
				{
					displayName: 'Begin',
					name: 'begin',
					type: 'string',
					default: '21:00',
					placeholder: 'e.g. 21:00',
					description: 'Local time at which the quiet hours begin',
				},
				{
					displayName: 'End',
					name: 'end',
					type: 'string',
					default: '08:00',
					placeholder: 'e.g. 08:00',
					description: "Local time at which the quiet hours end, on the next day if it's before Begin",
				},
				{
					displayName: 'Quiet Days',
					name: 'days',
					type: 'multiOptions',
					options: DAY_CHOICES,
					default: [],
					description: 'Days without messages, such as weekends',
				},
				{
					displayName: 'Time Zone',
					name: 'timeZone',
					type: 'options',
					options: [
						{
							name: 'Name',
							value: 'name',
							description: 'One for all items, or one from a field of each item',
						},
						{
							name: 'Phone Number',
							value: 'phoneNumber',
							description: 'By country code. If the country has several time zones, Zone Name counts.',
						},
						{ name: 'Workflow', value: 'workflow', description: 'The time zone in the workflow settings' },
					],
					default: 'workflow',
				},
				{
					displayName: 'Zone Name',
					name: 'zoneName',
					type: 'string',
					displayOptions: { show: { timeZone: ['name', 'phoneNumber'] } },
					default: '',
					placeholder: 'e.g. Europe/Berlin or {{ $json.timezone }}',
				},
			],
		},
	],
};

/** When no one is messaged, in local time. */
export interface QuietHours {
	/** In minutes of the day. If equal to `end`, only days are quiet. */
	begin: number;
	end: number;
	/** Days of the week; 0 is Sunday. */
	days: Set<number>;
	/** How the time zone of an item is determined. */
	timeZone: 'name' | 'phoneNumber' | 'workflow';
}

const TIME = /^([01]?\d|2[0-4]):([0-5]\d)$/;

/** A time of day in minutes. @throws NotSentError if it isn't one */
function minutesOf(value: unknown, label: string): number {
	const text = readValue({ type: 'string' }, value, { label }) as string;
	const [, hours, minutes] = TIME.exec(text.trim()) ?? [];
	const all = Number(hours) * 60 + Number(minutes);
	// Anything but a time is NaN.
	if (all <= DAY_MINUTES) return all % DAY_MINUTES;
	throw new NotSentError(`${label} must be a time such as 21:00, but "${text}" was given`);
}

/**
 * @returns undefined if the setting wasn't added
 * @throws NotSentError if it is empty, invalid, or leaves no time to send
 */
export function readQuietHours(entered: unknown): QuietHours | undefined {
	const hours = (entered as { hours?: IDataObject } | undefined)?.hours;
	if (hours === undefined) return undefined;
	const { begin, end, days, timeZone = 'workflow' } = hours;
	const place = (name: string) => ({ label: `Quiet Hours, ${name}` });
	const choice = { type: 'string', enum: ['name', 'phoneNumber', 'workflow'] };
	const day = { type: 'string', enum: DAY_CHOICES.map(({ value }) => value) };
	const chosen = (readValue({ type: 'array', items: day }, days, place('Quiet Days')) ?? []) as string[];
	const hasHours = !isBlank(begin) || !isBlank(end);
	if (hasHours && (isBlank(begin) || isBlank(end))) {
		throw new NotSentError('Quiet Hours need both Begin and End');
	}
	const quiet: QuietHours = {
		begin: hasHours ? minutesOf(begin, 'Quiet Hours, Begin') : 0,
		end: hasHours ? minutesOf(end, 'Quiet Hours, End') : 0,
		days: new Set(chosen.map((name) => DAYS.findIndex((day) => day.toLowerCase() === name))),
		timeZone: readValue(choice, timeZone, place('Time Zone')) as QuietHours['timeZone'],
	};
	if (hasHours && quiet.begin === quiet.end) throw new NotSentError('Quiet Hours, Begin and End must differ');
	if (!hasHours && chosen.length === 0) {
		throw new NotSentError('Quiet Hours need Begin and End, or Quiet Days');
	}
	if (quiet.days.size === DAYS.length) throw new NotSentError('Quiet Hours leave no day on which to send');
	return quiet;
}

/** Whether a local time is quiet. @param day of the week; 0 is Sunday */
export function isQuiet({ begin, end, days }: QuietHours, day: number, minute: number): boolean {
	if (days.has(day)) return true;
	return begin <= end ? minute >= begin && minute < end : minute >= begin || minute < end;
}
