import type { IBinaryData, IDataObject, INodeParameters } from 'n8n-workflow';
import { Engine } from '../support/engine';
import { storedFile } from '../support/files';
import { useFixture } from '../support/fixture';
import { FILE_LINK, withoutLinks } from '../support/links';
import { useRecorder } from '../support/recorder';
import { send } from './refusals/refusal';

const fixture = useFixture();
/** A service that repeats what it was sent. */
const recorder = useRecorder();

const sms = { targetType: 'phones', ids: undefined, phones: '+12025550101', channelId: '601' };
const media = (fields: INodeParameters = {}): INodeParameters =>
	send('media', { mediaFrom: 'binary', mediaFile: 'data', ...fields });

/** Sends with a file in the field `data`. */
async function sendFile(file: IBinaryData, parameters: INodeParameters = media(), engine = fixture.engine) {
	fixture.sandbox.reset();
	const outcome = await engine.run({ parameters, files: [{ data: file }] });
	const requests = fixture.sandbox.requests();
	const sends = requests.filter(({ method }) => method === 'POST');
	return { ...outcome, requests, bodies: sends.map(({ body }) => body as IDataObject) };
}

const tokenOf = (link: unknown) => new URL(String(link)).searchParams.get('token')!;
const claimsOf = (link: unknown) =>
	JSON.parse(Buffer.from(tokenOf(link).split('.')[1], 'base64url').toString()) as {
		iat: number;
		exp: number;
	};

