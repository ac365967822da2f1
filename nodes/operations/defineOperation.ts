import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Endpoint, RequestOf, ResponseOf } from '../transport/endpoint';
import type { ApiClient } from '../transport/client';
import type { Remedies } from '../transport/remedies';
import type { CombineRule, GatherRule } from './combine';
import type { Form } from './form/form';
import type { Outcome } from './outcome';
import type { Question } from './wait/question';

/** What is at hand before the first item is read. */
export interface LookUpRun {
	client: ApiClient;
	/** As entered; the first item decides. */
	options: Record<string, unknown>;
	/** The value of a field for the first item; undefined when it is hidden. */
	get(name: string): unknown;
}

/** What is at hand once all items were sent. */
export interface SettleRun {
	client: ApiClient;
	results: {
		/** True once the execution is cancelled, or an item failed and the node is to stop. */
		isOver(): boolean;
		/** Replaces what became of an item by what followed from it. */
		update(itemIndex: number, outcome: Outcome): void;
	};
	/** As entered; the first item decides. */
	options: Record<string, unknown>;
	concurrency: number;
	/** The items that were accepted, with what the call for each put out; with its request, if this try made it for it alone. */
	sent: Array<{ itemIndex: number; output: IDataObject; request?: RequestOf<Endpoint> }>;
	/** Tells the user something beside the output. */
	addHint(message: string): void;
	/** Resolves after so many ms, or when the execution is cancelled. */
	wait(ms: number): Promise<void>;
}

/** What a message costs to each recipient, where that is known. */
export interface MessageCost {
	/** How many parts are billed. */
	parts: number;
	/** What the output tells about it. */
	output: IDataObject;
	/** If a few characters make it more expensive: these, in words, and how many parts it takes without them. */
	saving?: { characters: string[]; parts: number };
}

/** What a preview tells about the request of one item. */
export interface Previewed {
	/** What is no reason to refuse it, but speaks against it. */
	problems?: string[];
	/** What comes first in the output. */
	first?: IDataObject;
	/** What comes behind the counts. */
	details?: IDataObject;
}

/** One operation of a node: its entry in the dropdown, its form, its call, and what comes out. */
export interface Operation<E extends Endpoint = Endpoint> {
	/** The entry in the operation dropdown. `value` is stored in workflows and equals the file's name: never change it. */
	option: INodePropertyOptions & { action: string; description: string };
	endpoint: E;
	/**
	 * The form, as literal n8n properties without `displayOptions` for resource and operation, which are derived. A field
	 * is sent as the API property of the same name (`channel_id` = `channelId`), also from inside collections.
	 */
	fields: INodeProperties[];
	/** Form field names of API properties where they differ. */
	fieldNames?: Record<string, string>;
	/** What the docs say of a choice that decides about the form: lists of fields, of which one at least is required. */
	needs?: Record<string, string[][]>;
	/** Builds the parts of the request that do not follow from the field names. */
	request?(form: Form<E>): Partial<RequestOf<E>>;
	/** Fetches, once for a run, what reading its items needs: `lookedUp` of their forms. */
	lookUp?(run: LookUpRun): Promise<unknown>;
	/** What speaks against sending a request that can be read; a sentence part for each finding. */
	problems?(request: RequestOf<NoInfer<E>>, form: Form<E>): string[];
	/** What sending a request costs, as far as it is known. */
	cost?(request: RequestOf<NoInfer<E>>, form: Form<E>): MessageCost | undefined;
	/** Sends nothing, but puts out what would be sent, with what this tells about it. */
	preview?(request: RequestOf<NoInfer<E>>, form: Form<E>): Previewed;
	/** What a preview tells about a whole request, which several items may share. */
	describe?(request: RequestOf<NoInfer<E>>): IDataObject;
	/** What may surprise the user about a whole request, for the output panel; told with what `lookUp` found. */
	hints?(request: RequestOf<NoInfer<E>>, lookedUp: unknown): string[];
	/** Makes one request of those of all items. */
	gather?: GatherRule<NoInfer<E>>;
	/** Lets items that differ only in recipients share one call. */
	combine?: CombineRule<NoInfer<E>>;
	/** What a call is about: calls that share a subject run in the order of their items. Default: the values in the path. */
	subjects?(request: RequestOf<NoInfer<E>>): string[];
	/**
	 * Marks an operation that messages people, so each of them can get a message once for each broadcast name. Names the
	 * recipient of a subject in a sentence.
	 */
	addressee?(subject: string): string;
	/** Asks somebody, and lets the execution wait for the reply; such an operation takes one item. */
	ask?(form: Form<E>): Question;
	/** Waits for what follows from the calls, if the user asked for that, and updates the results. */
	settle?(run: SettleRun): Promise<void>;
	/** What the user can do about an HTTP status, where this operation can say it better than in general. */
	remedies?: Remedies;
	/** Turns the answer into output: one item, or one for each entry of a list. Default: the answer as it is. */
	output?(answer: ResponseOf<E>, request: RequestOf<E>): IDataObject | IDataObject[];
	/** What most people need of an output item, as one item or several, for a form with the field "Simplify". */
	simplify?(record: IDataObject): IDataObject | IDataObject[];
}

/** Lets the compiler check an operation against the contract of its endpoint. */
export function defineOperation<E extends Endpoint>(operation: Operation<E>): Operation<E> {
	return operation;
}

/** An operation of any endpoint; what a catalogue holds. */
export type AnyOperation = Operation<Endpoint>;

/** All operations of a node by resource and operation key, in the order of their names. */
export type Catalogue = Record<string, Record<string, AnyOperation>>;
