import { Store } from '../store';
import type { NativeMsgWebhook } from './botRequest';

export interface Channel {
	id: number;
	channelType: string;
	botId: number;
	name: string;
	description: string | null;
	user?: string;
	phoneType: number;
	countryCode: string | null;
	fallbackId?: number;
	dateCreated: string;
}

export interface BotRevision {
	id: number;
	botId: number;
	revision: number;
	name: string;
	interactions: unknown[];
}

/** Name and interactions are those of the current revision. */
export interface Bot {
	id: number;
	name: string;
	interactions: unknown[];
	currentRevision: number;
	dateCreated: string;
}

export interface Tag {
	id: number;
	name: string;
	description: string;
	dateCreated: string;
	dateUpdated: string;
}

/** A human's membership in a channel. The first one is the human's main channel. */
export interface Membership {
	channelId: number;
	subscribed: boolean;
	lastCommunication: string | null;
	lastSubscription: string | null;
}

export interface Human {
	id: number;
	/** Digits only. */
	phone: string | null;
	firstName: string | null;
	lastName: string | null;
	userName: string | null;
	company: string | null;
	botEnabled: boolean;
	/** The API calls them custom fields when reading and attributes when writing. */
	customFields: Record<string, unknown>;
	tagIds: Set<number>;
	memberships: Membership[];
	dateCreated: string;
}

/** A message to one human. Its status follows from the time passed since `acceptedAt`. */
export interface Message {
	id: number;
	requestId: string;
	humanId: number;
	/** As `recipientKeyOf` names the human. */
	recipientKey: string;
	channelId: number;
	botId: number;
	content: Record<string, unknown>;
	/** Milliseconds since 1970. */
	acceptedAt: number;
	stepMs: number;
	fails: boolean;
	/** Whether the human reads it, once it's delivered. */
	isRead: boolean;
}

/** A store whose IDs count up. @param noun the name of a row in the service's errors */
function numbered<Row extends { id: number }>(noun: string, firstId: number): Store<Row> {
	return new Store<Row>({
		newId: (taken) => firstId + taken,
		filledIn: () => ({}),
		missing: (id) => `${noun} #${id} does not exist.`,
	});
}

/** Everything the simulated account holds. IDs count up from fixed starts, so runs can be compared. */
export class Account {
	readonly channels = numbered<Channel>('Channel', 701);
	readonly bots = numbered<Bot>('Bot', 501);
	readonly revisions = numbered<BotRevision>('Bot revision', 301);
	readonly tags = numbered<Tag>('Tag', 51);
	readonly humans = numbered<Human>('Human', 1001);
	readonly messages = numbered<Message>('Message', 100_001);
	readonly messagesByRequest = new Map<string, Message[]>();
	/** How often accepted requests named each recipient: twice in one request counts as two. */
	readonly named = new Map<string, number>();
	/** Entered by hand in the dashboard or in a bot. */
	readonly webhooks: NativeMsgWebhook[] = [];
	private readonly humansByPhone = new Map<string, Human>();

	/**
	 * @param seed fills an empty account
	 * @param now milliseconds since 1970
	 */
	constructor(
		private readonly seed: (account: Account) => void,
		readonly now: () => number,
	) {
		this.reset();
	}

	reset(): void {
		for (const store of [this.channels, this.bots, this.revisions, this.tags, this.humans, this.messages]) {
			store.clear();
		}
		this.messagesByRequest.clear();
		this.named.clear();
		this.webhooks.length = 0;
		this.humansByPhone.clear();
		this.seed(this);
	}

	/** @param phone with or without `+` */
	humanByPhone(phone: string): Human | undefined {
		return this.humansByPhone.get(digitsOf(phone));
	}

	/** The human's membership in a channel, created if they didn't belong to it. */
	join(human: Human, channelId: number): Membership {
		const joined = human.memberships.find((membership) => membership.channelId === channelId);
		if (joined) return joined;
		const membership = { channelId, subscribed: false, lastCommunication: null, lastSubscription: null };
		human.memberships.push(membership);
		return membership;
	}

	/** Now, in the API's format. */
	timestamp(): string {
		return timestamp(this.now());
	}

	addHuman(known: Partial<Human>): Human {
		const human = this.humans.add({
			phone: null,
			firstName: null,
			lastName: null,
			userName: null,
			company: null,
			botEnabled: true,
			customFields: {},
			tagIds: new Set(),
			memberships: [],
			dateCreated: this.timestamp(),
			...known,
		});
		if (human.phone !== null) this.humansByPhone.set(human.phone, human);
		return human;
	}

	/** The tag with this name, created if there is none. */
	tagNamed(name: string): Tag {
		const now = this.timestamp();
		return (
			this.tags.list().find((tag) => tag.name === name) ??
			this.tags.add({ name, description: name, dateCreated: now, dateUpdated: now })
		);
	}
}

/** The name of a human in the reports: phone digits, or `human:<id>` without a phone. */
export function recipientKeyOf({ id, phone }: Human): string {
	return phone ?? `human:${id}`;
}

/** Digits of a phone number, without the `+`. */
export function digitsOf(phone: string): string {
	return phone.replace('+', '');
}

/** The API's format: yyyy-mm-ddThh:mm:ss, GMT 0, no zone. @param ms milliseconds since 1970 */
export function timestamp(ms: number): string {
	return new Date(ms).toISOString().slice(0, 19);
}
