import type { Service } from './services';
import { SERVICE_NAMES } from './services';

/** What the user can do about HTTP statuses, by status. */
export type Remedies = Record<number, string>;

const REMEDIES: Remedies = {
	400: 'Check the values of this item: {service} could not read the request.',
	403: "The credential is valid but doesn't have access. Ask the account owner for permission, or use the credential of the account that owns it.",
	404: 'Check the ID: it may be mistyped, deleted, or belong to another account.',
	408: '{service} waited too long for the request. Try again later.',
	409: "This conflicts with existing data, for example a name that's already in use. Get the current data first, then change this item.",
	413: 'The request is too large. Send fewer recipients or shorter content at a time.',
	422: '{service} understood the request but cannot process one of its values. Change the value named above in this item.',
	429: 'Too many requests in a short time. Run fewer items at a time (Loop Over Items with a Wait node), or try again later.',
};

const UNAUTHORIZED: Record<Service, string> = {
	nativeMsg:
		'Check the access token in the credential. Create tokens in the nativeMsg dashboard under Settings.',
	nativeMessage:
		'Check the credential. Create API keys in the NativeMessage dashboard under Settings > API Keys. Access tokens expire after 15 minutes.',
};

const OUTAGE: Record<Service, string> = {
	nativeMsg:
		'nativeMsg is temporarily unavailable. Try again later. If the problem continues, contact support@nativemsg.com.',
	nativeMessage:
		'NativeMessage is temporarily unavailable. Try again later. If the problem continues, contact its support.',
};

/** The documented error texts of NativeMessage that say more than the status. */
const KNOWN_TEXTS: Array<[text: RegExp, remedy: string]> = [
	[/invalid phone number format/i, 'Write the number with + and country code, such as +12015550123.'],
	[
		/insufficient balance/i,
		'Top up the balance of your NativeMessage account, then run the failed items again.',
	],
	[/account is not active/i, 'Ask NativeMessage to activate your account.'],
	[
		/pipeline processing failed/i,
		"Your account's routing or billing isn't set up. Ask NativeMessage to check it.",
	],
	[/invalid username or password/i, 'Check Username and Password in the credential.'],
];

/**
 * What a user can do about an HTTP error status.
 *
 * @param text the service's own words
 * @param special remedies of one operation, which take precedence over the general ones
 */
export function remedyFor(service: Service, status: number, text: string, special: Remedies = {}): string {
	const known = KNOWN_TEXTS.find(([pattern]) => pattern.test(text));
	if (known) return known[1];
	if (special[status]) return special[status];
	if (status === 401) return UNAUTHORIZED[service];
	if (status >= 500) return OUTAGE[service];
	const remedy = REMEDIES[status] ?? 'Check the values of this item.';
	return remedy.replace('{service}', SERVICE_NAMES[service]);
}

/** What to do if it is unknown whether a send or create went through. */
export function unknownOutcomeRemedy(service: Service): string {
	const name = SERVICE_NAMES[service];
	return `${name} may have processed this request before it failed. Check ${name} before you retry, to avoid duplicates.`;
}
