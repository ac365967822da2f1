/** @jest-environment-options {"ownLibraries": true} */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { Engine } from '../../support/engine';
import { useRecorder } from '../../support/recorder';
import {
	hold,
	isMeant,
	isPlainData,
	isSentence,
	keepsSecrets,
	outcomesOf,
	useLogs,
	prototypesAreUntouched,
} from './invariants';
import { casesOf, SEED, Tally } from './size';
import { anything, controlCharacters, lineBreaks, loneSurrogates, prototypeKeys } from './values';

const SECRET = 'secret-of-the-hostile-suite';

const recorder = useRecorder();
const elsewhere = useRecorder();
const logs = useLogs();
const tally = new Tally('credentials');
/** The credential that n8n returns; changed before each run. */
const stored: IDataObject = {};
let engine: Engine;

beforeAll(async () => {
	Object.assign(stored, { service: 'nativeMsg', accessToken: SECRET, baseUrl: recorder.url });
	engine = await Engine.start(stored);
});

const NATIVE_MSG = { resource: 'bot', operation: 'get', botId: 7 };
const OTT = { resource: 'message', operation: 'retry', messageId: 'msg_1' };

interface Attack {
	kind: string;
	credential: IDataObject;
	/** The server's response to a login. */
	login?: unknown;
}

/** Runs one item with a credential and checks the invariants. */
async function attack({ kind, credential, login }: Attack): Promise<void> {
	for (const name of Object.keys(stored)) delete stored[name];
	Object.assign(stored, { service: 'nativeMsg', accessToken: SECRET, baseUrl: recorder.url }, credential);
	recorder.requests.length = 0;
	recorder.answer = ({ url }) => ({
		status: 200,
		body: (url === '/auth/login' ? login : { id: 7, status: 'sent' }) as object,
	});
	logs.length = 0;
	const isOtt = stored.service === 'nativeMessage';
	const [node, parameters] = isOtt ? (['nativeMsgOtt', OTT] as const) : (['nativeMsg', NATIVE_MSG] as const);
	const outcome = await engine.run({ node, parameters, items: [{}], onError: 'continueErrorOutput' });
	prototypesAreUntouched();
	hold(outcomesOf(outcome, 1)[0].length === 1, 'Each item has an outcome');
	for (const { json } of outcome.success) isPlainData(json);
	for (const { json } of outcome.failed) isSentence(json.error);
	keepsSecrets(
		[SECRET],
		...logs,
		...outcome.failed.map(({ json }) => json),
		...outcome.success.map(({ json }) => json),
	);
	for (const request of recorder.requests) {
		isMeant(request, [
			'GET /bots/{bot_id}',
			'POST /ott/messages/{message_id}/retry',
			'POST /auth/login',
			// A login without a token may have got a response from something other than the API.
			'GET /auth/me',
		]);
		keepsSecrets([SECRET], request.url, request.url === '/auth/login' ? '' : request.body);
	}
	hold(elsewhere.requests.length === 0, 'No other server is called', elsewhere.requests);
	tally.add(kind);
}

/** Texts around a secret that would start another header or aren't allowed in one, and values that aren't texts. */
const secrets = fc
	.tuple(
		fc.oneof(
			lineBreaks,
			controlCharacters,
			loneSurrogates,
			prototypeKeys,
			fc.string({ unit: 'binary' }),
			anything,
		),
		fc.boolean(),
	)
	.map(([odd, isText]) => (isText ? `${SECRET}${typeof odd === 'string' ? odd : '\r\n'}${SECRET}` : odd));

const headers: fc.Arbitrary<Attack> = fc
	.tuple(secrets, fc.constantFrom('accessToken', 'apiKey', 'sessionToken'))
	.map(([value, name]) => ({
		kind: 'secrets',
		credential: {
			[name]: value,
			...(name !== 'accessToken' && {
				service: 'nativeMessage',
				authentication: name === 'apiKey' ? 'apiKey' : 'usernamePassword',
				nativeMessageUrl: recorder.url,
			}),
		} as IDataObject,
		login: { access_token: SECRET },
	}));

/** Base URLs that are invalid, lead elsewhere if a path is appended, or contain line breaks. */
const baseUrls: fc.Arbitrary<Attack> = fc
	.tuple(
		fc.constantFrom(
			...[
				'URL?',
				'URL#',
				'URL?x=',
				'URL/?#',
				'URL/#/',
				' URL/ ',
				'URL//',
				'URL/.',
				'URL/x/..',
				'U\nRL',
				'URL\r\nX: y',
			],
			...[
				'file:///etc/hostname',
				'javascript:1',
				'ftp://127.0.0.1',
				'//127.0.0.1',
				'',
				'http://',
				'http://[::1',
				'http://127.0.0.1:99999',
			],
			...[
				'http://\ud800',
				'http://127.0.0.1:0',
				'http:\\\\127.0.0.1',
				'data:,',
				'http:///',
				'http://%00',
				'__proto__',
			],
		),
		fc.oneof(anything, fc.constant(undefined)),
		fc.integer({ min: 0, max: 4 }),
	)
	.map(([template, odd, turn]) => ({
		kind: 'base URLs',
		credential: {
			baseUrl:
				turn === 0
					? odd
					: template.replace('U\nRL', recorder.url.replace('0', '0\n')).replace('URL', recorder.url),
		} as IDataObject,
	}));

/** Login responses whose token isn't a text, has line breaks, or sets a prototype. */
const logins: fc.Arbitrary<Attack> = fc
	.oneof(
		secrets.map((value): unknown => ({ access_token: value })),
		fc.jsonValue(),
	)
	.map((login) => ({
		kind: 'log-ins',
		credential: {
			service: 'nativeMessage',
			authentication: 'usernamePassword',
			username: 'user',
			password: SECRET,
			nativeMessageUrl: recorder.url,
		},
		login,
	}));

test.each([
	['a secret', headers],
	['a base URL', baseUrls],
	['a response to a login', logins],
])(
	'the nodes withstand hostile values of this kind: %s',
	async (_name, attacks) => {
		await fc.assert(fc.asyncProperty(attacks, attack), {
			numRuns: Math.ceil(casesOf('credentials') / 3),
			seed: SEED,
		});
	},
	3_600_000,
);
