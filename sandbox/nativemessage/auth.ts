import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { ApiError, type ApiRequest } from '../api';
import type { OperationHandler, OperationInput } from '../contract';
import type { SandboxSettings } from '../settings';
import { TENANT_ID } from './state';

/** What the sandbox accepts, in addition to the access tokens of its logins. */
export interface Credentials {
	/** An access token that never expires. */
	token: string;
	apiKey: string;
	/** Of the user `sandbox`. */
	password: string;
}

interface LoginBody {
	username: string;
	password: string;
	tenant_id?: string;
}

const REFRESH_TOKEN_MS = 7 * 24 * 60 * 60 * 1000;
const PUBLIC_PATHS = ['/auth/login', '/auth/refresh'];
const CREATED = '2026-01-15T08:00:00Z';

const user = {
	id: 'user_sandbox',
	account_id: 'account_sandbox',
	tenant_id: TENANT_ID,
	username: 'sandbox',
	email: 'sandbox@example.com',
	role: 'admin',
	permissions: ['messages.send', 'campaigns.manage', 'contacts.manage'],
	status: 'active',
	created_at: CREATED,
	updated_at: CREATED,
};

/** The only user, with their tokens. */
export class Authentication {
	/** When each token expires, in milliseconds since 1970. */
	private readonly accessTokens = new Map<string, number>();
	private readonly refreshTokens = new Map<string, number>();

	constructor(
		private readonly credentials: Credentials,
		private readonly settings: SandboxSettings,
		private readonly now: () => number,
	) {}

	readonly operations: Record<string, OperationHandler> = {
		'POST /auth/login': ({ body }: OperationInput<LoginBody>) => {
			const { username, password, tenant_id = TENANT_ID } = body;
			if (username !== user.username || password !== this.credentials.password || tenant_id !== TENANT_ID) {
				throw new ApiError(401, 'invalid username or password');
			}
			return {
				access_token: this.issueAccessToken(),
				refresh_token: this.issue(this.refreshTokens, 'refresh', REFRESH_TOKEN_MS),
				expires_in: Math.floor(this.settings.accessTokenMs / 1000),
				user,
			};
		},

		// The guide puts the refresh token in the Authorization header, the reference in the body.
		'POST /auth/refresh': ({ headers, body }: OperationInput<{ refresh_token: string } | undefined>) => {
			const token = body?.refresh_token ?? bearerToken(headers);
			if (!this.isValid(this.refreshTokens, token)) {
				throw new ApiError(401, 'the refresh token is missing, wrong or expired');
			}
			return { access_token: this.issueAccessToken(), refresh_token: token };
		},

		'GET /auth/me': () => user,
	};

	/**
	 * @param path after the API's prefix
	 * @throws ApiError 401 unless the request carries a valid credential or needs none
	 */
	authorize({ headers }: ApiRequest, path: string): void {
		if (PUBLIC_PATHS.includes(path) || headers['x-api-key'] === this.credentials.apiKey) return;
		const token = bearerToken(headers);
		if (token === this.credentials.token || this.isValid(this.accessTokens, token)) return;
		throw new ApiError(401, 'the access token or API key is missing, wrong or expired');
	}

	reset(): void {
		this.accessTokens.clear();
		this.refreshTokens.clear();
	}

	private issueAccessToken(): string {
		return this.issue(this.accessTokens, 'access', this.settings.accessTokenMs);
	}

	private issue(tokens: Map<string, number>, kind: string, lifetimeMs: number): string {
		const token = `${kind}-${randomUUID()}`;
		tokens.set(token, this.now() + lifetimeMs);
		return token;
	}

	private isValid(tokens: Map<string, number>, token = ''): boolean {
		return this.now() < (tokens.get(token) ?? 0);
	}
}

function bearerToken({ authorization = '' }: IncomingHttpHeaders): string | undefined {
	return /^Bearer (.+)$/.exec(authorization)?.[1];
}
