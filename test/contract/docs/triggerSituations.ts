import { createHmac } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ottCredential, type Fixture } from '../../support/fixture';
import { SECRET } from '../../support/triggerFixture';
import { TriggerHarness } from '../../support/triggerHarness';
import type { Situation } from './situations';

const EVENT = JSON.stringify({ id: 1, channelId: 601, messageType: 'I', message: { text: 'Hello' } });
const INBOUND: INodeParameters = { events: ['inboundMessage'] };

const signature = (secret: string) => createHmac('sha256', secret).update(EVENT).digest('hex');

const nativeMsg =
	(webhookSecret = SECRET) =>
	({ sandbox: { token, baseUrl } }: Fixture): IDataObject => ({
		service: 'nativeMsg',
		accessToken: token,
		baseUrl,
		webhookSecret,
	});

const nativeMessage = ({ sandbox }: Fixture) => ottCredential(sandbox);

/** Publishes a workflow with the trigger, and lets something happen to it; the user sees the error and n8n's log. */
const publish =
	(
		credential: (fixture: Fixture) => IDataObject,
		parameters: INodeParameters,
		then: (trigger: TriggerHarness, fixture: Fixture) => Promise<unknown> = async () => {},
	): Situation =>
	async (fixture) => {
		const trigger = await TriggerHarness.start({ credential: credential(fixture), parameters });
		const texts: string[] = [];
		try {
			await trigger.activate();
			await then(trigger, fixture);
			await trigger.idle();
		} catch (error) {
			texts.push((error as Error).message);
		}
		await trigger.close();
		return [...texts, ...trigger.logs.map((line) => line.replace(/^\w+: /, ''))];
	};

/** A request with these headers, to a trigger with a nativeMsg credential. */
const deliver = (headers: Record<string, string>, parameters: INodeParameters = INBOUND): Situation =>
	publish(nativeMsg(), parameters, ({ url }) =>
		fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: EVENT }),
	);

/** See `situations`. */
export const triggerSituations: Record<string, Situation> = {
	'The credential is for nativeMsg and has no Webhook Secret, so every webhook request would be refused. Enter the secret key from the nativeMsg dashboard under Settings > Webhooks. For WhatsApp, Viber, or Telegram, choose a credential whose Service is NativeMessage.':
		publish(nativeMsg(''), INBOUND),
	'The credential is for NativeMessage, which reports no button taps. Add "Message Received" under Events, because replies arrive as that, or choose a credential whose Service is nativeMsg.':
		publish(nativeMessage, { events: ['postback'] }),
	"Pattern isn't a valid regular expression: …": publish(nativeMsg(), {
		...INBOUND,
		filters: { pattern: '(' },
	}),
	'NativeMessage responded with HTTP status …': async (fixture) => {
		fixture.sandbox.addFault({ kind: 'status', status: 403, body: '' });
		return await publish(nativeMessage, INBOUND)(fixture);
	},
	"… rejected a request: the signature doesn't match the body": deliver({
		'x-webhook-signature': signature('another'),
	}),
	'… rejected a request: the signature is missing': deliver({}),
	'… rejected a request: the secret in the header is wrong': deliver(
		{ 'x-webhook-signature': 'another' },
		{ ...INBOUND, check: 'sharedSecret' },
	),
	'Error in handling webhook request POST …: Failed to parse request body': publish(
		nativeMsg(),
		INBOUND,
		({ url }) =>
			fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: '{"text":"a "b""}',
			}),
	),
	'… rejected a request: the key or password in the credential has changed since the workflow was published. Unpublish and publish it':
		publish(nativeMessage, INBOUND, async (trigger) => {
			trigger.restart();
			trigger.credential.apiKey = 'another';
			const headers = { 'content-type': 'application/json', 'x-webhook-signature': signature('any') };
			await fetch(trigger.url, { method: 'POST', headers, body: EVENT });
		}),
	'The webhook subscription … was not made by this workflow at this address of n8n, so it is left alone. If it is yours and no longer needed, remove it in the NativeMessage dashboard.':
		publish(nativeMessage, INBOUND, async (trigger) => {
			trigger.instanceId = 'another';
			await trigger.deactivate();
		}),
	"NativeMessage didn't remove the webhook subscription … The node now rejects its requests. Delete it in the NativeMessage dashboard.":
		publish(nativeMessage, INBOUND, async (trigger, { sandbox }) => {
			sandbox.addFault({ kind: 'status', status: 405 });
			await trigger.deactivate();
		}),
};
