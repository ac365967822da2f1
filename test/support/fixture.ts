import type { Sandbox, SandboxOptions } from '../../sandbox/server';
import { startSandbox } from '../../sandbox/server';
import { Engine } from './engine';

/** The engine and the sandbox that it talks to, made for one test file. */
export interface Fixture {
	engine: Engine;
	sandbox: Sandbox;
}

/** Starts both before the tests of a file, brings the sandbox back to its first state before each, ends it after. */
export function useFixture(options: SandboxOptions = {}): Fixture {
	const fixture = {} as Fixture;
	beforeAll(async () => {
		fixture.sandbox = await startSandbox(options);
		const { token, baseUrl } = fixture.sandbox;
		fixture.engine = await Engine.start({ service: 'nativeMsg', accessToken: token, baseUrl });
	});
	beforeEach(() => fixture.sandbox.reset());
	afterAll(() => fixture.sandbox.close());
	return fixture;
}
