import type { IDataObject } from 'n8n-workflow';
import type { Endpoint, RequestOf } from '../transport/endpoint';
import type { Form } from './form/form';

/** Somebody whom a call is about. */
export interface Recipient {
	/** Calls about the same subject run in the order of their items. */
	subject: string;
	/** Equal ones within one broadcast are the same recipient. */
	identity: string;
	/** As the request names it. */
	value: unknown;
}

/** How requests of one operation that differ only in recipients become one. */
export interface CombineRule<E extends Endpoint = Endpoint> {
	/** Whether items are combined when the user says nothing. */
	byDefault: boolean;
	/** Whether the options chosen need a call for each item. */
	isImpossible?(options: Record<string, unknown>): boolean;
	recipients(request: RequestOf<E>): Recipient[];
	/** The same request for these recipients. */
	withRecipients(request: RequestOf<E>, recipients: Recipient[]): RequestOf<E>;
	/** What the output of a shared request tells about an item that brought these recipients. */
	share(output: IDataObject, recipients: Recipient[]): IDataObject;
}

/** How the requests of several items become one that is made as a whole, or not at all. */
export interface GatherRule<E extends Endpoint = Endpoint> {
	/** Whether the user wants that. */
	isWanted(form: Form<E>): boolean;
	/** What the request is for: those for the same become one. */
	target(request: RequestOf<E>): unknown;
	/** The one request. */
	join(parts: Array<RequestOf<E>>): RequestOf<E>;
	/** What speaks against making one of the parts, by the position of the part at fault. @param itemIndexes of the parts */
	problems(parts: Array<RequestOf<E>>, itemIndexes: number[]): Map<number, string[]>;
	/** The output of one item. */
	share(output: IDataObject, part: RequestOf<E>, requestItemCount: number): IDataObject;
}

/** The rule for a request whose body has its recipients in one list. */
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
