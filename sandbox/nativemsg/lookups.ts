import { ApiError } from '../api';
import type { OperationHandler } from '../contract';
import { digitsOf, type Account } from './state';

/** The features of every number that can receive RCS. */
export const rcsFeatures = [
	'RICHCARD_STANDALONE',
	'RICHCARD_CAROUSEL',
	'ACTION_CREATE_CALENDAR_EVENT',
	'ACTION_DIAL',
	'ACTION_OPEN_URL',
	'ACTION_SHARE_LOCATION',
	'ACTION_VIEW_LOCATION',
];

const TOLL_FREE = /^(800|833|844|855|866|877|888)/;
const NORTH_AMERICAN = /^[2-9]\d{9}$/;

/** Requests 10 to 12 of the reference. All responses follow from the digits of the number. */
export function lookupOperations({ channels }: Account): Record<string, OperationHandler> {
	return {
		'GET /manage/rcs/capability/{10DLC}': ({ params }) => rcsCapability(params['10DLC']),

		'GET /manage/rcs/capability/{channel_id}/{10DLC}': ({ params }) => {
			const { id, channelType } = channels.get(params.channel_id);
			if (channelType !== 'rcs') throw new ApiError(422, `Channel #${id} is not an RCS channel.`);
			return rcsCapability(params['10DLC']);
		},

		'GET /manage/messaging/capability/{10DLC}': ({ params }) => capabilities(params['10DLC']),
	};
}

function rcsCapability(phone: string) {
	const rbmEnabled = rcsEnabled(phone);
	return { rbmEnabled, features: rbmEnabled ? rcsFeatures : [], name: null };
}

/** Numbers with an even last digit can receive RCS, except landlines. */
export function rcsEnabled(phone: string): boolean {
	return /[02468]$/.test(phone) && !isLandline(phone);
}

function isLandline(phone: string): boolean {
	return phone.endsWith('0198');
}

function capabilities(phone: string) {
	const digits = digitsOf(phone);
	const international = digits.length === 10 ? `1${digits}` : digits;
	const national = international.slice(1);
	const error = validationError(international);
	if (error) {
		return {
			callingCountryCode: null,
			countryCode: null,
			carrierName: null,
			mobileCountryCode: null,
			lineType: null,
			format: null,
			phoneNumber: `+${digits}`,
			valid: false,
			validationErrors: [error],
		};
	}
	const tollFree = TOLL_FREE.test(national);
	return {
		callingCountryCode: '1',
		countryCode: 'US',
		carrierName: tollFree ? null : 'Example Wireless',
		mobileCountryCode: tollFree ? null : '310',
		lineType: tollFree ? 'tollFree' : isLandline(digits) ? 'landline' : 'mobile',
		format: national.replace(/(...)(...)(....)/, '($1) $2-$3'),
		phoneNumber: `+${international}`,
		valid: true,
		validationErrors: [],
	};
}

/** Why a number isn't valid; the sandbox knows only North American numbers. */
function validationError(international: string): string | undefined {
	if (international.length < 11) return 'TOO_SHORT';
	if (!international.startsWith('1')) return 'INVALID_COUNTRY_CODE';
	if (international.length > 11) return 'TOO_LONG';
	return NORTH_AMERICAN.test(international.slice(1)) ? undefined : 'INVALID_BUT_POSSIBLE';
}
