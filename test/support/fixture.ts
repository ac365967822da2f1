import type { IDataObject } from 'n8n-workflow';
import type { PayloadFormat } from '../../nodes/transport/credential';
import type { Sandbox, SandboxOptions } from '../../sandbox/server';
import { startSandbox } from '../../sandbox/server';
import type { NodeOutcome, NodeRun } from './engine';
import { Engine } from './engine';
import { time, useHandTime } from './handSleep';
import { useWire, type Wire } from './wire';

/** The engines and the sandbox that they talk to, made for one test file. */
export interface Fixture {
	/** With a credential for nativeMsg. */
	engine: Engine;
	/** With credentials for NativeMessage, by their payload format. */
	ott: Record<PayloadFormat, Engine>;
	sandbox: Sandbox;
	/** The way to the sandbox, if the file asks for one on which things go wrong. */
	wire: Wire;
}

/** A credential for NativeMessage with an API key, except for the fields that are given here. */
export function ottCredential({ ottBaseUrl, apiKey }: Sandbox, others: IDataObject = {}): IDataObject {
	return {
		service: 'nativeMessage',
		authentication: 'apiKey',
		apiKey,
		nativeMessageUrl: ottBaseUrl,
		...others,
	};
}

export interface FixtureOptions extends SandboxOptions {
	/** Puts a wire between the engines and the sandbox. */
	wire?: boolean;
}

/**
 * Starts all before the tests of a file, brings the sandbox back to its first state before each, ends it after. Time
 * passes by hand, for nodes and sandbox alike: sleeping code wakes up immediately, at the end of its time.
 */
export function useFixture({ wire: isWired = false, ...options }: FixtureOptions = {}): Fixture {
	const fixture = {} as Fixture;
	useHandTime();
	if (isWired) fixture.wire = useWire(() => fixture.sandbox.url);
	beforeAll(async () => {
		const sandbox = await startSandbox({ now: time.now, ...options });
		fixture.sandbox = sandbox;
		const reached = (address: string) => (isWired ? address.replace(sandbox.url, fixture.wire.url) : address);
		const { token: accessToken } = sandbox;
		const baseUrl = reached(sandbox.baseUrl);
		fixture.engine = await Engine.start({ service: 'nativeMsg', accessToken, baseUrl });
		const ott = (payloadFormat: PayloadFormat) =>
			Engine.start(ottCredential(sandbox, { payloadFormat, nativeMessageUrl: reached(sandbox.ottBaseUrl) }));
		fixture.ott = { guide: await ott('guide'), reference: await ott('reference') };
	});
	beforeEach(() => fixture.sandbox.reset());
	afterAll(() => fixture.sandbox.close());
	return fixture;
}

/** Runs the node for NativeMessage with the credential of that payload format; without one, the other node. */
export function runNode(
	{ engine, ott }: Fixture,
	format: PayloadFormat | undefined,
	run: NodeRun,
): Promise<NodeOutcome> {
	return format ? ott[format].run({ ...run, node: 'nativeMsgOtt' }) : engine.run(run);
}
