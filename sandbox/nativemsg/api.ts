import { STATUS_CODES } from 'node:http';
import { join } from 'node:path';
import { ApiError, type ApiRequest, type SandboxApi } from '../api';
import { serveContract } from '../contract';
import type { SandboxSettings } from '../settings';
import type { Deliveries } from '../webhooks';
import type { WebhookEndpoint } from '../webhookRequest';
import { botOperations } from './bots';
import { channelOperations } from './channels';
import { humanOperations } from './humans';
import { lookupOperations } from './lookups';
import { MediaFetches, type FetchedMedia } from './media';
import { messageOperations } from './messages';
import { deliveryReport, type DeliveryReport } from './report';
import { seed, seedHumans } from './seed';
import { Account } from './state';
import { subscriptionOperations } from './subscriptions';
import { tagOperations } from './tags';
import { addWebhook, receive, type HandEnteredWebhook } from './webhooks';

const PREFIX = '/v1';
const SPEC_FILE = join(__dirname, '../../spec/nativemsg.openapi.yaml');

export interface NativeMsgApiOptions {
	token: string;
	/** Read at each use, so that changes take effect immediately. */
	settings: SandboxSettings;
	deliveries: Deliveries;
	log(line: string): void;
	/** Milliseconds since 1970. */
	now(): number;
}

export interface NativeMsgApi extends SandboxApi {
	report(): DeliveryReport;
	addWebhook(entered: HandEnteredWebhook): WebhookEndpoint;
	/** The media fetched for accepted messages, if the settings say so. */
	fetchedMedia(): Promise<FetchedMedia[]>;
	seedHumans(count: number): void;
}

/** The simulated nativeMsg API: one account, kept in memory. */
export async function createNativeMsgApi(options: NativeMsgApiOptions): Promise<NativeMsgApi> {
	const { token, settings, deliveries, log, now } = options;
	const account = new Account(seed, now);
	const media = new MediaFetches();
	const handle = await serveContract({
		specFile: SPEC_FILE,
		prefix: PREFIX,
		operations: {
			...channelOperations(account),
			...subscriptionOperations(account),
			...lookupOperations(account),
			...botOperations(account),
			...humanOperations(account),
			...tagOperations(account),
			...messageOperations(account, settings, deliveries, media),
		},
		authorize: ({ headers }: ApiRequest) => {
			if (headers.authorization === `Bearer ${token}`) return;
			throw new ApiError(401, 'The API token is missing or not valid.');
		},
		errorBody,
		log,
	});
	return {
		prefix: PREFIX,
		handle,
		errorBody,
		reset: () => {
			account.reset();
			media.clear();
		},
		webhooks: () => account.webhooks,
		receive: (message) => receive(account, deliveries, message),
		report: () => deliveryReport(account),
		addWebhook: (entered) => addWebhook(account, entered),
		fetchedMedia: () => media.list(),
		seedHumans: (count) => seedHumans(account, count),
	};
}

/** The error body as nativeMsg documents it; `code` is the status as text. */
function errorBody(status: number, description?: string): Record<string, string> {
	const reasonPhrase = STATUS_CODES[status] ?? 'Unknown';
	return {
		code: String(status),
		reasonPhrase,
		description: description ?? `The server answered with ${status} ${reasonPhrase}.`,
		homeRef: 'https://api.nativemsg.com',
		contactEmail: 'support@nativemsg.com',
		uri: `http://www.webdav.org/specs/rfc2518.html#STATUS_${status}`,
	};
}
