import type { IDataObject } from 'n8n-workflow';
import type { Endpoint, RequestOf } from '../transport/endpoint';

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
