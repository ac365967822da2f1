import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { scryptSync } from 'node:crypto';
import type { Sandbox, SandboxOptions } from '../../sandbox/server';
import { startSandbox } from '../../sandbox/server';
import { loadPackage } from './loader';
import { TriggerHarness, type TriggerOptions } from './triggerHarness';

/** A receiver's response. */
export interface Answer {
	status: number;
	body: string;
}

/** A test's trigger and the sandbox that sends events to it. */
export interface TriggerFixture {
	sandbox: Sandbox;
	trigger: TriggerHarness;
	/** Starts the trigger anew, with other options than those of the file. */
	start(options: Partial<TriggerOptions>): Promise<TriggerHarness>;
	/** Sends a control request to the sandbox. @throws Error if it refuses */
	control<Result = unknown>(method: string, path: string, body?: object): Promise<Result>;
	/** Has the sandbox make one delivery: see its control `deliver`. */
	deliver(order: IDataObject): Promise<Answer>;
	/** What deliveries are signed with: the secret of the registration that n8n keeps, or that of the credential. */
	secret(): string;
	/** Simulates an incoming message, and waits until all its events are delivered. */
	receive(message: IDataObject): Promise<void>;
}

export const SECRET = 'secret-of-the-dashboard-1';

/** What the credential form holds for each service, webhook secret included. */
function credentialFor(service: string, { baseUrl, ottBaseUrl, token, apiKey }: Sandbox): IDataObject {
	return service === 'nativeMsg'
		? { service, accessToken: token, baseUrl, webhookSecret: SECRET }
		: { service, authentication: 'apiKey', apiKey, nativeMessageUrl: ottBaseUrl };
}

/** Starts the sandbox for a file and, before each of its tests, a trigger with the given parameters. */
export function useTrigger(
	service: 'nativeMsg' | 'nativeMessage',
	parameters: INodeParameters = {},
	options: SandboxOptions = {},
): TriggerFixture {
	const fixture = {} as TriggerFixture;

	fixture.start = async (changed) => {
		await fixture.trigger?.close();
		const credential = credentialFor(service, fixture.sandbox);
		fixture.trigger = await TriggerHarness.start({ credential, parameters, ...changed });
		return fixture.trigger;
	};

	fixture.control = async <Result>(method: string, path: string, body?: object) => {
		const response = await fetch(`${fixture.sandbox.url}/__sandbox/${path}`, {
			method,
			body: JSON.stringify(body),
		});
		const answer = (await response.json()) as Result & { error?: string };
		if (!response.ok) throw new Error(answer.error);
		return answer;
	};

	fixture.deliver = async (order) => {
		const answer = await fixture.control<Answer>('POST', 'deliver', order);
		await fixture.trigger.idle();
		return answer;
	};

	fixture.secret = () => {
		const { trigger } = fixture;
		const { registration } = trigger.staticData() as { registration?: { salt: string } };
		if (!registration) return SECRET;
		return scryptSync(String(trigger.credential.apiKey), registration.salt, 48)
			.subarray(0, 32)
			.toString('hex');
	};

	fixture.receive = async (message) => {
		await fixture.control('POST', 'inbound-message', { service, ...message });
		await fixture.sandbox.webhooks.idle();
		await fixture.trigger.idle();
	};

	beforeAll(async () => {
		await loadPackage();
		fixture.sandbox = await startSandbox({ stepMs: 5, retryMs: 5, ...options });
	});
	beforeEach(async () => {
		fixture.sandbox.reset();
		await fixture.start({});
	});
	afterAll(async () => {
		await fixture.trigger.close();
		await fixture.sandbox.close();
	});
	return fixture;
}
