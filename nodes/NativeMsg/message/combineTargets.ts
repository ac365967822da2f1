import type { CombineRule, Recipient } from '../../operations/combine';
import type { RequestOf } from '../../transport/endpoint';
import { isWaiting } from './deliveryFields';

type Send = 'POST /messages';
type Target = RequestOf<Send>['body']['targets'][number];
/** A phone or an ID, with the target that it stands in. */
type TargetEntry = { target: Omit<Target, 'phones' | 'ids'> } & ({ phone: string } | { id: number });

function entriesOf({ phones, ids, ...target }: Target): TargetEntry[] {
	return [
		...(phones ?? []).map((phone) => ({ target, phone })),
		...(ids ?? []).map((id) => ({ target, id })),
	];
}

/** A phone is the same with and without its +. */
function recipientOf(entry: TargetEntry): Recipient {
	const name = 'phone' in entry ? entry.phone.replace(/\D/g, '') : entry.id;
	const subject = `${entry.target.targetType} ${name}`;
	return {
		subject,
		identity: `${entry.target.channelId} ${entry.target.subscription} ${subject}`,
		value: entry,
	};
}

/** What a recipient is called in a sentence, by its subject: a phone in E.164, or such as `human 540`. */
export const targetName = (subject: string) => subject.replace(/^phones /, '+').replace(/^(\w+)s /, '$1 ');

/** Targets that differ only in their phones or IDs are put together; the first entry of each decides their order. */
function targetsOf(recipients: Recipient[]): Target[] {
	const targets = new Map<string, Target>();
	for (const { value } of recipients) {
		const { target, ...entry } = value as TargetEntry;
		const key = JSON.stringify(target);
		const merged = targets.get(key) ?? { ...target };
		targets.set(key, merged);
		if ('phone' in entry) (merged.phones ??= []).push(entry.phone);
		else (merged.ids ??= []).push(entry.id);
	}
	return [...targets.values()];
}

/** Messages with the same content become one, to the recipients of all of them. */
export const combineTargets: CombineRule<Send> = {
	byDefault: true,
	// The service's records of a request name no phones, so they could not be told apart.
	isImpossible: isWaiting,
	recipients: ({ body }) => body.targets.flatMap(entriesOf).map(recipientOf),
	withRecipients: ({ body }, recipients) => ({ body: { ...body, targets: targetsOf(recipients) } }),
	share: (output) => output,
};
