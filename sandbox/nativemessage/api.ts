import { STATUS_CODES } from 'node:http';
import { join } from 'node:path';
import { ApiError, type ApiAnswer, type ApiRequest, type SandboxApi } from '../api';
import { serveContract } from '../contract';
import type { SandboxSettings } from '../settings';
import type { Deliveries } from '../webhooks';
import { describeViolations, ofClosestShape, type Violation } from '../violations';
import { Authentication, type Credentials } from './auth';
import { channelOperations } from './channels';
import { messageOperations } from './messages';
import { RateLimiter } from './rateLimit';
import { ottReport, type OttReport } from './report';
import { seed } from './seed';
import { Tenant } from './state';
import { subscriptionOperations } from './subscriptions';
import { templateOperations } from './templates';
import { endpointOf, receive } from './webhooks';

const PREFIX = '/api/v1';
const SPEC_FILE = join(__dirname, '../../spec/nativemessage.openapi.yaml');
const PHONE_PLACES = ['/requestBody/destination', '/requestBody/to'];

/** Texts from NativeMessage's documentation. */
const knownErrors: Record<number, string> = {
	403: 'account is not active',
	429: 'rate limit exceeded',
	500: 'pipeline processing failed',
};

export interface NativeMessageApiOptions extends Credentials {
	/** Read at each use, so that changes take effect immediately. */
	settings: SandboxSettings;
	deliveries: Deliveries;
	log(line: string): void;
	/** Milliseconds since 1970. */
	now(): number;
}

export interface NativeMessageApi extends SandboxApi {
	report(): OttReport;
	/** Notes that a user wrote. @param at milliseconds since 1970, default now */
	markInbound(destination: string, at?: number): void;
}

/** The simulated NativeMessage API: one tenant with one user, kept in memory. */
export async function createNativeMessageApi(options: NativeMessageApiOptions): Promise<NativeMessageApi> {
	const { settings, deliveries, log, now } = options;
	const tenant = new Tenant(seed, now);
	const authentication = new Authentication(options, settings, now);
	const limiter = new RateLimiter(settings, now);
	const handleAllowed = await serveContract({
		specFile: SPEC_FILE,
		prefix: PREFIX,
		operations: {
			...authentication.operations,
			...channelOperations(tenant),
			...subscriptionOperations(tenant, settings, deliveries),
			...templateOperations(tenant, settings),
			...messageOperations(tenant, settings, deliveries),
		},
		authorize: (request) =>
			authentication.authorize(request, request.path.split('?')[0].slice(PREFIX.length)),
		errorBody,
		refusal,
		log,
	});

	const handle = async (request: ApiRequest): Promise<ApiAnswer> => {
		const { allowed, headers } = limiter.count();
		const answer = allowed ? await handleAllowed(request) : { status: 429, body: errorBody(429) };
		return { ...answer, headers };
	};

	return {
		prefix: PREFIX,
		handle,
		errorBody,
		reset: () => {
			tenant.reset();
			authentication.reset();
			limiter.reset();
		},
		webhooks: () => tenant.subscriptions.list().map(endpointOf),
		receive: (message) => receive(tenant, deliveries, message),
		report: () => ottReport(tenant, limiter.report()),
		markInbound: (destination, at = now()) => {
			tenant.lastInbound.set(destination, at);
		},
	};
}

function errorBody(status: number, description?: string): { error: string } {
	return { error: description ?? knownErrors[status] ?? (STATUS_CODES[status] ?? 'Unknown').toLowerCase() };
}

/** 400, with NativeMessage's own words if only the phone number is wrong. */
function refusal(violations: Violation[]): ApiError {
	const onlyPhone = ofClosestShape(violations).every(({ instancePath }) =>
		PHONE_PLACES.includes(instancePath),
	);
	return new ApiError(400, onlyPhone ? 'invalid phone number format' : describeViolations(violations));
}
