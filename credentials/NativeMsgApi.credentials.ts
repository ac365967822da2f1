import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

export class NativeMsgApi implements ICredentialType {
	name = 'nativeMsgApi';

	displayName = 'NativeMsg API';

	documentationUrl = 'https://github.com/nativemsg/n8n-nodes-nativemsg#credential';

	icon: Icon = { light: 'file:../icons/nativemsg.svg', dark: 'file:../icons/nativemsg.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Service',
			name: 'service',
			type: 'options',
			options: [
				{
					name: 'nativeMsg',
					value: 'nativeMsg',
					description: 'SMS, RCS, Facebook, web chat and bots at api.nativemsg.com',
				},
			],
			default: 'nativeMsg',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Made in your nativeMsg account under Settings. It never expires, so keep it secret.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.nativemsg.com/v1',
			description: 'Change it only when nativeMsg gave you another address, or to try the local sandbox',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				Authorization: '=Bearer {{ $credentials.accessToken }}',
			},
		},
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.replace(/[/]+$/, "") }}',
			url: '/channels/types',
		},
	};
}
