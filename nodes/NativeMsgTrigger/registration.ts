import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { nodeErrorOf } from '../operations/outcome';
import type { ApiClient } from '../transport/client';
import { createClient } from '../transport/client';
import { credentialSettings } from '../transport/credential';
import { hasStatus } from '../transport/errors';
import type { EventKind } from './events';
import { readFilters } from './filters';
import type { SecretSeed } from './webhookSecret';
import { findSecret, makeSecret } from './webhookSecret';

/** Who made a subscription. */
interface Maker {
	/** ID of the n8n instance. */
	instance: string;
	/** ID of the workflow. */
	workflow: string;
	/** URL of the webhook: the base URL of the instance and the node's path. */
	url: string;
}

/** A subscription as kept in the node's static data, which is separate for test runs and included in exports. */
export interface Registration extends SecretSeed, Maker {
	id: string;
	events: string[];
}

/** NativeMessage documents no event for button taps, and no payload for the message.* events. */
const SERVICE_EVENTS: Record<EventKind, string[]> = {
	inboundMessage: ['mo'],
	postback: [],
	deliveryReport: ['dlr'],
	read: ['dlr'],
	other: ['message.delivered', 'message.failed'],
};

/** ID of the last registration that this process made for a webhook, by URL; undefined once it is removed. */
const latest = new Map<string, string | undefined>();

/** The registration that n8n keeps with the workflow. */
export function storedRegistration(context: IHookFunctions | IWebhookFunctions): Registration | undefined {
	return context.getWorkflowStaticData('node').registration as Registration | undefined;
}

/**
 * Whether the registration changed since n8n loaded the static data for this request. n8n saves static data as a whole,
 * so a change by this request would restore the old registration with its old secret.
 */
export function isOutdated(context: IWebhookFunctions): boolean {
	const url = context.getNodeWebhookUrl('default')!;
	return latest.has(url) && latest.get(url) !== storedRegistration(context)?.id;
}

function makerIn(context: IHookFunctions): Maker {
	return {
		instance: context.getInstanceId(),
		workflow: String(context.getWorkflow().id),
		url: context.getNodeWebhookUrl('default')!,
	};
}

/** The stored registration, if this webhook made it. It may also come from an export or a copy of the workflow. */
function ownRegistration(context: IHookFunctions): Registration | undefined {
	const stored = storedRegistration(context);
	const { instance, workflow, url } = makerIn(context);
	const isOwn = stored?.instance === instance && stored.workflow === workflow && stored.url === url;
	return isOwn ? stored : undefined;
}

function wanted(context: IHookFunctions): string[] {
	const kinds = context.getNodeParameter('events', []) as EventKind[];
	const events = [...new Set(kinds.flatMap((kind) => SERVICE_EVENTS[kind]))].sort();
	if (events.length > 0) return events;
	// If publishing fails, n8n shows only the message, not the description.
	throw new NodeOperationError(
		context.getNode(),
		'The credential is for NativeMessage, which reports no button taps. Add "Message Received" under Events, because replies arrive as that, or choose a credential whose Service is nativeMsg.',
	);
}

/** @throws NodeOperationError if every request would be refused because there is no secret */
function checkSecret(context: IHookFunctions, webhookSecrets: string[]): void {
	if (webhookSecrets.length > 0 || context.getNodeParameter('check', 'signature') === 'none') return;
	throw new NodeOperationError(
		context.getNode(),
		'The credential is for nativeMsg and has no Webhook Secret, so every webhook request would be refused. Enter the secret key from the nativeMsg dashboard under Settings > Webhooks. For WhatsApp, Viber, or Telegram, choose a credential whose Service is NativeMessage.',
	);
}

/**
 * Whether this webhook is registered for its events, with a secret that can still be derived from the credential. With
 * nativeMsg, there is nothing to register.
 *
 * @throws NodeOperationError if the node can't work as configured; the user sees it when publishing
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	readFilters(context);
	const { service, webhookSecrets, key } = credentialSettings(await context.getCredentials('nativeMsgApi'));
	if (service === 'nativeMsg') {
		checkSecret(context, webhookSecrets);
		return true;
	}
	const events = wanted(context);
	const own = ownRegistration(context);
	if (own?.events.join() !== events.join()) return false;
	return (await findSecret(own, key)) !== undefined;
}

/**
 * The reference and the quick start document one path, the guide another. The second is tried only if the first doesn't
 * exist.
 */
async function subscribe(client: ApiClient, body: { url: string; events: string[]; secret: string }) {
	return await client.call('POST /webhooks/subscriptions', { body }).catch(async (error: Error) => {
		if (!hasStatus(error, 404, 405)) throw error;
		return await client.call('POST /webhooks', { body });
	});
}

/**
 * Registers the webhook with a new secret, after removing the registration that it replaces.
 *
 * @throws NodeApiError if the service refuses; the user sees it when publishing
 */
export async function register(context: IHookFunctions): Promise<void> {
	await unregister(context);
	const maker = makerIn(context);
	const events = wanted(context);
	const { key } = credentialSettings(await context.getCredentials('nativeMsgApi'));
	const { secret, ...seed } = await makeSecret(key);
	const client = await createClient(context);
	const { id } = await subscribe(client, { url: maker.url, events, secret }).catch((error: Error) => {
		throw nodeErrorOf(context.getNode(), error);
	});
	const registration: Registration = { id, events, ...maker, ...seed };
	context.getWorkflowStaticData('node').registration = registration as unknown as IDataObject;
	latest.set(maker.url, id);
}

/**
 * Removes the registration if this webhook made it. One that another n8n, workflow, or URL made is only deleted from the
 * static data. The request isn't documented, so a refusal is only logged. Without the secret, the node refuses anything
 * that the service still sends.
 */
export async function unregister(context: IHookFunctions): Promise<void> {
	const stored = storedRegistration(context);
	if (stored === undefined) return;
	const own = ownRegistration(context);
	delete context.getWorkflowStaticData('node').registration;
	if (own === undefined) {
		context.logger.warn(
			`The webhook subscription ${stored.id} was not made by this workflow at this address of n8n, so it is left alone. If it is yours and no longer needed, remove it in the NativeMessage dashboard.`,
		);
		return;
	}
	latest.set(own.url, undefined);
	try {
		const path = { subscription_id: own.id };
		const client = await createClient(context);
		await client.call('DELETE /webhooks/subscriptions/{subscription_id}', { path });
	} catch (error) {
		context.logger.warn(
			`NativeMessage didn't remove the webhook subscription ${own.id} (${(error as Error).message}). The node now rejects its requests. Delete it in the NativeMessage dashboard.`,
		);
	}
}
