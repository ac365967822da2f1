import type { IDataObject } from 'n8n-workflow';
import { NotSentError } from '../../transport/errors';
import { readValue } from '../form/readValue';
import type { FormReader } from '../form/formReader';
import { isZone } from '../hours/localTime';
import { nextCommonOpening } from '../hours/nextOpening';
import { timeZoneOf } from '../hours/timeZones';
import type { Outcome } from '../outcome';
import { PARTLY, PartlyServedError } from '../outcome';
import type { QuietHours } from '../hours/quietHours';
import { recipientsOf } from './addressees';
import type { PreparedItem } from './plan';
import { countsOf, hasCounts } from './plan';
import { unsentOutput } from './skipped';

/** Output fields of an item that must not be sent now. */
export type Held = { held: true; sendAt: string; heldReason: string };

/** Applies the quiet hours to the items of a run. */
export interface Quiet {
	/**
	 * The time zones of an item's recipients.
	 *
	 * @throws NotSentError if one can't be determined
	 */
	zonesOf(item: Pick<PreparedItem, 'itemIndex' | 'operation' | 'request'>): string[];
	/**
	 * Why an item must not be sent now; undefined if it may be.
	 *
	 * @throws NotSentError if no time suits all its recipients
	 */
	check(item: Pick<PreparedItem, 'zones'>): Held | undefined;
	/** The outcome of a held item. It contains the input data, so that it can be sent as it is later. */
	outcomeOf(item: Pick<PreparedItem, 'itemIndex' | 'operation' | 'earlier'>, held: Held): Outcome;
}

const MINUTE_MS = 60_000;

const isPhone = (name: string) => name.startsWith('+');

/** Names a local time: `08:00 (Europe/Berlin)`. */
function clockTime(time: number, timeZone: string): string {
	const clock = new Intl.DateTimeFormat('en-GB', {
		timeZone,
		hour: '2-digit',
		minute: '2-digit',
		weekday: 'short',
	});
	return `${clock.format(time)} (${timeZone})`;
}

/**
 * Starts a run with quiet hours.
 *
 * @param row the input data of an item, so that it can be sent later as it is
 * @param now ms since 1970
 */
export function startQuiet(
	hours: QuietHours,
	reader: Pick<FormReader, 'get' | 'timezone'>,
	row: (itemIndex: number) => IDataObject,
	now = () => Date.now(),
): Quiet {
	/** Whether each group of zones is quiet in the current minute. Quiet hours start and end on full minutes. */
	const states = new Map<string, Held | undefined>();
	let asOf = 0;

	function stateOf(zones: string[]): Held | undefined {
		const at = now();
		const minute = Math.floor(at / MINUTE_MS);
		if (minute !== asOf) states.clear();
		asOf = minute;
		const key = zones.join();
		if (!states.has(key)) states.set(key, heldAt(at, zones));
		return states.get(key);
	}

	function heldAt(at: number, zones: string[]): Held | undefined {
		const opens = nextCommonOpening(hours, at, zones);
		if (opens === undefined) {
			throw new NotSentError(
				'There is no time at which all recipients of this item are outside their quiet hours',
				'Nothing was sent for this item. Put recipients in distant time zones into separate items.',
			);
		}
		if (opens === at) return undefined;
		const heldReason = `Quiet hours until ${clockTime(opens, zones[0])}`;
		return { held: true, sendAt: new Date(opens).toISOString(), heldReason };
	}

	/** The zone read from each entered value. */
	const zones = new Map<unknown, string | undefined>();

	/** The zone named by an item; undefined if it names none. */
	function named(itemIndex: number): string | undefined {
		const broadcast = reader.get('broadcast', itemIndex) as { quietHours: { hours: IDataObject } };
		const value = broadcast.quietHours.hours.zoneName;
		if (!zones.has(value)) zones.set(value, readZone(value));
		return zones.get(value);
	}

	function readZone(value: unknown): string | undefined {
		const label = 'Quiet Hours, Zone Name';
		const zone = (readValue({ type: 'string' }, value, { label }) as string | undefined)?.trim();
		if (zone === undefined || isZone(zone)) return zone;
		throw new NotSentError(`${label} must be a time zone such as Europe/Berlin, but "${zone}" was given`);
	}

	function zoneOf(name: string, itemIndex: number): string {
		const own = isPhone(name) ? timeZoneOf(name, now()) : undefined;
		const zone = own ?? named(itemIndex);
		if (zone !== undefined) return zone;
		throw new NotSentError(
			isPhone(name)
				? `The time zone of ${name} is not known: its country has several, or none that is known`
				: `The time zone of ${name} is not known: it is no phone number`,
			'Nothing was sent for this item. Enter Broadcast > Quiet Hours > Zone Name, for example from a field of the item.',
		);
	}

	return {
		zonesOf(item) {
			const { itemIndex, operation } = item;
			if (hours.timeZone === 'workflow') return [reader.timezone];
			if (hours.timeZone === 'phoneNumber') {
				const names = recipientsOf(item).map(({ subject }) => operation.addressee!(subject));
				return [...new Set(names.map((name) => zoneOf(name, itemIndex)))];
			}
			const zone = named(itemIndex);
			if (zone !== undefined) return [zone];
			throw new NotSentError('Quiet Hours, Zone Name is required, but nothing was given');
		},
		check: ({ zones }) => stateOf(zones!),
		outcomeOf(item, held) {
			const { itemIndex, operation, earlier } = item;
			const counts = hasCounts(operation) && { requestItemCount: 0, ...countsOf(item, 0, 0) };
			const unsent = { ...unsentOutput(operation), status: 'held', ...held, ...counts };
			if (!earlier) return { output: [{ ...row(itemIndex), ...unsent }] };
			return { error: new PartlyServedError(`${PARTLY}: ${held.heldReason}`) };
		},
	};
}
