import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeProperties,
} from 'n8n-workflow';
import { ICredentialsHelper } from 'n8n-workflow';

/** The one credential of a test. n8n's own helper lives in the server package and needs its database. */
export class CredentialStore extends ICredentialsHelper {
	private reads = 0;

	constructor(
		private readonly type: ICredentialType,
		private readonly data: IDataObject,
	) {
		super();
	}

	stored(): IDataObject {
		return { ...this.data };
	}

	takeReads(): number {
		const { reads } = this;
		this.reads = 0;
		return reads;
	}

	async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		this.reads += 1;
		// n8n fills in the defaults of fields that were not entered.
		const defaults = Object.fromEntries(this.type.properties.map((field) => [field.name, field.default]));
		return { ...defaults, ...this.data } as ICredentialDataDecryptedObject;
	}

	/** Applies the credential type's own `authenticate`. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_typeName: string,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		if (typeof this.type.authenticate !== 'function')
			throw new Error('The credential type authenticates by code');
		return await this.type.authenticate(credentials, requestOptions);
	}

	/** As n8n does it: logs in when there is no token yet or the last one was refused, and keeps the new one. */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		_typeName: string,
		_node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const field = this.type.properties.find(({ typeOptions }) => typeOptions?.expirable === true)!;
		if (credentials[field.name] !== '' && !credentialsExpired) return undefined;
		const output = (await this.type.preAuthentication!.call(helpers, credentials)) as IDataObject;
		if (output[field.name] === undefined) return undefined;
		Object.assign(this.data, output);
		return Object.assign(credentials, output) as ICredentialDataDecryptedObject;
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	getCredentialsProperties(): INodeProperties[] {
		return this.type.properties;
	}

	async getCredentials(): Promise<never> {
		throw new Error('Tests hold decrypted credentials only');
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}
}
