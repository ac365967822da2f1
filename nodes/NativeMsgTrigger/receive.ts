import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { chosenValue } from '../operations/form/locator';
import type { CredentialSettings } from '../transport/credential';
import type { BodyFormat } from './body';
import { parseJson, readBody } from './body';
import { isFirst, memoryToStore } from './duplicates';
import type { MessagingEvent } from './events';
import { eventsOf } from './events';
import { isWanted, readFilters, wordsOf } from './filters';
import { identitiesOf } from './identity';
import { keptCredential } from './keptCredential';
import { isOutdated, storedRegistration } from './registration';
import { resume, tapsIn } from './replies';
import type { Proof, Verdict } from './signature';
import { verifySharedSecret, verifySignature } from './signature';
import { findSecret } from './webhookSecret';

const MAX_BODY_BYTES = 1_000_000;
const HOUR_MS = 3_600_000;
/** For other types, n8n may not keep the bytes to verify. */
const TYPES: Array<[format: BodyFormat, type: RegExp]> = [
	['json', /^application\/([\w.-]+\+)?json\b/i],
	['form', /^application\/x-www-form-urlencoded\b/i],
];
const CHANGED_KEY =
	'the key or password in the credential has changed since the workflow was published. Unpublish and publish it';
/** The name of NativeMessage's signature header. */
const SIGNATURE_HEADER = 'x-webhook-signature';

/** Responds immediately and starts no execution. */
function answer(context: IWebhookFunctions, status: number): IWebhookResponseData {
	const response = context.getResponseObject();
	response.status(status);
	if (status === 200) response.json({ received: true });
	else response.end();
	return { noWebhookResponse: true };
}

/** Starts an execution for the events, if there are any, after the response was sent. */
function start(events: MessagingEvent[]): IWebhookResponseData {
	if (events.length === 0) return { noWebhookResponse: true };
	const items = events.map((event) => ({ json: event as unknown as IDataObject }));
	return { noWebhookResponse: true, workflowData: [items] };
}

/** The bytes of the body; undefined if it breaks off, or isn't compressed as declared. */
async function rawBodyOf(context: IWebhookFunctions): Promise<Buffer | undefined> {
	const request = context.getRequestObject();
	try {
		if (request.rawBody === undefined) await request.readRawBody();
		return request.rawBody;
	} catch {
		return undefined;
	}
}

/** Verifies a request with the secret of the registration. */
async function verdictOfRegistration(
	context: IWebhookFunctions,
	proof: Proof,
	key: string,
): Promise<Verdict> {
	const registration = storedRegistration(context);
	if (!registration) return { genuine: false, reason: 'no secret is stored for this webhook' };
	const secret = await findSecret(registration, key);
	return secret === undefined ? { genuine: false, reason: CHANGED_KEY } : verifySignature(proof, [secret]);
}

/** Verifies that a request comes from the service: with the secret of the registration, or as configured for nativeMsg. */
async function verdictOn(
	context: IWebhookFunctions,
	rawBody: Buffer,
	format: BodyFormat,
	{ service, key, webhookSecrets }: CredentialSettings,
): Promise<Verdict> {
	const headers = context.getHeaderData();
	const isOtt = service === 'nativeMessage';
	const check = isOtt ? 'signature' : context.getNodeParameter('check', 'signature');
	if (check === 'none') return { genuine: true, body: rawBody };
	const name = isOtt ? SIGNATURE_HEADER : context.getNodeParameter('headerName', SIGNATURE_HEADER);
	const header = headers[String(name).toLowerCase()];
	if (check === 'sharedSecret') return verifySharedSecret({ header, rawBody }, webhookSecrets);
	// Forms are never signed, so this would be a signed body that is read as something else.
	if (format !== 'json') return { genuine: false, reason: 'the signed body is not JSON' };
	const proof = { header, rawBody, parsedBody: parseJson(rawBody) };
	return isOtt ? await verdictOfRegistration(context, proof, key) : verifySignature(proof, webhookSecrets);
}

/** The options of the node. */
interface Options {
	duplicateHours?: number;
	defaultCountry?: string;
	optOutWords?: string;
	optInWords?: string;
}

/** The events that start the workflow: they pass the filters and weren't seen before. */
function freshEvents(
	context: IWebhookFunctions,
	events: MessagingEvent[],
	{ duplicateHours = 24, defaultCountry }: Options,
): MessagingEvent[] {
	const filters = readFilters(context, defaultCountry);
	const wanted = events.filter((event) => isWanted(event, filters));
	const webhook = `${context.getWorkflow().id} ${context.getNode().id} ${context.getMode()}`;
	const staticData = context.getWorkflowStaticData('node');
	const stored = staticData.seen as string | undefined;
	const identities = identitiesOf(wanted, duplicateHours * HOUR_MS);
	const fresh = wanted.filter((_event, index) => isFirst(identities[index], webhook, stored));
	// Set only if it changed, because n8n writes it to the database.
	if (fresh.length > 0 && !isOutdated(context)) staticData.seen = memoryToStore(webhook);
	return fresh;
}

/**
 * Handles a webhook request: verifies its origin, reads its events, and starts the workflow for those that are wanted and
 * new.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const contentType = context.getHeaderData()['content-type'] ?? '';
	const [format] = TYPES.find(([, type]) => type.test(contentType)) ?? [];
	if (format === undefined) return answer(context, 400);
	const rawBody = await rawBodyOf(context);
	if (rawBody === undefined) return answer(context, 400);
	if (rawBody.length > MAX_BODY_BYTES) return answer(context, 413);
	const credential = await keptCredential(context);
	const verdict = await verdictOn(context, rawBody, format, credential);
	if (!verdict.genuine) {
		context.logger.warn(`${context.getNode().name} rejected a request: ${verdict.reason}`);
		return answer(context, 401);
	}
	const entered = context.getNodeParameter('options', {}) as Options;
	const country = chosenValue(entered.defaultCountry) ?? credential.defaultCountry;
	const options: Options = { ...entered, defaultCountry: country as string | undefined };
	const own = { optOut: wordsOf(options.optOutWords), optIn: wordsOf(options.optInWords) };
	const events = eventsOf(credential.service, readBody(verdict.body, format), own);
	if (events === undefined) return answer(context, 400);
	const taps = tapsIn(context, events);
	if (taps.length === 0) {
		const fresh = freshEvents(context, events, options);
		answer(context, 200);
		return start(fresh);
	}
	// The service shouldn't wait for the resumed workflows.
	answer(context, 200);
	const others = events.filter((event) => taps.every((tap) => tap.event !== event));
	return start(freshEvents(context, [...others, ...(await resume(context, taps))], options));
}
