import { Engine } from '../../support/engine';

export const TOKEN = 'token-of-the-hostile-suite';
export const KEY = 'key-of-the-hostile-suite';
/** Must appear only in the headers of a request. */
export const SECRETS = [TOKEN, KEY];

type Engines = Record<'nativeMsg' | 'guide' | 'reference', Engine>;

/** Starts, before the tests of a file, an engine for each kind of credential, with one Base URL for all. */
export function useEngines(server: { url: string }): Engines {
	const engines = {} as Engines;
	beforeAll(async () => {
		const ott = {
			service: 'nativeMessage',
			authentication: 'apiKey',
			apiKey: KEY,
			nativeMessageUrl: server.url,
		};
		engines.nativeMsg = await Engine.start({ service: 'nativeMsg', accessToken: TOKEN, baseUrl: server.url });
		engines.guide = await Engine.start({ ...ott, payloadFormat: 'guide' });
		engines.reference = await Engine.start({ ...ott, payloadFormat: 'reference' });
	});
	return engines;
}
