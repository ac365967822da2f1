import { dragged, type OperationCase } from '../../support/cases';
import { addHumansCases } from './addHumans';
import { findHumansCases } from './findHumans';
import { customerTag, lukasz, maria, simpleHuman, vipTag } from './records';

const unknownHuman = { json: { id: 999 }, error: 'Human #999 does not exist' };

const changedTags = (done: string, id: number) => ({
	humanId: id,
	message: `Tags were successfully ${done} human #${id}.`,
});

export const humanCases: OperationCase[] = [
	...addHumansCases,
	...Object.entries({ assign: 'assigned to', unassign: 'unassigned from' }).flatMap(
		([verb, done]): OperationCase[] => [
			{
				title: 'by name',
				isExample: true,
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
						output: [changedTags(done, 542)],
					},
					{
						json: { id: 540, tags: ['vip, gold', '7'] },
						request: `POST /v1/humans/540/tags/${verb}`,
						body: { tags: ['vip, gold', '7'] },
						output: [changedTags(done, 540)],
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
						output: [changedTags(done, 542)],
					},
					{
						json: { id: 540, tags: [6] },
						request: `POST /v1/humans/540/tags/${verb}`,
						body: { tagIds: [6] },
						output: [changedTags(done, 540)],
					},
				],
			},
		],
	),
	{
		title: 'one each',
		parameters: { resource: 'human', operation: 'get', simplify: false, humanId: '={{ $json.id }}' },
		items: [
			{ json: { id: 540 }, request: 'GET /v1/humans/540', output: [maria] },
			{ json: { id: '541' }, request: 'GET /v1/humans/541', output: [lukasz] },
		],
		unknownId: unknownHuman,
	},
	{
		title: 'with the most needed fields',
		parameters: { resource: 'human', operation: 'get', simplify: true, humanId: '={{ $json.id }}' },
		items: [maria, lukasz].map((human) => ({
			json: { id: human.id },
			request: `GET /v1/humans/${human.id}`,
			output: [simpleHuman(human)],
		})),
	},
	...findHumansCases,
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
		isExample: true,
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
		title: 'by dragging fields',
		parameters: {
			resource: 'human',
			operation: 'setAttributes',
			humanId: '={{ $json.id }}',
			specifyAttributes: 'dragged',
			draggedAttributes: dragged('plan', 'visits'),
		},
		items: [
			{
				json: { id: 541, plan: 'gold', visits: 7 },
				request: 'PUT /v1/humans/541/attributes',
				body: { plan: 'gold', visits: 7 },
				output: [{ humanId: 541, attributes: { plan: 'gold', visits: 7 } }],
			},
			{
				json: { id: 545, plan: '', visits: '1' },
				request: 'PUT /v1/humans/545/attributes',
				body: { plan: '', visits: '1' },
				output: [{ humanId: 545, attributes: { plan: '', visits: '1' } }],
			},
		],
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
