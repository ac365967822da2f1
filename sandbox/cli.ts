import { parseArgs } from 'node:util';
import { FORGERIES } from './forgeries';
import { startSandbox, type Sandbox } from './server';

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { port: { type: 'string', default: '4010' }, token: { type: 'string' } },
	});
	const sandbox = await startSandbox({ port: Number(values.port), token: values.token, log: console.log });
	console.log(instructions(sandbox));

	const stop = () => {
		sandbox.close().then(() => console.log('Sandbox stopped.'));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

function instructions({ url, baseUrl, ottBaseUrl, token, apiKey, password }: Sandbox): string {
	return `
Sandbox for nativeMsg and NativeMessage. Nothing leaves this machine, and no messages are sent.

nativeMsg

  Base URL      ${baseUrl}
  Access token  ${token}

In n8n: Credentials > Add credential > NativeMsg API
  Service       nativeMsg
  Access Token  ${token}
  Base URL      ${baseUrl}

Test data: channels 551 (fb), 601 (dlc), 602 (rcs), 603 (web), humans 540 to 545,
tags 4 to 6, bots 451 and 452. Numbers that end in 0199 can't be reached: their messages fail.
Numbers that end in 0198 are landlines. People whose number is even read what they get.

NativeMessage

  Base URL      ${ottBaseUrl}
  Access token  ${token}
  API key       ${apiKey}
  User          sandbox, with the password ${password}

Test data: channels chan_whatsapp, chan_viber, chan_telegram, templates tmpl_order, tmpl_named
(approved), tmpl_pending, tmpl_rejected. Messages to numbers that end in 0199 fail until they are
retried, those that end in 0197 even then. WhatsApp takes free text after a message from the user:
  curl -X PUT ${url}/__sandbox/inbound -d '{"destination":"+12025550140"}'

Both

To make the next two sends fail with 429:
  curl -X POST ${url}/__sandbox/faults -d '{"kind":"status","status":429,"times":2,"headers":{"Retry-After":"1"},"match":{"method":"POST","path":"/messages"}}'
Other kinds: reset-before, reset-after, slow (delayMs), broken-json, html, empty, cut.

To change the behavior of the services from now on:
  curl -X POST ${url}/__sandbox/habits -d '{"kind":"bare-limit","perMinute":20}'
Other kinds: deleted-contact (recipients), gateway, error-shape (shape), envelope (name), empty, late-rows
(looks), cut. Each takes "match" as above, and "every": 3 for every third request.

Events are delivered to http addresses of this machine, with retries until the response is a
2xx. NativeMessage takes subscriptions through its API. For nativeMsg, enter one as in its dashboard
(check: signature or header):
  curl -X POST ${url}/__sandbox/webhooks/nativemsg -d '{"url":"http://127.0.0.1:5678/webhook/…","secret":"…","check":"signature"}'
To simulate an incoming message (service: nativeMessage or nativeMsg; also payload, media, channelId):
  curl -X POST ${url}/__sandbox/inbound-message -d '{"service":"nativeMessage","from":"+12025550140","text":"STOP"}'
To send one event, optionally duplicated or forged (${FORGERIES.join(', ')}):
  curl -X POST ${url}/__sandbox/deliver -d '{"subscriptionId":"sub_1","event":{"event":"mo","message_id":"m1"},"times":2,"forge":"truncated"}'
  curl ${url}/__sandbox/webhooks    the subscriptions
  curl ${url}/__sandbox/deliveries  the delivery attempts and the responses
Settings: retryMs, signReserialised, refuseDelete, subscriptionPath ("both" or "webhooks").

Everything

  curl ${url}/__sandbox/report      messages accepted, per recipient and by status; NativeMessage under "ott"
  curl ${url}/__sandbox/requests    the requests received
  curl -X PUT ${url}/__sandbox/settings -d '{"stepMs":2000,"latencyMs":100,"rateLimit":20}'
  curl -X POST ${url}/__sandbox/reset

Ctrl+C stops it.
`;
}

main().catch((error: Error) => {
	console.error(`The sandbox couldn't start: ${error.message}`);
	process.exitCode = 1;
});
