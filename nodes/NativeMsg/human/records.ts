import { keepFields } from '../../operations/records';

/** The fields that most workflows need, out of two dozen. */
export const simpleHuman = keepFields(
	'id',
	'name',
	'firstName',
	'lastName',
	'phoneNumber',
	'email',
	'company',
	'botEnabled',
	'subscribedChannels',
	'customFields',
);
