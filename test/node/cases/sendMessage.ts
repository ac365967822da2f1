import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { counts, type CaseItem, type OperationCase } from '../../support/cases';
import { storedFile } from '../../support/files';
import { FILE_LINK } from '../../support/links';
import {
	calendarEvent,
	everyButton,
	postback,
	share,
	showAddress,
	showCoordinates,
	textReply,
	webUrl,
	type ButtonPair,
} from './buttons';

const ICON = 'http://nativemsg.com/assets/images/icon-con.png';

const forms = (pairs: ButtonPair[]) => pairs.map(({ form }) => form);
const objects = (pairs: ButtonPair[]) => pairs.map(({ api }) => api);

const richCard = {
	cardOrientation: 'HORIZONTAL',
	cardWidth: 'SMALL',
	contentDescription: 'A pair of red shoes',
	forceRefresh: true,
	imageAlignment: 'RIGHT',
	mediaHeight: 'SHORT',
	thumbnailUrl: 'https://example.com/small.png',
};

const { cardWidth: _forCarousels, ...singleCard } = richCard;
const { cardOrientation: _forOneCard, imageAlignment: _forOneCardToo, ...inCarousel } = richCard;
const { cardWidth: _forAllCards, ...ofOneCard } = inCarousel;

const populate = { from: 'orders', attribute: 'item', allowInnerAttributes: true };

const toHumans = (...ids: number[]) => ({ targetType: 'humans', ids });
export const toPhone = (phone: string) => ({ targetType: 'phones', phones: [phone], channelId: 601 });

interface Body {
	targets: Array<{ targetType: string; phones?: string[]; ids?: number[] }>;
}

/** The recipients of a request: phones in E.164, others such as `human 540`. */
const namesIn = ({ targets }: Body) =>
	targets.flatMap(({ targetType, phones = [], ids = [] }) => [
		...phones.map((phone) => `+${phone.replace('+', '')}`),
		...ids.map((id) => `${targetType.replace(/s$/, '')} ${id}`),
	]);

/** What is known of the n-th send request. */
export const receipt = (body: object, index: number) => ({
	to: namesIn(body as Body).join(', '),
	status: 'accepted',
	requestId: `request0000000${index + 1}`,
});

/** The n-th send request since the sandbox started gets the n-th request ID. */
const sent = (json: IDataObject, body: object, index: number): CaseItem => ({
	json,
	request: 'POST /v1/messages',
	body,
	output: [{ ...receipt(body, index), ...counts(namesIn(body as Body).length) }],
});

/** A short text to a type of channel that sends SMS. */
const asSms = (item: CaseItem): CaseItem => ({
	...item,
	output: item.output.map((output) => ({ ...(output as IDataObject), smsParts: 1, smsEncoding: 'GSM-7' })),
});

const TEXT = '={{ $json.words }}';

/** A message of a type, filled in with these fields, sent to two humans in turn. */
function sendCase(
	title: string,
	messageType: string,
	fields: INodeParameters,
	content: object,
): OperationCase {
	return {
		title,
		parameters: {
			resource: 'message',
			operation: 'send',
			messageType,
			targetType: 'humans',
			ids: '={{ $json.id }}',
			...fields,
		},
		items: [
			{ id: 540, words: 'Hello Maria' },
			{ id: 541, words: 'Cześć Łukasz 🙂' },
		].map((json, index) => sent(json, { targets: [toHumans(json.id)], text: json.words, ...content }, index)),
	};
}

/** The same with a file in each item. */
const withFile = (one: OperationCase, name: string, mimeType: string): OperationCase => ({
	...one,
	items: one.items.map((item) => ({ ...item, files: { [name]: storedFile(mimeType) } })),
});

