import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { OpenAPIBackend, type Context, type Document } from 'openapi-backend';
import { parse } from 'yaml';
import { ApiError, type ApiAnswer, type ApiRequest } from './api';
import { describeViolations, stringFormats, type Violation } from './violations';

/** A request that conforms to the contract, in parts. Path parameters are decoded strings. */
export interface OperationInput<Body = unknown> {
	params: Record<string, string>;
	query: Record<string, unknown>;
	headers: IncomingHttpHeaders;
	body: Body;
}

/** Returns the body of a 2xx response, or throws an ApiError. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each operation names its own body type
export type OperationHandler = (input: OperationInput<any>) => unknown;

export interface ContractOptions {
	/** OpenAPI 3.1 file. */
	specFile: string;
	prefix: string;
	/** One handler for each operation of the contract, keyed `METHOD /path` as the contract spells them. */
	operations: Record<string, OperationHandler>;
	/** Called first. Throws an ApiError if the credentials are invalid. */
	authorize(request: ApiRequest): void;
	errorBody(status: number, description: string): unknown;
	/** The response to a request that violates the contract; default: 422 with the violations and their places. */
	refusal?(violations: Violation[]): ApiError;
	log(line: string): void;
}

/** Endpoints that a contract has and the sandbox lacks, or vice versa. */
export class ContractMismatch extends Error {
	constructor(
		readonly specFile: string,
		readonly unserved: string[],
		readonly undocumented: string[],
	) {
		const differences = [
			...unserved.map((endpoint) => `not served: ${endpoint}`),
			...undocumented.map((endpoint) => `not in the contract: ${endpoint}`),
		];
		super(`${specFile} and the sandbox differ: ${differences.join(', ')}`);
		this.name = 'ContractMismatch';
	}
}

/**
 * Serves the operations of a contract: authentication, routing, and validation of requests and of the sandbox's own
 * responses.
 *
 * @throws {ContractMismatch} immediately if contract and operations don't match one to one
 */
export async function serveContract(
	options: ContractOptions,
): Promise<(request: ApiRequest) => Promise<ApiAnswer>> {
	const { errorBody, log, refusal = unprocessable } = options;
	const backend = await loadBackend(options);

	const failure = (status: number, description: string): ApiAnswer => ({
		status,
		body: errorBody(status, description),
	});
	const refused = (error: ApiError) => failure(error.status, error.description);

	const run = (handler: OperationHandler, { request }: Context, status: number): ApiAnswer => {
		const { params, query, requestBody } = request;
		try {
			const { headers } = request;
			const input = { params: params as Record<string, string>, query, headers, body: requestBody };
			return { status, body: handler(input) };
		} catch (error) {
			if (error instanceof ApiError) return refused(error);
			throw error;
		}
	};

	for (const { operationId, method, path, responses = {} } of backend.router.getOperations()) {
		const handler = options.operations[`${method.toUpperCase()} ${path}`];
		// If the contract allows either: clients expect 200, so 201 tests them.
		const status = '201' in responses ? 201 : 200;
		backend.register(operationId as string, (context: Context) => run(handler, context, status));
	}

	backend.register({
		notFound: ({ request }) =>
			failure(404, `There is nothing at ${request.method.toUpperCase()} ${request.path}.`),
		validationFail: ({ validation }) => refused(refusal(validation.errors ?? [])),
		// A response that violates the contract is a bug in the sandbox, and must not go unnoticed.
		postResponseHandler: ({ operation, response }) => {
			const answer = response as ApiAnswer;
			if (!operation) return answer;
			const { errors } = backend.validateResponse(answer.body, operation, answer.status);
			if (!errors) return answer;
			const place = `${operation.method.toUpperCase()} ${operation.path}, status ${answer.status}`;
			log(`Response violates the contract (${place}): ${JSON.stringify(errors)}`);
			return failure(500, `The sandbox's own response violates the contract: ${place}.`);
		},
	});

	return async (request) => {
		const { method, path, headers, body } = request;
		try {
			options.authorize(request);
		} catch (error) {
			if (error instanceof ApiError) return refused(error);
			throw error;
		}
		if (body !== '' && !isJson(headers)) {
			return failure(
				400,
				'The request body must be JSON, sent with the header Content-Type: application/json.',
			);
		}
		let parsedBody: unknown;
		try {
			decodeURI(path);
			parsedBody = body === '' ? undefined : JSON.parse(body);
		} catch (error) {
			const what = error instanceof URIError ? 'address' : 'body';
			return failure(400, `The request ${what} is malformed: ${(error as Error).message}.`);
		}
		try {
			return await backend.handleRequest({
				method,
				path,
				headers: headers as Record<string, string | string[]>,
				body: parsedBody,
			});
		} catch (error) {
			// The body has been parsed by now; the router throws this for query parameters with JSON.
			if (error instanceof SyntaxError) return failure(422, 'A parameter in the query is not valid JSON.');
			log(`${method} ${path} failed: ${(error as Error).stack}`);
			return failure(500, 'The sandbox failed to process the request. Its log names the reason.');
		}
	};
}

function unprocessable(violations: Violation[]): ApiError {
	return new ApiError(422, describeViolations(violations));
}

async function loadBackend({ specFile, prefix, operations }: ContractOptions): Promise<OpenAPIBackend> {
	const definition = parse(await readFile(specFile, 'utf8')) as Document;
	const backend = new OpenAPIBackend({
		definition,
		apiRoot: prefix,
		// The slow start validates the document against the OpenAPI 3.0 schema, which a 3.1 document fails.
		quick: true,
		// The contract's schemas have been linted already; validating them again takes seconds.
		ajvOpts: { allErrors: true, strict: false, meta: false, validateSchema: false },
		customizeAjv: (ajv) => {
			for (const [name, format] of Object.entries(stringFormats)) ajv.addFormat(name, format);
			return ajv;
		},
	});
	await backend.init();
	// Credentials are checked before routing, so each scheme is already satisfied.
	for (const scheme of Object.keys(definition.components?.securitySchemes ?? {})) {
		backend.registerSecurityHandler(scheme, () => true);
	}

	const documented = backend.router
		.getOperations()
		.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
	const served = Object.keys(operations);
	const unserved = documented.filter((endpoint) => !served.includes(endpoint));
	const undocumented = served.filter((endpoint) => !documented.includes(endpoint));
	if (unserved.length + undocumented.length > 0) {
		throw new ContractMismatch(specFile, unserved, undocumented);
	}
	return backend;
}

function isJson(headers: IncomingHttpHeaders): boolean {
	return /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');
}
