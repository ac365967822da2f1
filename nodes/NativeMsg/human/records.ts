import { keepFields } from '../../operations/records';

/** What most workflows need of the two dozen fields of a human. */
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
