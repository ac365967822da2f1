import type { Sandbox, SandboxOptions } from '../../../sandbox/server';
import { Engine } from '../../support/engine';
import { ottCredential, useFixture } from '../../support/fixture';
import type { Wire } from './wire';
import { useWire } from './wire';

/** Engines whose requests reach the sandbox by way of a wire. */
export interface WiredFixture {
	/** With a credential for nativeMsg. */
	engine: Engine;
	/** With one for NativeMessage, in the payload format of the guide. */
	ott: Engine;
	sandbox: Sandbox;
	wire: Wire;
}

/** Starts all before the tests of a file, brings it back to the first state before each, ends it after. */
export function useWiredFixture(options?: SandboxOptions): WiredFixture {
	const fixture = useFixture(options);
	const wire = useWire(() => fixture.sandbox.url);
	const wired = { wire } as WiredFixture;
	beforeAll(async () => {
		const { sandbox } = fixture;
		const { token: accessToken, url, baseUrl, ottBaseUrl } = sandbox;
		const overWire = (address: string) => address.replace(url, wire.url);
		wired.sandbox = sandbox;
		wired.engine = await Engine.start({ service: 'nativeMsg', accessToken, baseUrl: overWire(baseUrl) });
		wired.ott = await Engine.start(ottCredential(sandbox, { nativeMessageUrl: overWire(ottBaseUrl) }));
	});
	return wired;
}
