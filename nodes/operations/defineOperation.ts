import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Endpoint, RequestOf, ResponseOf } from '../transport/endpoint';
import type { ApiClient } from '../transport/client';
import type { Remedies } from '../transport/remedies';
import type { CombineRule, GatherRule } from './combine';
import type { Form } from './form/form';
import type { Outcome } from './outcome';
import type { Question } from './wait/question';

/** What `lookUp` gets before the first item is read. */
export interface LookUpRun {
	client: ApiClient;
	/** As entered; the first item decides. */
	options: Record<string, unknown>;
	/** The value of a field for the first item; undefined if the field is hidden. */
	get(name: string): unknown;
}

/** What `settle` gets once all items were sent. */
export interface SettleRun {
	client: ApiClient;
	results: {
		/** True once the execution is canceled, or an item failed and the node stops on errors. */
		isOver(): boolean;
		/** Replaces the outcome of an item with a later one. */
		update(itemIndex: number, outcome: Outcome): void;
	};
	/** As entered; the first item decides. */
	options: Record<string, unknown>;
	concurrency: number;
	/** The accepted items with their output, and with their request if this try sent it for that item alone. */
	sent: Array<{ itemIndex: number; output: IDataObject; request?: RequestOf<Endpoint> }>;
	/** Shows the user a hint next to the output. */
	addHint(message: string): void;
	/** Resolves after this many ms, or when the execution is canceled. */
	wait(ms: number): Promise<void>;
}

/** What a message costs per recipient, if that is known. */
export interface MessageCost {
	/** Number of billed parts. */
	parts: number;
	/** The fields that go into the output. */
	output: IDataObject;
	/** The characters that make it more expensive, if there are only a few, and the number of parts without them. */
	saving?: { characters: string[]; parts: number };
}

/** What a preview shows about the request of one item. */
export interface Previewed {
	/** Problems that don't stop the request from being sent. */
	problems?: string[];
	/** Fields at the beginning of the output. */
	first?: IDataObject;
	/** Fields after the counts. */
	details?: IDataObject;
}

/** One operation of a node: its entry in the dropdown, its form, its request, and its output. */
export interface Operation<E extends Endpoint = Endpoint> {
	/** The entry in the operation dropdown. `value` is stored in workflows and equals the file's name: never change it. */
	option: INodePropertyOptions & { action: string; description: string };
	endpoint: E;
	/**
	 * The form, as plain n8n properties. `displayOptions` for resource and operation are added automatically. A field is
	 * sent as the API property of the same name (`channel_id` = `channelId`), even from inside a collection.
	 */
	fields: INodeProperties[];
	/** Form field names of the API properties that are named differently. */
	fieldNames?: Record<string, string>;
	/** What a choice that decides about the form requires, for the docs: lists of fields, at least one of each. */
	needs?: Record<string, string[][]>;
	/** Builds the parts of the request that don't follow from the field names. */
	request?(form: Form<E>): Partial<RequestOf<E>>;
	/** Fetches, once per run, what reading the items needs. Their forms get it as `lookedUp`. */
	lookUp?(run: LookUpRun): Promise<unknown>;
	/** Reasons not to send a valid request; one clause per finding. */
	problems?(request: RequestOf<NoInfer<E>>, form: Form<E>): string[];
	/** What sending a request costs; undefined if that isn't known. */
	cost?(request: RequestOf<NoInfer<E>>, form: Form<E>): MessageCost | undefined;
	/** Returns the request with these details instead of sending it. */
	preview?(request: RequestOf<NoInfer<E>>, form: Form<E>): Previewed;
	/** What a preview shows about a whole request, which several items may share. */
	describe?(request: RequestOf<NoInfer<E>>): IDataObject;
	/** What may surprise the user about a whole request, for the output panel. @param lookedUp the result of `lookUp` */
	hints?(request: RequestOf<NoInfer<E>>, lookedUp: unknown): string[];
	/** Joins the requests of all items into one. */
	gather?: GatherRule<NoInfer<E>>;
	/** Lets items that differ only in recipients share one request. */
	combine?: CombineRule<NoInfer<E>>;
	/**
	 * What a request is about. Requests that share a subject run in the order of their items. Default: the values in the
	 * path.
	 */
	subjects?(request: RequestOf<NoInfer<E>>): string[];
	/**
	 * Marks an operation that messages people, so it gets the Broadcast settings. Returns the recipient of a subject as it
	 * is named in a sentence.
	 */
	addressee?(subject: string): string;
	/** Asks a person and puts the execution to wait for the reply. Such an operation takes one item. */
	ask?(form: Form<E>): Question;
	/** Waits for later results of the requests, such as deliveries, if the user asked for that, and updates the outcomes. */
	settle?(run: SettleRun): Promise<void>;
	/** What the user can do about an HTTP status, if this operation has better advice than the general one. */
	remedies?: Remedies;
	/** Turns the response into output: one item, or one for each entry of a list. Default: the response as it is. */
	output?(answer: ResponseOf<E>, request: RequestOf<E>): IDataObject | IDataObject[];
	/** The fields of an output item that most people need, as one item or several, for a form with the field "Simplify". */
	simplify?(record: IDataObject): IDataObject | IDataObject[];
}

/** Makes the compiler check an operation against the contract of its endpoint. */
export function defineOperation<E extends Endpoint>(operation: Operation<E>): Operation<E> {
	return operation;
}

/** An operation of any endpoint, as a catalogue holds it. */
export type AnyOperation = Operation<Endpoint>;

/** All operations of a node by resource and operation key, in the order of their names. */
export type Catalogue = Record<string, Record<string, AnyOperation>>;
