import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useSandbox } from './client';

const { sandbox, call, control } = useSandbox();
const target = { targetType: 'humans', ids: [540] };

/** A place where files are, and which of them were asked for. */
let server: Server;
let asked: string[];
const urlOf = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`;

beforeAll((done) => {
	server = createServer(({ url }, response) => {
		asked.push(url!);
		if (url === '/moved') response.writeHead(302, { location: '/picture' }).end();
		else response.writeHead(200, { 'content-type': 'image/png; x=y' }).end('abc');
	}).listen(0, '127.0.0.1', done);
});
afterAll((done) => void server.close(done));
beforeEach(() => void (asked = []));

const send = async (media: string) => (await call('POST', '/messages', { targets: [target], media })).status;

describe('the media of messages', () => {
	it('are left alone unless the settings say otherwise', async () => {
		expect(await send(urlOf('picture'))).toBe(200);
		expect(await sandbox().fetchedMedia()).toEqual([]);
		expect(asked).toEqual([]);
	});

	it('are fetched once for each request that was accepted, without following redirects', async () => {
		expect((await control('PUT', 'settings', { fetchMedia: true })).status).toBe(200);
		for (const url of [urlOf('picture'), urlOf('moved'), 'http://127.0.0.1:1/x', 'https://example.com/x']) {
			expect(await send(url)).toBe(200);
		}
		const { body } = await control('GET', 'media');
		expect(body).toEqual([
			{
				requestId: 'request00000001',
				status: 200,
				mimeType: 'image/png',
				bytes: 3,
				sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
			},
			expect.objectContaining({ requestId: 'request00000002', status: 302, bytes: 0 }),
			{ requestId: 'request00000003', status: null, mimeType: null, bytes: 0, sha256: '' },
		]);
		expect(asked).toEqual(['/picture', '/moved']);
	});
});