export const sendMessageCases: OperationCase[] = [
	{
		title: 'to phone numbers',
		isExample: true,
		parameters: {
			resource: 'message',
			operation: 'send',
			targetType: 'phones',
			phones: '={{ $json.phone }}',
			channelId: '={{ $json.channel }}',
			text: '=Hi {{ $json.name }}',
			messageType: 'text',
			additionalFields: {},
		},
		items: [
			sent(
				{ phone: '+1 (201) 555-0101', channel: 601, name: 'Ada' },
				{ targets: [toPhone('+12015550101')], text: 'Hi Ada' },
				0,
			),
			sent(
				{ phone: '+12015550102, 12015550103', channel: '602', name: 'all' },
				{
					targets: [{ targetType: 'phones', phones: ['+12015550102', '+12015550103'], channelId: 602 }],
					text: 'Hi all',
				},
				1,
			),
			sent(
				{ phone: [12015550104], channel: 601, name: 'Øyvind' },
				{ targets: [toPhone('+12015550104')], text: 'Hi Øyvind' },
				2,
			),
		],
	},
	...['humans', 'tags', 'channels'].map((targetType): OperationCase => {
		const [first, second] = { humans: [540, 542], tags: [4, 5], channels: [551, 601] }[targetType]!;
		return {
			title: `to ${targetType} that are subscribed`,
			parameters: {
				resource: 'message',
				operation: 'send',
				targetType,
				ids: '={{ $json.ids }}',
				text: 'Hello',
				messageType: 'text',
				additionalFields: { subscription: '={{ $json.onlySubscribed }}' },
				// Waiting has its own tests.
				options: {
					checkForChannels: ['dlc'],
					checkChosenChannels: false,
				},
				// An expression shows the fields of all its choices.
				delivery: { settings: { afterSending: "={{ 'dontWait' }}", waitSeconds: 5 } },
			},
			items: [
				sent(
					{ ids: `${first}, ${second}`, onlySubscribed: true },
					{ targets: [{ targetType, ids: [first, second], subscription: true }], text: 'Hello' },
					0,
				),
				sent(
					{ ids: [second], onlySubscribed: false },
					{ targets: [{ targetType, ids: [second], subscription: false }], text: 'Hello' },
					1,
				),
			].map(asSms),
		};
	}),
	{
		title: 'to recipients of several kinds',
		parameters: {
			resource: 'message',
			operation: 'send',
			targetType: 'humans',
			ids: '540',
			text: 'Hello',
			messageType: 'text',
			additionalFields: {
				subscription: true,
				targets: {
					target: [
						{ targetType: 'phones', phones: '={{ $json.phone }}', channelId: '601' },
						{ targetType: 'tags', ids: '={{ $json.tag }}' },
					],
				},
			},
		},
		items: [
			{ phone: '12015550101', tag: 4 },
			{ phone: '12015550102', tag: 5 },
		].map((json, index) =>
			sent(
				json,
				{
					targets: [
						{ ...toHumans(540), subscription: true },
						{ ...toPhone(`+${json.phone}`), subscription: true },
						{ targetType: 'tags', ids: [json.tag], subscription: true },
					],
					text: 'Hello',
				},
				index,
			),
		),
	},
	sendCase(
		'with media',
		'media',
		{
			mediaType: 'video',
			media: 'https://example.com/film.mp4',
			text: TEXT,
			additionalFields: {
				title: 'Film',
				quickReplies: { quickReply: forms([textReply, ...everyButton]) },
			},
		},
		{
			mediaType: 'video',
			media: 'https://example.com/film.mp4',
			title: 'Film',
			quickReplies: objects([textReply, ...everyButton]),
		},
	),
	withFile(
		sendCase(
			'with a file of the input',
			'media',
			{
				mediaFrom: 'binary',
				mediaFile: 'invoice',
				text: TEXT,
				options: { fileLifetime: 48 },
			},
			{ mediaType: 'file', media: FILE_LINK },
		),
		'invoice',
		'application/pdf',
	),
	withFile(
		sendCase(
			'with quick replies and a file of the input',
			'quickReplies',
			{
				text: TEXT,
				quickReplies: { quickReply: forms([textReply]) },
				additionalFields: { mediaType: 'image', mediaFile: 'data' },
			},
			{ quickReplies: objects([textReply]), mediaType: 'image', media: FILE_LINK },
		),
		'data',
		'image/png',
	),
	sendCase(
		'as a rich card',
		'richCard',
		{
			title: 'Order Update',
			mediaType: 'image',
			media: 'https://example.com/pictureOfSomething.png',
			text: TEXT,
			buttons: { button: forms([webUrl, postback]) },
			richCard: singleCard,
		},
		{
			title: 'Order Update',
			mediaType: 'image',
			media: 'https://example.com/pictureOfSomething.png',
			buttons: objects([webUrl, postback]),
			richCard: singleCard,
		},
	),
	sendCase(
		'as a rich card with its defaults',
		'richCard',
		{ title: 'Card', mediaType: 'image', media: '', text: TEXT, richCard: {} },
		{ title: 'Card', richCard: {} },
	),
	sendCase(
		'with buttons of every type',
		'buttons',
		{
			text: TEXT,
			buttons: { button: forms(everyButton) },
			additionalFields: { mediaType: 'image', media: 'https://example.com/picture.png' },
		},
		{ buttons: objects(everyButton), mediaType: 'image', media: 'https://example.com/picture.png' },
	),
	sendCase(
		'with quick replies of every type',
		'quickReplies',
		{ text: TEXT, quickReplies: { quickReply: forms([textReply, ...everyButton]) } },
		{ quickReplies: objects([textReply, ...everyButton]) },
	),
	sendCase(
		'with buttons and quick replies from attributes',
		'buttons',
		{ text: TEXT, additionalFields: { populateButtons: populate, populateQuickReplies: populate } },
		{ populateButtons: populate, populateQuickReplies: populate },
	),
	sendCase(
		'as a carousel',
		'carousel',
		{
			additionalFields: { text: TEXT, richCard: inCarousel },
			carousel: {
				card: [
					{
						title: 'Title 1',
						subtitle: 'Subtitle of 1',
						imageUrl: ICON,
						additionalFields: {
							buttons: { button: forms([webUrl, postback, share]) },
							payload: 'http://nativemsg.com',
							richCard: ofOneCard,
						},
					},
					{
						title: 'Title 2',
						additionalFields: {
							buttons: { button: forms([calendarEvent, showAddress, showCoordinates]) },
						},
					},
				],
			},
		},
		{
			carousel: [
				{
					title: 'Title 1',
					subtitle: 'Subtitle of 1',
					imageUrl: ICON,
					defaultAction: { type: 'weburl', payload: 'http://nativemsg.com' },
					buttons: objects([webUrl, postback, share]),
					richCard: ofOneCard,
				},
				{ title: 'Title 2', buttons: objects([calendarEvent, showAddress, showCoordinates]) },
			],
			richCard: inCarousel,
		},
	),
	sendCase(
		'as a list',
		'list',
		{
			additionalFields: { text: TEXT, buttons: { button: forms(everyButton) } },
			list: {
				entry: [
					{
						title: 'Shoes',
						subtitle: 'From $49',
						imageUrl: ICON,
						additionalFields: {
							button: { button: calendarEvent.form },
							payload: 'https://example.com/shoes',
						},
					},
					{ title: 'Hats', additionalFields: { button: { button: showAddress.form } } },
					{ title: 'Bags', additionalFields: { button: { button: showCoordinates.form } } },
					{ title: 'Belts', additionalFields: { button: { button: postback.form } } },
				],
			},
		},
		{
			list: [
				{
					title: 'Shoes',
					subtitle: 'From $49',
					imageUrl: ICON,
					defaultAction: { type: 'weburl', payload: 'https://example.com/shoes' },
					button: calendarEvent.api,
				},
				{ title: 'Hats', button: showAddress.api },
				{ title: 'Bags', button: showCoordinates.api },
				{ title: 'Belts', button: postback.api },
			],
			buttons: objects(everyButton),
		},
	),
	{
		title: 'from JSON',
		parameters: {
			resource: 'message',
			operation: 'send',
			messageType: 'json',
			messageJson: '={{ $json.message }}',
		},
		items: [
			sent(
				{ message: { text: 'As an object', targets: [toHumans(540)] } },
				{ text: 'As an object', targets: [toHumans(540)] },
				0,
			),
			sent(
				{ message: '{ "title": "As text", "targets": [{ "targetType": "tags", "ids": [4] }] }' },
				{ title: 'As text', targets: [{ targetType: 'tags', ids: [4] }] },
				1,
			),
		],
	},
];
