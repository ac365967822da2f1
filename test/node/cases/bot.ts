import type { OperationCase } from '../../support/cases';
import { everyField, everyInteraction } from './interactions';
import { dateTime, firstGreeting, orderBot, secondGreeting, supportBot } from './records';

const asksForName = {
	name: 'Ask',
	intents: ['name'],
	actions: [{ waitFor: { data: 'message', content: 'nm:firstName' } }],
};
const saysBye = { name: 'Bye', actions: [{ send: { message: { text: 'Bye {nm:firstName}, ś€🙂!' } } }] };

const unknownBot = { json: { id: 999 }, error: 'Bot #999 does not exist' };

/** A bot with the answer to one question. */
const faq = (question: string, text: string) => [
	{ name: question, intents: [question], actions: [{ send: { message: { text } } }] },
];

export const botCases: OperationCase[] = [
	{
		title: 'from a list and from JSON text',
		parameters: {
			resource: 'bot',
			operation: 'create',
			name: '={{ $json.title }}',
			specifyInteractions: 'usingJson',
			interactions: '={{ $json.interactions }}',
		},
		items: [
			{
				json: { title: 'Names', interactions: [asksForName, saysBye] },
				request: 'POST /v1/bots',
				body: { name: 'Names', interactions: [asksForName, saysBye] },
				output: [
					{
						id: 501,
						name: 'Names',
						interactions: [asksForName, saysBye],
						currentRevision: 1,
						latestRevision: 1,
						dateCreated: dateTime,
					},
				],
			},
			{
				json: { title: 'Empty', interactions: '[]' },
				request: 'POST /v1/bots',
				body: { name: 'Empty', interactions: [] },
				output: [
					{
						id: 502,
						name: 'Empty',
						interactions: [],
						currentRevision: 1,
						latestRevision: 1,
						dateCreated: dateTime,
					},
				],
			},
		],
	},
	{
		title: 'by fields',
		lookUp: 'GET /v1/bots',
		parameters: {
			resource: 'bot',
			operation: 'create',
			name: '={{ $json.topic }}',
			specifyInteractions: 'usingFields',
			interactionRows: everyField,
		},
		items: ['Hours', 'Opening'].map((topic, index) => ({
			json: { topic },
			request: 'POST /v1/bots',
			body: { name: topic, interactions: everyInteraction(topic) },
			output: [
				{
					id: 501 + index,
					name: topic,
					interactions: everyInteraction(topic),
					currentRevision: 1,
					latestRevision: 1,
					dateCreated: dateTime,
				},
			],
		})),
	},
	{
		title: 'one each',
		parameters: { resource: 'bot', operation: 'delete', botId: '={{ $json.id }}' },
		items: [
			{ json: { id: 451 }, request: 'DELETE /v1/bots/451', output: [{ deleted: true }] },
			{ json: { id: '452' }, request: 'DELETE /v1/bots/452', output: [{ deleted: true }] },
		],
		unknownId: unknownBot,
	},
	{
		title: 'one each',
		parameters: { resource: 'bot', operation: 'get', botId: '={{ $json.id }}', simplify: false },
		items: [
			{ json: { id: 451 }, request: 'GET /v1/bots/451', output: [supportBot] },
			{ json: { id: 452 }, request: 'GET /v1/bots/452', output: [orderBot] },
		],
		unknownId: unknownBot,
	},
	{
		title: 'as a table of its interactions',
		parameters: { resource: 'bot', operation: 'get', botId: '={{ $json.id }}', simplify: true },
		items: [supportBot, orderBot].map(({ id, name, currentRevision, interactions: [one] }) => ({
			json: { id },
			request: `GET /v1/bots/${id}`,
			output: [
				{
					botId: id,
					botName: name,
					currentRevision,
					interaction: one.name,
					intents: one.intents,
					actions: [`message: ${one.actions[0].send.message.text}`],
					leadsTo: [],
					reachable: true,
				},
			],
		})),
	},
	{
		title: 'up to a limit',
		parameters: {
			resource: 'bot',
			operation: 'getMany',
			simplify: false,
			returnAll: false,
			limit: '={{ $json.most }}',
		},
		items: [
			{ json: { most: 1 }, request: 'GET /v1/bots', output: [supportBot] },
			{ json: { most: 2 }, request: 'GET /v1/bots', output: [supportBot, orderBot] },
		],
	},
	{
		title: 'with their interactions counted',
		parameters: { resource: 'bot', operation: 'getMany', simplify: true, returnAll: true },
		items: [1, 2].map((number) => ({
			json: { number },
			request: 'GET /v1/bots',
			output: [supportBot, orderBot].map(({ interactions: _counted, ...bot }) => ({
				...bot,
				interactionCount: 1,
			})),
		})),
	},
	{
		title: 'of one bot',
		parameters: {
			resource: 'bot',
			operation: 'getRevisions',
			botId: '={{ $json.id }}',
			returnAll: false,
			limit: '={{ $json.most }}',
		},
		items: [
			{
				json: { id: 451, most: 2 },
				request: 'GET /v1/bots/451/revisions',
				output: [
					{
						id: 4510,
						botId: 451,
						revision: 1,
						revisionName: 'v0.1',
						name: 'Support Bot',
						data: [firstGreeting],
					},
					{
						id: 4511,
						botId: 451,
						revision: 2,
						revisionName: 'v0.2',
						name: 'Support Bot',
						data: [secondGreeting],
					},
				],
			},
			{
				json: { id: 452, most: 1 },
				request: 'GET /v1/bots/452/revisions',
				output: [
					{
						id: 4520,
						botId: 452,
						revision: 1,
						revisionName: 'v0.1',
						name: 'Order Bot',
						data: orderBot.interactions,
					},
				],
			},
		],
		unknownId: unknownBot,
	},
	{
		title: 'by number',
		parameters: {
			resource: 'bot',
			operation: 'getRevision',
			botId: '={{ $json.id }}',
			revision: '={{ $json.number }}',
		},
		items: [1, 2].map((number) => ({
			json: { id: 451, number },
			request: `GET /v1/bots/451/revisions/${number}`,
			output: [
				{
					id: 4509 + number,
					botId: 451,
					revision: number,
					revisionName: `v0.${number}`,
					name: 'Support Bot',
					data: [number === 1 ? firstGreeting : secondGreeting],
					welcomeMessageExecute: null,
				},
			],
		})),
		unknownId: unknownBot,
	},
	{
		title: 'a revision by number',
		parameters: {
			resource: 'bot',
			operation: 'restoreRevision',
			botId: '={{ $json.id }}',
			restoreTo: 'number',
			revision: '={{ $json.number }}',
		},
		items: [
			{
				json: { id: 451, number: 2 },
				request: 'PUT /v1/bots/451/revisions',
				body: { restore: 2 },
				output: [{ restored: true }],
			},
			{
				json: { id: 452, number: '1' },
				request: 'PUT /v1/bots/452/revisions',
				body: { restore: 1 },
				output: [{ restored: true }],
			},
		],
		unknownId: unknownBot,
	},
	{
		title: 'the latest revision',
		parameters: {
			resource: 'bot',
			operation: 'restoreRevision',
			botId: '={{ $json.id }}',
			restoreTo: 'latest',
		},
		items: [451, 452].map((id) => ({
			json: { id },
			request: `PUT /v1/bots/${id}/revisions`,
			body: { restore: 'latest' },
			output: [{ restored: true }],
		})),
	},
	{
		title: 'interactions and name',
		isExample: true,
		parameters: {
			resource: 'bot',
			operation: 'update',
			botId: '={{ $json.id }}',
			specifyInteractions: 'usingJson',
			interactions: '=[{ "name": "{{ $json.topic }}" }]',
			updateFields: { name: '={{ $json.title }}' },
		},
		items: [
			{
				json: { id: 451, topic: 'Hours', title: 'Opening Hours' },
				request: 'PUT /v1/bots/451',
				body: { name: 'Opening Hours', interactions: [{ name: 'Hours' }] },
				output: [
					{
						id: 451,
						name: 'Opening Hours',
						interactions: [{ name: 'Hours' }],
						dateCreated: supportBot.dateCreated,
					},
				],
			},
			{
				json: { id: 452, topic: 'Orders', title: 'Orders 2' },
				request: 'PUT /v1/bots/452',
				body: { name: 'Orders 2', interactions: [{ name: 'Orders' }] },
				output: [
					{
						id: 452,
						name: 'Orders 2',
						interactions: [{ name: 'Orders' }],
						dateCreated: orderBot.dateCreated,
					},
				],
			},
		],
		unknownId: unknownBot,
	},
	{
		title: 'by fields',
		lookUp: 'GET /v1/bots',
		parameters: {
			resource: 'bot',
			operation: 'update',
			botId: '={{ $json.id }}',
			specifyInteractions: 'usingFields',
			interactionRows: everyField,
			updateFields: { name: '={{ $json.topic }}' },
		},
		items: [supportBot, orderBot].map(({ id, dateCreated }) => ({
			json: { id, topic: 'Hours' },
			request: `PUT /v1/bots/${id}`,
			body: { name: 'Hours', interactions: everyInteraction('Hours') },
			output: [{ id, name: 'Hours', dateCreated, interactions: everyInteraction('Hours') }],
		})),
	},
	{
		title: 'without any interaction, on purpose',
		parameters: {
			resource: 'bot',
			operation: 'update',
			botId: '={{ $json.id }}',
			specifyInteractions: 'removeAllInteractions',
			updateFields: {},
		},
		items: [
			{
				json: { id: 451 },
				request: 'PUT /v1/bots/451',
				body: { interactions: [] },
				output: [{ id: 451, name: 'Support Bot', interactions: [], dateCreated: supportBot.dateCreated }],
			},
			{
				json: { id: 452 },
				request: 'PUT /v1/bots/452',
				body: { interactions: [] },
				output: [{ id: 452, name: 'Order Bot', interactions: [], dateCreated: orderBot.dateCreated }],
			},
		],
	},
	{
		title: 'with one interaction',
		isExample: true,
		parameters: {
			resource: 'bot',
			operation: 'create',
			name: 'FAQ',
			specifyInteractions: 'usingFields',
			interactionRows: {
				interaction: [
					{
						name: '={{ $json.question }}',
						intents: '={{ $json.question }}',
						actions: { action: [{ type: 'sendMessage', text: '={{ $json.answer }}' }] },
					},
				],
			},
		},
		items: [
			{ question: 'hours', answer: 'We are open from 9 to 5.' },
			{ question: 'returns', answer: 'Send it back within 30 days.' },
		].map(({ question, answer }, index) => ({
			json: { question, answer },
			request: 'POST /v1/bots',
			body: { name: 'FAQ', interactions: faq(question, answer) },
			output: [
				{
					id: 501 + index,
					name: 'FAQ',
					interactions: faq(question, answer),
					currentRevision: 1,
					latestRevision: 1,
					dateCreated: dateTime,
				},
			],
		})),
	},
];
