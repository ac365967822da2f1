import type { INodeParameters } from 'n8n-workflow';
import type { OperationCase } from '../../support/cases';
import { customerTag, lukasz, maria, vipTag } from './records';

const unknownHuman = { json: { id: 999 }, error: 'Human #999 does not exist' };
const unknownChannel = { json: { channel: 999 }, error: 'Channel #999 does not exist' };

/** What the reference shows in addition when humans are found by their attributes. */
const found = {
	loaded: false,
	messageStatus: null,
	isConversationDeleted: false,
	status: 'enabled',
	test: false,
};

const conditions = (...condition: INodeParameters[]) => ({ condition });

const findBy = (...value: object[]) =>
	`GET /v1/humans?filters=${encodeURIComponent(JSON.stringify([{ type: 'ATTRIBUTE', value }]))}`;

const planOrVisits = (plan: string, visits: string) => [
	{ attributeName: 'plan', operator: 'equal', value: plan },
	{ attributeName: 'plan', operator: 'notEqual', value: 'gold' },
	{ attributeName: 'visits', operator: 'greater', value: visits },
	{ attributeName: 'visits', operator: 'greaterOrEqual', value: '200' },
	{ attributeName: 'visits', operator: 'less', value: '1' },
	{ attributeName: 'visits', operator: 'lessOrEqual', value: '0' },
];

const changedTags = (verb: string, id: number) => ({
	code: 200,
	message: `Tags were successfully ${verb} human #${id}.`,
});