describe('a file of the input', () => {
	it.each<[mimeType: string, chosen: string, mediaType: string]>([
		['image/png', 'auto', 'image'],
		['audio/ogg; codecs=opus', 'auto', 'audio'],
		['VIDEO/MP4', 'auto', 'video'],
		['application/pdf', 'auto', 'file'],
		['text/csv', 'auto', 'file'],
		['application/octet-stream', 'auto', 'file'],
		['image/png', 'image', 'image'],
		['image/png', 'file', 'file'],
		['text/plain', 'text', 'text'],
	])('of the type %s goes out as the media type %s chosen: %s', async (mimeType, chosen, mediaType) => {
		const { bodies } = await sendFile(storedFile(mimeType), media({ mediaType: chosen }));
		expect(withoutLinks(bodies)).toMatchObject([{ media: FILE_LINK, mediaType }]);
	});

	it.each<[options: INodeParameters, hours: number]>([
		[{}, 24],
		[{ fileLifetime: 1 }, 1],
		[{ fileLifetime: 720 }, 720],
	])('has a link that expires: %j', async (options, hours) => {
		const { bodies } = await sendFile(storedFile('image/png'), media({ options }));
		const { iat, exp } = claimsOf(bodies[0].media);
		expect(exp - iat).toBe(hours * 3600);
	});

	it('is not sent if the message has a URL or no media', async () => {
		const url = 'https://example.com/a.png';
		const byUrl = await sendFile(storedFile('image/png'), send('media', { media: url, mediaFile: 'data' }));
		expect(byUrl.bodies).toMatchObject([{ media: url }]);
		const text = await sendFile(storedFile('image/png'), send('text', { mediaFrom: 'binary' }));
		expect(text.bodies[0]).not.toHaveProperty('media');
	});

	it('is sent if an expression says so, and a URL for other items', async () => {
		const url = 'https://example.com/a.png';
		const parameters = media({ mediaFrom: '={{ $json.from }}', media: url });
		const items = ['binary', 'url'].map((from) => ({ from }));
		const files = items.map(() => ({ data: storedFile('image/png') }));
		await fixture.engine.run({ parameters, items, files });
		const bodies = fixture.sandbox.requests().map(({ body }) => body);
		expect(withoutLinks(bodies)).toMatchObject([{ media: FILE_LINK }, { media: url }]);
	});

	it('is one request for all items with the same file', async () => {
		const files = Array.from({ length: 3 }, () => ({ data: storedFile('image/png') }));
		const items = [1, 2, 3].map((id) => ({ phone: `+1202555010${id}` }));
		const parameters = media({ ...sms, phones: '={{ $json.phone }}' });
		await fixture.engine.run({ parameters, items, files });
		const sends = fixture.sandbox.requests().filter(({ method }) => method === 'POST');
		expect(sends).toHaveLength(1);
	});

	it('is checked against the chosen channels, which are fetched once', async () => {
		const { requests, bodies } = await sendFile(storedFile('image/png', 4_999_000), media(sms));
		expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /v1/channels',
			'POST /v1/messages',
		]);
		expect(bodies).toHaveLength(1);
		// Only the file is: the user didn't ask for more.
		const quickReplies = { quickReply: [{ type: 'text', title: 'Yes', payload: 'y' }] };
		const others = send('quickReplies', { ...sms, quickReplies, additionalFields: { mediaFile: 'data' } });
		expect((await sendFile(storedFile('image/png'), others)).bodies).toHaveLength(1);
	});

	it.each<[string, IBinaryData, INodeParameters, message: string]>([
		[
			'that the item does not have',
			storedFile('image/png'),
			media({ mediaFile: 'photo' }),
			'Input Binary Field must be the name of a file of the item, but "photo" was given',
		],
		[
			'by a name that every object has',
			storedFile('image/png'),
			media({ mediaFile: 'constructor' }),
			'Input Binary Field must be the name of a file of the item, but "constructor" was given',
		],
		[
			'without a name',
			storedFile('image/png'),
			media({ mediaFile: '={{ $json.none }}' }),
			'Input Binary Field is required, but nothing was given',
		],
		[
			'in memory only',
			{ data: 'aGVsbG8=', mimeType: 'text/plain', bytes: 5 },
			media(),
			`The file "data" is only in n8n's memory, so the service can't fetch it`,
		],
		[
			'too large for MMS',
			storedFile('video/mp4', 4_999_996),
			media(sms),
			'The message exceeds channel limits. Long Code SMS/MMS: file and text have 5.0 MB (must be below 5 MB)',
		],
		[
			'of a type that MMS does not take',
			storedFile('application/zip', 9_300_000),
			media(sms),
			'The message exceeds channel limits. Long Code SMS/MMS: no application/zip files, file and text have 9.3 MB (must be below 5 MB)',
		],
		[
			'of a type that RCS does not take',
			storedFile('application/pdf'),
			media({ ...sms, channelId: '602' }),
			'The message exceeds channel limits. RCS: no file (only image or video)',
		],
		[
			'too large for a type of channel that is ticked',
			storedFile('video/mp4', 6_000_000),
			media({ options: { checkForChannels: ['dlc'] } }),
			'The message exceeds channel limits. Long Code SMS/MMS: file and text have 6.0 MB (must be below 5 MB)',
		],
		[
			'of another type than the one chosen',
			storedFile('audio/mpeg'),
			media({ mediaType: 'image' }),
			'Media Type must fit the file, which is audio/mpeg, but "image" was given',
		],
		[
			'for too long',
			storedFile('image/png'),
			media({ options: { fileLifetime: 721 } }),
			'File Lifetime can be at most 720, but 721 was given',
		],
	])('%s is refused in one sentence, and nothing is sent', async (_what, file, parameters, message) => {
		const { error, bodies } = await sendFile(file, parameters);
		expect(error?.message).toBe(`${message} [item 0]`);
		expect(bodies).toEqual([]);
	});

	it('is refused if n8n has no https:// URL, but the service has one', async () => {
		const engine = await Engine.start({
			service: 'nativeMsg',
			accessToken: 'secret',
			baseUrl: fixture.sandbox.baseUrl.replace('http:', 'https:'),
		});
		const { error, requests } = await sendFile(storedFile('image/png'), media(), engine);
		expect(error?.message).toBe(
			'The service fetches files over https:// only, but the address of this n8n is http://127.0.0.1 [item 0]',
		);
		expect(requests).toEqual([]);
	});

	it('says which files there are, if there are any', async () => {
		const missing = async (files: Record<string, IBinaryData>) =>
			(await fixture.engine.run({ parameters: media({ mediaFile: 'x' }), files: [files] })).error
				?.description;
		expect(await missing({ data: storedFile('image/png'), pdf: storedFile('application/pdf') })).toContain(
			'It has "data", "pdf".',
		);
		expect(await missing({})).toContain('It has no files');
	});

	it('never shows its link in an error, even if the service repeats it', async () => {
		const links: unknown[] = [];
		recorder.answer = ({ method, body }) => {
			if (method === 'GET') return { status: 200, body: [] };
			links.push((JSON.parse(body) as IDataObject).media);
			return { status: 400, body: { description: `${String(links[0])} could not be fetched` } };
		};
		const engine = await Engine.start({
			service: 'nativeMsg',
			accessToken: 'secret',
			baseUrl: recorder.url,
		});
		const { error, run } = await engine.run({
			parameters: media(),
			files: [{ data: storedFile('image/png') }],
		});
		expect(error?.message).toContain('could not be fetched');
		expect(JSON.stringify([error?.message, error?.description, error, run.data.resultData])).not.toContain(
			tokenOf(links[0]),
		);
	});
});
