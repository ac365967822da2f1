import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { jsonOf } from './broadcast/messages';
import { Engine } from '../support/engine';
import { ottCredential, useFixture } from '../support/fixture';

const NATIONAL = '020 7946 0958';
const NUMBER = '+442079460958';

const fixture = useFixture();
let british: Engine;
let ott: Engine;

beforeAll(async () => {
	const { token, baseUrl } = fixture.sandbox;
	const defaultCountry = 'GB';
	british = await Engine.start({ service: 'nativeMsg', accessToken: token, baseUrl, defaultCountry });
	ott = await Engine.start(ottCredential(fixture.sandbox, { payloadFormat: 'guide', defaultCountry }));
});

const toPhones = { targetType: 'phones', phones: [NUMBER], channelId: 601 };
const send = (others: INodeParameters): INodeParameters => ({
	resource: 'message',
	operation: 'send',
	messageType: 'text',
	targetType: 'phones',
	phones: NATIONAL,
	channelId: '601',
	text: 'Hello',
	...others,
});
const add = (others: INodeParameters): INodeParameters => ({
	resource: 'human',
	operation: 'addByPhone',
	channelId: '601',
	specifyHumans: 'fields',
	...others,
});
const lookUp = (operation: string, others: INodeParameters = {}): INodeParameters => ({
	resource: 'phoneNumber',
	operation,
	phoneNumber: NATIONAL,
	...others,
});

interface Place {
	parameters: INodeParameters;
	path?: string;
	body?: IDataObject;
}

const places: Record<string, Place> = {
	'the recipients of a message': { parameters: send({}), body: { text: 'Hello', targets: [toPhones] } },
	'More Recipients': {
		parameters: send({
			phones: '+12015550123',
			additionalFields: {
				targets: { target: [{ targetType: 'phones', phones: NATIONAL, channelId: '601' }] },
			},
		}),
		body: { text: 'Hello', targets: [{ ...toPhones, phones: ['+12015550123', NUMBER] }] },
	},
	'a message in JSON': {
		parameters: send({
			messageType: 'json',
			messageJson: JSON.stringify({ text: 'Hello', targets: [{ ...toPhones, phones: [NATIONAL] }] }),
		}),
		body: { text: 'Hello', targets: [toPhones] },
	},
	'a call button': {
		parameters: send({
			messageType: 'buttons',
			buttons: { button: [{ type: 'call', title: 'Call us', payload: NATIONAL }] },
		}),
		body: {
			text: 'Hello',
			buttons: [{ type: 'call', title: 'Call us', payload: NUMBER }],
			targets: [toPhones],
		},
	},
	'Add by Phone': { parameters: add({ phone: NATIONAL }), body: { humans: [{ phone: NUMBER.slice(1) }] } },
	'Add by Phone in JSON': {
		parameters: add({ specifyHumans: 'json', humans: JSON.stringify([{ phone: NATIONAL }]) }),
		body: { humans: [{ phone: NUMBER.slice(1) }] },
	},
	'Get Capabilities': {
		parameters: lookUp('getCapabilities'),
		path: '/v1/manage/messaging/capability/%2B442079460958',
	},
	'Get RCS Capability': {
		parameters: lookUp('getRcsCapability'),
		path: '/v1/manage/rcs/capability/%2B442079460958',
	},
	'Get RCS Capability for Channel': {
		parameters: lookUp('getRcsCapabilityForChannel', { channelId: '602' }),
		path: '/v1/manage/rcs/capability/602/%2B442079460958',
	},
};

describe('The Default Country of the credential', () => {
	test.each(Object.entries(places))('applies in %s', async (_name, { parameters, path, body }) => {
		const { error } = await british.run({ parameters });
		expect(error).toBeUndefined();
		const [request] = fixture.sandbox.requests();
		if (path) expect(request.path).toBe(path);
		if (body) expect(request.body).toEqual(body);
	});

	test.each(Object.entries(places))(
		'is required in %s, or nothing is sent',
		async (_name, { parameters }) => {
			const { error } = await fixture.engine.run({ parameters });
			expect(error?.message).toContain(
				`must be a phone number with + and country code such as +12015550123 (or set Default Country), but "${NATIONAL}" was given`,
			);
			expect(fixture.sandbox.requests()).toEqual([]);
		},
	);

	test('applies to the field To of the OTT node', async () => {
		fixture.sandbox.markInbound(NUMBER);
		const parameters = {
			resource: 'message',
			operation: 'sendSession',
			channelId: 'chan_whatsapp',
			to: NATIONAL,
			text: 'Hello',
		};
		const { error } = await ott.run({ node: 'nativeMsgOtt', parameters });
		expect(error).toBeUndefined();
		expect(fixture.sandbox.requests()[0].body).toMatchObject({ destination: NUMBER });
	});

	test.each([
		['another country', 'DE', '030 901820', '+4930901820'],
		['a code in small letters', 'de', '030 901820', '+4930901820'],
		['an expression without a result', null, NATIONAL, NUMBER],
	])('is overridden by the option of the node: %s', async (_name, defaultCountry, phones, number) => {
		const options = { defaultCountry } as INodeParameters;
		const { error } = await british.run({ parameters: send({ phones, options }) });
		expect(error).toBeUndefined();
		expect(fixture.sandbox.requests()[0].body).toMatchObject({ targets: [{ phones: [number] }] });
	});

	test.each([
		['fields', { phone: '+12015550123' }],
		['json', { humans: JSON.stringify([{ phone: '+12015550123' }]) }],
	])('leaves numbers of other countries alone, also those of humans in %s', async (specifyHumans, fields) => {
		const { error } = await british.run({ parameters: add({ specifyHumans, ...fields }) });
		expect(error).toBeUndefined();
		expect(fixture.sandbox.requests()[0].body).toEqual({ humans: [{ phone: '12015550123' }] });
	});

	test('is turned off by the option (None)', async () => {
		const { error } = await british.run({ parameters: send({ options: { defaultCountry: '' } }) });
		expect(error?.message).toContain('(or set Default Country)');
		expect(fixture.sandbox.requests()).toEqual([]);
	});
});

test('A number in several formats is one recipient, who gets one message', async () => {
	const items = [
		'+1 201 555 0123',
		'0012015550123',
		'12015550123.0',
		'\u202a+12015550123\u202c',
		12015550123,
	];
	const { error } = await fixture.engine.run({
		parameters: send({ phones: '={{ $json.phone }}' }),
		items: items.map((phone) => ({ phone })),
	});
	expect(error).toBeUndefined();
	const requests = fixture.sandbox.requests();
	expect(requests).toHaveLength(1);
	expect(requests[0].body).toMatchObject({ targets: [{ phones: ['+12015550123'] }] });
});

test('A preview shows the number as it will be sent', async () => {
	const { success } = await british.run({ parameters: send({ operation: 'preview' }) });
	expect(jsonOf(success)).toMatchObject([{ problems: [], request: { body: { targets: [toPhones] } } }]);
});
