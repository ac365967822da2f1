import type { IHttpRequestOptions } from 'n8n-workflow';
import { callContract } from './contract';
import type { Endpoint } from './endpoint';
import type { JsonObject } from './json';
import { isAbsent } from './json';
import { readBody } from './response';
import type { Service } from './services';
import { endingInTime, TIMEOUT_MS } from './timeLimit';
import { trimmedUrl } from './url';

/** A request that every account may make, and fields of its records. */
const CHECKS: Record<Service, { endpoint: Endpoint; telling: string[] }> = {
	nativeMsg: { endpoint: 'GET /channels/types', telling: ['name', 'description'] },
	nativeMessage: { endpoint: 'GET /auth/me', telling: ['id', 'username', 'email'] },
};

/** The request that checks whether a service's API responds. */
export function checkRequest(service: Service, baseUrl: string): IHttpRequestOptions {
	const [, path] = CHECKS[service].endpoint.split(' ');
	return endingInTime({
		method: 'GET',
		url: trimmedUrl(baseUrl) + path,
		json: true,
		disableFollowRedirect: true,
		timeout: TIMEOUT_MS,
	});
}

/** Whether the body of a successful response to that request looks like the API's: channel types, or a user. */
export function looksLikeApi(service: Service, body: unknown): boolean {
	const { endpoint, telling } = CHECKS[service];
	try {
		const response = { statusCode: 200, headers: {}, body };
		const records = [readBody(response, 'GET', callContract(endpoint)).body].flat() as JsonObject[];
		return records.length > 0 && records.every((record) => telling.some((name) => !isAbsent(record[name])));
	} catch {
		return false;
	}
}
