import type { IDataObject } from 'n8n-workflow';
import type { PayloadFormat } from '../../nodes/transport/credential';
import type { Sandbox, SandboxOptions } from '../../sandbox/server';
import { startSandbox } from '../../sandbox/server';
import type { NodeOutcome, NodeRun } from './engine';
import { Engine } from './engine';

/** The engines and the sandbox that they talk to, made for one test file. */
export interface Fixture {
	/** With a credential for nativeMsg. */
	engine: Engine;
	/** With credentials for NativeMessage, by their payload format. */
	ott: Record<PayloadFormat, Engine>;
	sandbox: Sandbox;
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

/** Starts all before the tests of a file, brings the sandbox back to its first state before each, ends it after. */
export function useFixture(options: SandboxOptions = {}): Fixture {
	const fixture = {} as Fixture;
	beforeAll(async () => {
		const sandbox = await startSandbox(options);
		const { token, baseUrl } = sandbox;
		fixture.sandbox = sandbox;
		fixture.engine = await Engine.start({ service: 'nativeMsg', accessToken: token, baseUrl });
		fixture.ott = {
			guide: await Engine.start(ottCredential(sandbox, { payloadFormat: 'guide' })),
			reference: await Engine.start(ottCredential(sandbox, { payloadFormat: 'reference' })),
		};
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
