/** The two services behind the one credential type, by the value stored in it. */
export type Service = 'nativeMsg' | 'nativeMessage';

/** The name of each service, in messages and in the credential's "Service" field. */
export const SERVICE_NAMES: Record<Service, string> = {
	nativeMsg: 'nativeMsg',
	nativeMessage: 'NativeMessage',
};
