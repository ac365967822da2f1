import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { CredentialSettings } from '../transport/credential';
import { isFirst, memoryToStore } from './duplicates';
import type { MessagingEvent } from './events';
import { eventsOf, identityOf } from './events';
import { isWanted, readFilters } from './filters';
import { keptCredential } from './keptCredential';
import { isOutdated, storedRegistration } from './registration';
import type { Verdict } from './signature';
import { verifySharedSecret, verifySignature } from './signature';

const MAX_BODY_BYTES = 1_000_000;
/** Events of both services have three levels. */
const MAX_DEPTH = 100;
const HOUR_MS = 3_600_000;
/** Of other types n8n may leave no bytes to check. */
const JSON_TYPE = /^application\/([\w.-]+\+)?json\b/i;
/** What NativeMessage calls its signature header. */
const SIGNATURE_HEADER = 'x-webhook-signature';

/** Answers at once and tells n8n to start nothing, or what to start. */
function answer(
	context: IWebhookFunctions,
	status: number,
	events: MessagingEvent[] = [],
): IWebhookResponseData {
	const response = context.getResponseObject();
	response.status(status);
	if (status === 200) response.json({ received: true });
	else response.end();
	if (events.length === 0) return { noWebhookResponse: true };
	const items = events.map((event) => ({ json: event as unknown as IDataObject }));
	return { noWebhookResponse: true, workflowData: [items] };
}

/** The bytes of the body; undefined when it breaks off or is not compressed as it says. */
async function rawBodyOf(context: IWebhookFunctions): Promise<Buffer | undefined> {
	const request = context.getRequestObject();
	try {
		if (request.rawBody === undefined) await request.readRawBody();
		return request.rawBody;
	} catch {
		return undefined;
	}
}

function isDeeper(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}

/** The body, if it is JSON that can be worked with: who follows thousands of levels runs out of stack. */
function parsed(rawBody: Buffer): unknown {
	try {
		const body: unknown = JSON.parse(rawBody.toString('utf8'));
		return isDeeper(body, MAX_DEPTH) ? undefined : body;
	} catch {
		return undefined;
	}
}

/** Whether the delivery comes from the service: by the secret of the registration, or as the user set it for nativeMsg. */
function verdictOn(
	context: IWebhookFunctions,
	rawBody: Buffer,
	parsedBody: unknown,
	credential: CredentialSettings,
): Verdict {
	const headers = context.getHeaderData();
	if (credential.service === 'nativeMessage') {
		const registration = storedRegistration(context);
		const secrets = registration ? [registration.secret] : [];
		return verifySignature({ header: headers[SIGNATURE_HEADER], rawBody, parsedBody }, secrets);
	}
	const check = context.getNodeParameter('check', 'signature');
	if (check === 'none') return { genuine: true };
	const header = headers[String(context.getNodeParameter('headerName', SIGNATURE_HEADER)).toLowerCase()];
	if (check === 'sharedSecret') return verifySharedSecret(header, credential.webhookSecrets);
	return verifySignature({ header, rawBody, parsedBody }, credential.webhookSecrets);
}

/** Those of the events that start the workflow: wanted, and not seen before. */
function freshEvents(
	context: IWebhookFunctions,
	events: MessagingEvent[],
	credential: CredentialSettings,
): MessagingEvent[] {
	const { repetitionHours = 24, defaultCountry = credential.defaultCountry } = context.getNodeParameter(
		'options',
		{},
	) as { repetitionHours?: number; defaultCountry?: string };
	const filters = readFilters(context, defaultCountry);
	const windowMs = repetitionHours * HOUR_MS;
	const webhook = `${context.getWorkflow().id} ${context.getNode().id} ${context.getMode()}`;
	const staticData = context.getWorkflowStaticData('node');
	const stored = staticData.seen as string | undefined;
	const fresh = events
		.filter((event) => isWanted(event, filters))
		.filter((event) => isFirst(identityOf(event), webhook, stored, windowMs));
	// Set only when it changed: n8n writes it to the database.
	if (fresh.length > 0 && !isOutdated(context)) staticData.seen = memoryToStore(webhook);
	return fresh;
}

/** Receives one delivery: checks where it comes from, then what it is, then whether it is wanted and new. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	if (!JSON_TYPE.test(context.getHeaderData()['content-type'] ?? '')) return answer(context, 400);
	const rawBody = await rawBodyOf(context);
	if (rawBody === undefined) return answer(context, 400);
	if (rawBody.length > MAX_BODY_BYTES) return answer(context, 413);
	const parsedBody = parsed(rawBody);
	const credential = await keptCredential(context);
	const verdict = verdictOn(context, rawBody, parsedBody, credential);
	if (!verdict.genuine) {
		context.logger.warn(`${context.getNode().name} refused a delivery: ${verdict.reason}`);
		return answer(context, 401);
	}
	const events = eventsOf(credential.service, parsedBody);
	return events === undefined
		? answer(context, 400)
		: answer(context, 200, freshEvents(context, events, credential));
}
