import type { IDataObject } from 'n8n-workflow';
import type { Endpoint, RequestOf } from '../transport/endpoint';
import type { Form } from './form/form';

/** Someone a request is about. */
export interface Recipient {
	/** Requests about the same subject run in the order of their items. */
	subject: string;
	/** Within one broadcast, the same identity means the same recipient. */
	identity: string;
	/** As it appears in the request. */
	value: unknown;
}

/** How to combine requests of one operation that differ only in recipients. */
export interface CombineRule<E extends Endpoint = Endpoint> {
	/** Whether items are combined by default. */
	byDefault: boolean;
	/** Whether the chosen options need a separate request for each item. */
	isImpossible?(options: Record<string, unknown>): boolean;
	recipients(request: RequestOf<E>): Recipient[];
	/** The same request for these recipients. */
	withRecipients(request: RequestOf<E>, recipients: Recipient[]): RequestOf<E>;
	/** The output for one item of a shared request. @param recipients the ones this item contributed */
	share(output: IDataObject, recipients: Recipient[]): IDataObject;
}

/** How to join the requests of several items into one that is sent as a whole, or not at all. */
export interface GatherRule<E extends Endpoint = Endpoint> {
	/** Whether the user chose this. */
	isWanted(form: Form<E>): boolean;
	/** What the request is for. Requests with the same target become one. */
	target(request: RequestOf<E>): unknown;
	/** Builds the joined request. */
	join(parts: Array<RequestOf<E>>): RequestOf<E>;
	/** Reasons not to send the request, by the position of the part at fault. @param itemIndexes of the parts */
	problems(parts: Array<RequestOf<E>>, itemIndexes: number[]): Map<number, string[]>;
	/** The output of one item. */
	share(output: IDataObject, part: RequestOf<E>, requestItemCount: number): IDataObject;
}

/** The combine rule for a request whose body holds its recipients in one list. */
export function combineList<E extends Endpoint>(
	list: string,
	options: { byDefault: boolean; subject?(entry: unknown): string; share: CombineRule['share'] },
): CombineRule<E> {
	const { byDefault, share, subject = String } = options;
	return {
		byDefault,
		share,
		recipients: ({ body }) =>
			((body as Record<string, unknown>)[list] as unknown[]).map((value) => ({
				subject: subject(value),
				identity: JSON.stringify(value),
				value,
			})),
		withRecipients: (request, recipients) =>
			({
				...request,
				body: { ...(request.body as object), [list]: recipients.map(({ value }) => value) },
			}) as RequestOf<E>,
	};
}
