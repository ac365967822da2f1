import type { INodeParameters } from 'n8n-workflow';
import { Engine } from '../../support/engine';
import { runNode, useFixture } from '../../support/fixture';
import { guideCalls, guideText, type GuideCall } from '../../support/guide';
import { useRecorder } from '../../support/recorder';
import { parameterRows } from './cases/records';

const fixture = useFixture();
const recorder = useRecorder();

type Body = Record<string, string> & { config: Record<string, string>; parameters: string[]; content: Body };

/** The form for a request of the guide, filled in from the request itself. */
const formOf: Record<string, (body: Body, url: string) => INodeParameters> = {
	'create a channel': ({ channel_type, provider_id, config }) => ({
		resource: 'channel',
		operation: 'create',
		channelType: channel_type,
		providerId: provider_id,
		phoneNumberId: config.phone_number_id,
		businessAccountId: config.business_account_id,
		additionalFields: {},
	}),
	'create a template': ({ channel_id, name, language, category, body }) => ({
		resource: 'template',
		operation: 'create',
		channelId: channel_id,
		name,
		body,
		additionalFields: { language, category },
	}),
	'send a template': ({ channel_id, destination, template_id, parameters }) => ({
		resource: 'message',
		operation: 'sendTemplate',
		channelId: channel_id,
		to: destination,
		templateId: template_id,
		parametersAs: 'list',
		parameters: parameterRows(...parameters),
		options: {},
	}),
	'send text': ({ channel_id, destination, content }) => ({
		resource: 'message',
		operation: 'sendSession',
		channelId: channel_id,
		to: destination,
		text: content.text,
	}),
	'retry a message': (_body, url) => ({
		resource: 'message',
		operation: 'retry',
		messageId: /([^/]+)\/retry$/.exec(url)![1],
	}),
};

const calls = Object.entries(formOf).map(([title, fill], index): [string, GuideCall, INodeParameters] => {
	const call = guideCalls[index];
	return [title, call, fill(call.body as Body, call.url)];
});

it('the guide has five requests, and the test reads all of them', () => {
	expect(guideCalls).toHaveLength(5);
	expect(guideText.match(/^curl /gm)).toHaveLength(5);
	expect(guideText.match(/^-d /gm)).toHaveLength(guideCalls.filter(({ body }) => body).length);
});

it.each(calls)('the sandbox accepts what the guide sends: %s', async (title, call, parameters) => {
	const { sandbox } = fixture;
	sandbox.markInbound('+12345678901');
	// The message that the guide retries is its own: it exists nowhere else.
	const accepted = { kind: 'status', status: 200, body: { id: 'msg_abc123', status: 'sent' } } as const;
	if (title === 'retry a message') sandbox.addFault(accepted);
	const { error, success } = await runNode(fixture, 'guide', { parameters });
	expect(error).toBeUndefined();
	expect(success).toHaveLength(1);
	const { pathname: path } = new URL(call.url);
	expect(sandbox.requests()).toMatchObject([{ method: call.method, path, body: call.body ?? null }]);
	expect([200, 201]).toContain(sandbox.requests()[0].status);
});

it.each(calls)('the bytes on the wire are those of the guide: %s', async (_title, call, parameters) => {
	const [scheme, accessToken] = call.headers.authorization.split(' ');
	const { pathname } = new URL(call.url);
	const nativeMessageUrl = `${recorder.url}/api/v1`;
	const credential = {
		service: 'nativeMessage',
		authentication: 'accessToken',
		accessToken,
		nativeMessageUrl,
	};
	const engine = await Engine.start(credential);
	await engine.run({ node: 'nativeMsgOtt', parameters });
	const [{ method, url, headers, body }] = recorder.requests;
	expect(recorder.requests).toHaveLength(1);
	expect([method, url]).toEqual([call.method, pathname]);
	expect(headers).toMatchObject({ ...call.headers, authorization: `${scheme} ${accessToken}` });
	expect(body === '' ? undefined : JSON.parse(body)).toEqual(call.body);
	if (call.body === undefined) expect(headers).not.toHaveProperty('content-type');
});

it('a new credential is set to the payload format of the guide', async () => {
	const properties = fixture.engine.credentialProperties();
	const defaults = properties
		.filter(({ displayOptions }) => displayOptions?.show?.service?.includes('nativeMessage'))
		.map(({ name, default: value }) => [name, value]);
	const { nativeMessageUrl, payloadFormat } = Object.fromEntries(defaults);
	expect(payloadFormat).toBe('guide');
	for (const { url } of guideCalls) expect(url.startsWith(`${nativeMessageUrl}/ott/`)).toBe(true);
});
