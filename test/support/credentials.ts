import type {
	IAuthenticateGeneric,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeProperties,
	Workflow,
} from 'n8n-workflow';
import { ICredentialsHelper, Workflow as WorkflowClass } from 'n8n-workflow';

/** The one credential of a test. n8n's own helper lives in the server package and needs its database. */
export class CredentialStore extends ICredentialsHelper {
	private reads = 0;

	constructor(
		private readonly type: ICredentialType,
		private readonly data: IDataObject,
	) {
		super();
	}

	takeReads(): number {
		const { reads } = this;
		this.reads = 0;
		return reads;
	}

	async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		this.reads += 1;
		return { ...this.data } as ICredentialDataDecryptedObject;
	}

	/** Applies the credential type's own `authenticate`, its expressions evaluated by n8n. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_typeName: string,
		requestOptions: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const { properties } = this.type.authenticate as IAuthenticateGeneric;
		const headers = Object.entries(properties.headers ?? {}).map(([name, value]) => [
			name,
			workflow.expression.getSimpleParameterValue(node, value as string, 'internal', {
				$credentials: credentials as never,
			}),
		]);
		return { ...requestOptions, headers: { ...requestOptions.headers, ...Object.fromEntries(headers) } };
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	getCredentialsProperties(): INodeProperties[] {
		return this.type.properties;
	}

	async getCredentials(): Promise<never> {
		throw new Error(`${WorkflowClass.name} tests hold decrypted credentials only`);
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}
}
