import { counts, type OperationCase } from '../../support/cases';
import { dateTime, facebookChannel, longCodeChannel, rcsChannel, webChannel, simpleChannel } from './records';

const channelTypes = [
	{ name: 'dsc', description: 'Short Code SMS/MMS' },
	{ name: 'dlc', description: 'Long Code SMS/MMS' },
	{ name: 'fb', description: 'Facebook' },
	{ name: 'twr', description: 'Twitter' },
	{ name: 'alx', description: 'Alexa' },
	{ name: 'web', description: 'Web Chat' },
	{ name: 'rcs', description: 'RCS' },
	{ name: 'bmp', description: 'BMP' },
];

const unknownChannel = { json: { id: 999 }, error: 'Channel #999 does not exist' };

export const channelCases: OperationCase[] = [
	{
		title: 'with nothing but the required fields',
		parameters: {
			resource: 'channel',
			operation: 'create',
			channelType: 'dlc',
			name: '={{ $json.title }}',
			botId: '451',
			additionalFields: {},
		},
		items: ['Service Line', 'Sales Line'].map((title, index) => ({
			json: { title },
			request: 'POST /v1/channels',
			body: { channelType: 'dlc', name: title, botId: 451 },
			output: [
				{
					id: 701 + index,
					channelType: 'dlc',
					botId: 451,
					name: title,
					description: null,
					test: false,
					phoneType: 0,
					countryCode: null,
					dateCreated: dateTime,
					connections: [],
				},
			],
		})),
	},
	{
		title: 'with every field',
		parameters: {
			resource: 'channel',
			operation: 'create',
			channelType: '={{ $json.kind }}',
			name: '={{ $json.title }}',
			botId: '={{ $json.bot }}',
			additionalFields: {
				token: 'page-token',
				countryCode: 'CA',
				description: '={{ $json.title }} in Canada',
				fallbackId: '801',
				user: '8273428734',
				phoneNumber: '+1 (201) 555-0123',
				phoneType: 2,
				data: '{ "brand": { "verified": true } }',
			},
		},
		items: [
			{ json: { kind: 'bmp', title: 'Orders', bot: 451 }, id: 701, botId: 451 },
			{ json: { kind: 'fb', title: 'Page', bot: '452' }, id: 702, botId: 452 },
		].map(({ json, id, botId }) => ({
			json,
			request: 'POST /v1/channels',
			body: {
				channelType: json.kind,
				name: json.title,
				botId,
				token: 'page-token',
				countryCode: 'CA',
				description: `${json.title} in Canada`,
				fallbackId: 801,
				user: '8273428734',
				phoneNumber: '+12015550123',
				phoneType: 2,
				data: { brand: { verified: true } },
			},
			output: [
				{
					id,
					channelType: json.kind,
					botId,
					name: json.title,
					description: `${json.title} in Canada`,
					test: false,
					user: '8273428734',
					phoneType: 2,
					countryCode: 'CA',
					fallbackId: 801,
					dateCreated: dateTime,
					connections: [],
				},
			],
		})),
	},
	{
		title: 'one each',
		parameters: { resource: 'channel', operation: 'delete', channelId: '={{ $json.id }}' },
		items: [602, 603].map((id) => ({
			json: { id },
			request: `DELETE /v1/channels/${id}`,
			output: [{ deleted: true }],
		})),
		unknownId: unknownChannel,
	},
	{
		title: 'one each',
		parameters: { resource: 'channel', operation: 'get', simplify: false, channelId: '={{ $json.id }}' },
		items: [facebookChannel, longCodeChannel].map((channel) => ({
			json: { id: channel.id },
			request: `GET /v1/channels/${channel.id}`,
			output: [{ ...channel, test: false, connections: [] }],
		})),
		unknownId: unknownChannel,
	},
	{
		title: 'with the most needed fields',
		parameters: { resource: 'channel', operation: 'get', channelId: '={{ $json.id }}', simplify: true },
		items: [facebookChannel, longCodeChannel].map((channel) => ({
			json: { id: channel.id },
			request: `GET /v1/channels/${channel.id}`,
			output: [simpleChannel(channel)],
		})),
	},
	{
		title: 'all, with the most needed fields',
		parameters: { resource: 'channel', operation: 'getMany', returnAll: true, simplify: true, filters: {} },
		items: [1, 2].map((number) => ({
			json: { number },
			request: 'GET /v1/channels',
			output: [facebookChannel, longCodeChannel, rcsChannel, webChannel].map(simpleChannel),
		})),
	},
	{
		title: 'of one bot, up to a limit',
		parameters: {
			resource: 'channel',
			operation: 'getMany',
			simplify: false,
			returnAll: false,
			limit: '={{ $json.most }}',
			filters: { botId: '={{ $json.bot }}' },
		},
		items: [
			{ json: { bot: 451, most: 1 }, request: 'GET /v1/channels?bot_id=451', output: [facebookChannel] },
			{
				json: { bot: 452, most: 9 },
				request: 'GET /v1/channels?bot_id=452',
				output: [rcsChannel, webChannel],
			},
		],
	},
	{
		title: 'all',
		parameters: { resource: 'channel', operation: 'getMany', simplify: false, returnAll: true, filters: {} },
		items: [1, 2].map((number) => ({
			json: { number },
			request: 'GET /v1/channels',
			output: [facebookChannel, longCodeChannel, rcsChannel, webChannel],
		})),
	},
	{
		title: 'how many',
		parameters: { resource: 'channel', operation: 'getSubscription', channelId: '={{ $json.id }}' },
		items: [
			{
				json: { id: 551 },
				request: 'GET /v1/channels/551/subscription',
				output: [{ channelId: 551, subscribedHumansCount: 2 }],
			},
			{
				json: { id: 603 },
				request: 'GET /v1/channels/603/subscription',
				output: [{ channelId: 603, subscribedHumansCount: 0 }],
			},
		],
		unknownId: unknownChannel,
	},
	{
		title: 'the list, for each item',
		parameters: { resource: 'channel', operation: 'getTypes' },
		items: [1, 2].map((number) => ({
			json: { number },
			request: 'GET /v1/channels/types',
			output: channelTypes,
		})),
	},
	{
		title: 'from text and from a list',
		parameters: {
			resource: 'channel',
			operation: 'subscribeHumans',
			channelId: '={{ $json.id }}',
			humanIds: '={{ $json.people }}',
		},
		items: [
			{
				json: { id: 603, people: '542, 545' },
				request: 'POST /v1/channels/603/subscribe',
				body: { humanIds: [542, 545] },
				output: [{ channelId: 603, subscribedHumansCount: 2, ...counts(2) }],
			},
			{
				json: { id: 601, people: [544] },
				request: 'POST /v1/channels/601/subscribe',
				body: { humanIds: [544] },
				output: [{ channelId: 601, subscribedHumansCount: 1, ...counts() }],
			},
		],
		unknownId: unknownChannel,
	},
	{
		title: 'from a number and from JSON text',
		parameters: {
			resource: 'channel',
			operation: 'unsubscribeHumans',
			channelId: '={{ $json.id }}',
			humanIds: '={{ $json.people }}',
		},
		items: [
			{
				json: { id: 551, people: 542 },
				request: 'POST /v1/channels/551/unsubscribe',
				body: { humanIds: [542] },
				output: [{ channelId: 551, unsubscribedHumansCount: 1, ...counts() }],
			},
			{
				json: { id: 601, people: '[540, 541]' },
				request: 'POST /v1/channels/601/unsubscribe',
				body: { humanIds: [540, 541] },
				output: [{ channelId: 601, unsubscribedHumansCount: 2, ...counts(2) }],
			},
		],
		unknownId: unknownChannel,
	},
	{
		title: 'the name alone',
		parameters: {
			resource: 'channel',
			operation: 'update',
			channelId: '={{ $json.id }}',
			updateFields: { name: '={{ $json.title }}' },
		},
		items: [
			{
				json: { id: 601, title: 'Service Line' },
				request: 'PUT /v1/channels/601',
				body: { name: 'Service Line' },
				output: [{ ...longCodeChannel, name: 'Service Line', test: false }],
			},
			{
				json: { id: 602, title: 'Agent' },
				request: 'PUT /v1/channels/602',
				body: { name: 'Agent' },
				output: [{ ...rcsChannel, name: 'Agent', test: false }],
			},
		],
		unknownId: unknownChannel,
	},
	{
		title: 'every field, an emptied one included',
		parameters: {
			resource: 'channel',
			operation: 'update',
			channelId: '={{ $json.id }}',
			updateFields: {
				botId: '={{ $json.bot }}',
				token: 'new-token',
				channelType: 'rcs',
				countryCode: 'US',
				description: '={{ $json.about }}',
				fallbackId: 802,
				name: '={{ $json.title }}',
				user: '77',
				data: '={{ $json.setup }}',
			},
		},
		items: [
			{
				json: { id: 601, bot: 452, about: '', title: 'Renamed', setup: { brand: 'Example' } },
				request: 'PUT /v1/channels/601',
				body: {
					botId: 452,
					token: 'new-token',
					channelType: 'rcs',
					countryCode: 'US',
					description: '',
					fallbackId: 802,
					name: 'Renamed',
					user: '77',
					data: { brand: 'Example' },
				},
				output: [
					{
						...longCodeChannel,
						botId: 452,
						countryCode: 'US',
						description: '',
						fallbackId: 802,
						name: 'Renamed',
						user: '77',
						test: false,
					},
				],
			},
			{
				json: { id: 602, bot: 451, about: 'Agent', title: 'RCS', setup: '{}' },
				request: 'PUT /v1/channels/602',
				body: {
					botId: 451,
					token: 'new-token',
					channelType: 'rcs',
					countryCode: 'US',
					description: 'Agent',
					fallbackId: 802,
					name: 'RCS',
					user: '77',
					data: {},
				},
				output: [
					{
						...rcsChannel,
						botId: 451,
						countryCode: 'US',
						description: 'Agent',
						fallbackId: 802,
						name: 'RCS',
						user: '77',
						test: false,
					},
				],
			},
		],
	},
];
