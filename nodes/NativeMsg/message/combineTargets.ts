import type { CombineRule, Recipient } from '../../operations/combine';
import type { RequestOf } from '../../transport/endpoint';
import { isWaiting } from './deliveryFields';

type Send = 'POST /messages';
type Target = RequestOf<Send>['body']['targets'][number];
/** A phone or an ID, with the target that contains it. */
type TargetEntry = { target: Omit<Target, 'phones' | 'ids'> } & ({ phone: string } | { id: number });

function entriesOf({ phones, ids, ...target }: Target): TargetEntry[] {
	return [
		...(phones ?? []).map((phone) => ({ target, phone })),
		...(ids ?? []).map((id) => ({ target, id })),
	];
}

/** A phone number is the same with and without its +. */
function recipientOf(entry: TargetEntry): Recipient {
	const name = 'phone' in entry ? entry.phone.replace(/\D/g, '') : entry.id;
	const subject = `${entry.target.targetType} ${name}`;
	return {
		subject,
		identity: `${entry.target.channelId} ${entry.target.subscription} ${subject}`,
		value: entry,
	};
}

/** Names a recipient in a sentence, by its subject: a phone number in E.164, or for example `human 540`. */
export const targetName = (subject: string) => subject.replace(/^phones /, '+').replace(/^(\w+)s /, '$1 ');

/** Merges targets that differ only in their phones or IDs. They stay in the order of their first entries. */
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

/** Combines messages with the same content into one for all their recipients. */
export const combineTargets: CombineRule<Send> = {
	byDefault: true,
	// The service's records of a request have no phone numbers, so the recipients couldn't be told apart.
	isImpossible: isWaiting,
	recipients: ({ body }) => body.targets.flatMap(entriesOf).map(recipientOf),
	withRecipients: ({ body }, recipients) => ({ body: { ...body, targets: targetsOf(recipients) } }),
	share: (output) => output,
};