export const humanCases: OperationCase[] = [
	{
		title: 'with every field',
		parameters: {
			resource: 'human',
			operation: 'addByPhone',
			channelId: '={{ $json.channel }}',
			specifyHumans: 'fields',
			phone: '={{ $json.phone }}',
			additionalFields: {
				company: '={{ $json.company }}',
				customFields: {
					attribute: [
						{ name: 'city', value: '={{ $json.city }}' },
						{ name: 'source', value: 'CRM' },
					],
				},
				firstName: '={{ $json.first }}',
				lastName: 'Lovelace',
				userName: '={{ $json.first.toLowerCase() }}',
			},
			options: { subscribe: true, tagIds: '4, 5', tagNames: '={{ $json.tags }}', updateExisting: true },
		},
		items: [
			{
				json: {
					channel: 601,
					phone: '+1 (201) 555-0101',
					company: 'John Rambo & Co',
					city: 'Łódź',
					first: 'Ada',
					tags: 'newsletter, 2026',
				},
				request: 'POST /v1/channels/601/add_humans',
				body: {
					humans: [
						{
							phone: '+12015550101',
							company: 'John Rambo & Co',
							customFields: { city: 'Łódź', source: 'CRM' },
							firstName: 'Ada',
							lastName: 'Lovelace',
							userName: 'ada',
						},
					],
					assignTags: [4, 5, 'newsletter', '2026'],
					subscribe: true,
					updateExisting: true,
				},
				output: [
					{
						code: 200,
						message:
							'Humans [1001] were successfully added and subscribed to channel 601 and assigned to tags [4, 5, 51, 52].',
					},
				],
			},
			{
				json: { channel: '602', phone: 12015550102, company: '', city: 'Porto', first: 'Joana', tags: ['vip'] },
				request: 'POST /v1/channels/602/add_humans',
				body: {
					humans: [
						{
							phone: '12015550102',
							customFields: { city: 'Porto', source: 'CRM' },
							firstName: 'Joana',
							lastName: 'Lovelace',
							userName: 'joana',
						},
					],
					assignTags: [4, 5, 'vip'],
					subscribe: true,
					updateExisting: true,
				},
				output: [
					{
						code: 200,
						message:
							'Humans [1002] were successfully added and subscribed to channel 602 and assigned to tags [4, 5, 5].',
					},
				],
			},
		],
		unknownId: unknownChannel,
	},
	{
		title: 'from JSON',
		parameters: {
			resource: 'human',
			operation: 'addByPhone',
			channelId: '601',
			specifyHumans: 'json',
			humans: '={{ $json.people }}',
			options: { subscribe: false },
		},
		items: [
			{
				json: { people: [{ phone: '12223334455', customFields: { vip: true } }, { phone: '+12223334456' }] },
				request: 'POST /v1/channels/601/add_humans',
				body: {
					humans: [{ phone: '12223334455', customFields: { vip: true } }, { phone: '+12223334456' }],
					subscribe: false,
				},
				output: [{ code: 200, message: 'Humans [1001, 1002] were successfully added to channel 601.' }],
			},
			{
				json: { people: '[{ "phone": "12223334457", "firstName": "Sarah" }]' },
				request: 'POST /v1/channels/601/add_humans',
				body: { humans: [{ phone: '12223334457', firstName: 'Sarah' }], subscribe: false },
				output: [{ code: 200, message: 'Humans [1003] were successfully added to channel 601.' }],
			},
		],
	},
	...(['assign', 'unassign'] as const).flatMap((verb): OperationCase[] => [
		{
			title: 'by name',
			parameters: {
				resource: 'human',
				operation: `${verb}Tags`,
				humanId: '={{ $json.id }}',
				tagsBy: 'names',
				tags: '={{ $json.tags }}',
			},
			items: [
				{
					json: { id: 542, tags: 'tag1, tag2' },
					request: `POST /v1/humans/542/tags/${verb}`,
					body: { tags: ['tag1', 'tag2'] },
					output: [changedTags(verb === 'assign' ? 'assigned to' : 'unassigned from', 542)],
				},
				{
					json: { id: 540, tags: ['vip, gold', '7'] },
					request: `POST /v1/humans/540/tags/${verb}`,
					body: { tags: ['vip, gold', '7'] },
					output: [changedTags(verb === 'assign' ? 'assigned to' : 'unassigned from', 540)],
				},
			],
			unknownId: unknownHuman,
		},
		{
			title: 'by ID',
			parameters: {
				resource: 'human',
				operation: `${verb}Tags`,
				humanId: '={{ $json.id }}',
				tagsBy: 'ids',
				tagIds: '={{ $json.tags }}',
			},
			items: [
				{
					json: { id: 542, tags: '4, 5' },
					request: `POST /v1/humans/542/tags/${verb}`,
					body: { tagIds: [4, 5] },
					output: [changedTags(verb === 'assign' ? 'assigned to' : 'unassigned from', 542)],
				},
				{
					json: { id: 540, tags: [6] },
					request: `POST /v1/humans/540/tags/${verb}`,
					body: { tagIds: [6] },
					output: [changedTags(verb === 'assign' ? 'assigned to' : 'unassigned from', 540)],
				},
			],
		},
	]),
	{
		title: 'one each',
		parameters: { resource: 'human', operation: 'get', humanId: '={{ $json.id }}' },
		items: [
			{ json: { id: 540 }, request: 'GET /v1/humans/540', output: [maria] },
			{ json: { id: '541' }, request: 'GET /v1/humans/541', output: [lukasz] },
		],
		unknownId: unknownHuman,
	},
	{
		title: 'without conditions, up to a limit',
		parameters: {
			resource: 'human',
			operation: 'getMany',
			returnAll: false,
			limit: '={{ $json.most }}',
			filters: {},
		},
		items: [
			{ json: { most: 1 }, request: 'GET /v1/humans', output: [maria] },
			{ json: { most: 2 }, request: 'GET /v1/humans', output: [maria, lukasz] },
		],
	},
	{
		title: 'by an attribute that is there or not, as the reference encodes it',
		parameters: {
			resource: 'human',
			operation: 'getMany',
			returnAll: false,
			limit: 1,
			filters: conditions({ attributeName: '={{ $json.attribute }}', operator: '={{ $json.operator }}' }),
		},
		items: [
			{
				json: { attribute: 'attribute1', operator: 'present' },
				request:
					'GET /v1/humans?filters=%5B%7B%22type%22%3A%22ATTRIBUTE%22%2C%22value%22%3A%5B%7B%22attributeName%22%3A%22attribute1%22%2C%22operator%22%3A%22present%22%7D%5D%7D%5D',
				output: [],
			},
			{
				json: { attribute: 'Größe&x=1#+/?', operator: 'absent' },
				request: findBy({ attributeName: 'Größe&x=1#+/?', operator: 'absent' }),
				output: [{ ...maria, ...found }],
			},
		],
	},
	{
		title: 'by several conditions',
		parameters: {
			resource: 'human',
			operation: 'getMany',
			returnAll: true,
			filters: conditions(
				{ attributeName: 'plan', operator: 'equal', value: '={{ $json.plan }}' },
				{ attributeName: 'plan', operator: 'notEqual', value: 'gold' },
				{ attributeName: 'visits', operator: 'greater', value: '={{ $json.visits }}' },
				{ attributeName: 'visits', operator: 'greaterOrEqual', value: '200' },
				{ attributeName: 'visits', operator: 'less', value: '1' },
				{ attributeName: 'visits', operator: 'lessOrEqual', value: '0' },
			),
		},
		items: [
			{
				json: { plan: 'platinum', visits: 150 },
				request: findBy(...planOrVisits('platinum', '150')),
				output: [{ ...lukasz, ...found }],
			},
			{
				json: { plan: 'silver', visits: '11' },
				request: findBy(...planOrVisits('silver', '11')),
				output: [
					{ ...maria, ...found },
					{ ...lukasz, ...found },
					expect.objectContaining({ id: 543, ...found }),
				],
			},
		],
	},
	...(['getSubscription', 'subscribe', 'unsubscribe'] as const).map((operation): OperationCase => {
		const method = { getSubscription: 'GET', subscribe: 'POST', unsubscribe: 'DELETE' }[operation];
		const after = { getSubscription: [true, false], subscribe: [true, true], unsubscribe: [false, false] };
		return {
			title: 'one each',
			parameters: { resource: 'human', operation, humanId: '={{ $json.id }}' },
			items: [
				{
					json: { id: 542 },
					request: `${method} /v1/humans/542/subscription`,
					output: [{ channelId: 551, humanId: 542, subscription: after[operation][0] }],
				},
				{
					json: { id: 544 },
					request: `${method} /v1/humans/544/subscription`,
					output: [{ channelId: 601, humanId: 544, subscription: after[operation][1] }],
				},
			],
			unknownId: unknownHuman,
		};
	}),
	{
		title: 'one each',
		parameters: { resource: 'human', operation: 'getTags', humanId: '={{ $json.id }}' },
		items: [
			{ json: { id: 540 }, request: 'GET /v1/humans/540/tags', output: [customerTag, vipTag] },
			{ json: { id: 541 }, request: 'GET /v1/humans/541/tags', output: [customerTag] },
		],
		unknownId: unknownHuman,
	},
	{
		title: 'from rows',
		parameters: {
			resource: 'human',
			operation: 'setAttributes',
			humanId: '={{ $json.id }}',
			specifyAttributes: 'fields',
			attributes: {
				attribute: [
					{ name: 'plan', value: '={{ $json.plan }}' },
					{ name: '={{ $json.key }}', value: 'blue' },
				],
			},
		},
		items: [
			{
				json: { id: 540, plan: 'none', key: 'favoriteColor' },
				request: 'PUT /v1/humans/540/attributes',
				body: { plan: 'none', favoriteColor: 'blue' },
				output: [{ humanId: 540, attributes: { plan: 'none', visits: '12', favoriteColor: 'blue' } }],
			},
			{
				json: { id: 542, plan: 'silver', key: 'error' },
				request: 'PUT /v1/humans/542/attributes',
				body: { plan: 'silver', error: 'blue' },
				output: [{ humanId: 542, attributes: { visits: 'many', plan: 'silver', error: 'blue' } }],
			},
		],
		unknownId: unknownHuman,
	},
	{
		title: 'from JSON',
		parameters: {
			resource: 'human',
			operation: 'setAttributes',
			humanId: '={{ $json.id }}',
			specifyAttributes: 'json',
			attributesJson: '={{ $json.values }}',
		},
		items: [
			{
				json: { id: 541, values: { visits: 4, plan: null } },
				request: 'PUT /v1/humans/541/attributes',
				body: { visits: 4, plan: null },
				output: [{ humanId: 541, attributes: { plan: null, visits: 4 } }],
			},
			{
				json: { id: 545, values: '{ "nested": { "list": [1, "b"] } }' },
				request: 'PUT /v1/humans/545/attributes',
				body: { nested: { list: [1, 'b'] } },
				output: [{ humanId: 545, attributes: { nested: { list: [1, 'b'] } } }],
			},
		],
	},
	{
		title: 'the bot off and on',
		parameters: {
			resource: 'human',
			operation: 'update',
			humanId: '={{ $json.id }}',
			botEnabled: '={{ $json.on }}',
		},
		items: [
			{
				json: { id: 540, on: false },
				request: 'PUT /v1/humans/540',
				body: { botEnabled: false },
				output: [{ ...maria, botEnabled: false }],
			},
			{
				json: { id: 541, on: 'true' },
				request: 'PUT /v1/humans/541',
				body: { botEnabled: true },
				output: [lukasz],
			},
		],
		unknownId: unknownHuman,
	},
];
