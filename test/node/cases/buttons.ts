import type { INodeParameters } from 'n8n-workflow';

/** A button or quick reply as the form stores it, with the object that the reference documents for it. */
export interface ButtonPair {
	form: INodeParameters;
	api: object;
}

const alike = (button: Record<string, string>): ButtonPair => ({ form: button, api: button });

export const webUrl = alike({ type: 'weburl', title: 'nativeMsg site', payload: 'http://nativemsg.com' });

export const postback = alike({
	type: 'postback',
	title: 'Postback',
	payload: 'POSTBACK_PAYLOAD',
	execute: 'Show menu',
});

export const call = alike({ type: 'call', title: 'Call', payload: '+18885776577' });

export const shareLocation = alike({ type: 'location', title: 'Where are you?' });

export const showAddress = alike({ type: 'viewLocation', title: 'Map', query: '1 Main Street, Newark' });

export const showCoordinates: ButtonPair = {
	form: {
		type: 'viewLocation',
		title: 'Map',
		latitude: '40.7357',
		longitude: '-74.1724',
		label: 'Our Store',
	},
	api: {
		type: 'viewLocation',
		title: 'Map',
		latLong: { latitude: 40.7357, longitude: -74.1724 },
		label: 'Our Store',
	},
};

/** The workflow's time zone is New York, five hours behind in winter. */
export const calendarEvent: ButtonPair = {
	form: {
		type: 'calendar',
		title: 'Save the date',
		eventTitle: 'Dental appointment',
		description: 'Bring your insurance card',
		startTime: '2026-12-01T10:00:00',
		endTime: '2026-12-01T17:30:00+01:00',
	},
	api: {
		type: 'calendar',
		title: 'Save the date',
		eventTitle: 'Dental appointment',
		description: 'Bring your insurance card',
		startTime: '2026-12-01T15:00:00.000Z',
		endTime: '2026-12-01T16:30:00.000Z',
	},
};

export const share = alike({ type: 'share' });

export const defaultAction = alike({ type: 'defaultAction', title: 'Go on', payload: 'on' });

export const textReply = alike({
	type: 'text',
	title: 'Payload and Image',
	payload: 'payload',
	imageUrl: 'http://nativemsg.com/assets/images/icon-con.png',
});

/** One of each type that the reference lists for buttons. */
export const everyButton = [
	webUrl,
	postback,
	call,
	shareLocation,
	showAddress,
	showCoordinates,
	calendarEvent,
	share,
	defaultAction,
];
