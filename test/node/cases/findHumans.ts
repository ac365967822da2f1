import type { INodeParameters } from 'n8n-workflow';
import type { OperationCase } from '../../support/cases';
import { lukasz, maria, simpleHuman } from './records';

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

export const findHumansCases: OperationCase[] = [
	{
		title: 'without conditions, up to a limit',
		parameters: {
			resource: 'human',
			operation: 'getMany',
			simplify: false,
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
		title: 'with the most needed fields',
		parameters: {
			resource: 'human',
			operation: 'getMany',
			simplify: true,
			returnAll: false,
			limit: 2,
			filters: {},
		},
		items: [1, 2].map((number) => ({
			json: { number },
			request: 'GET /v1/humans',
			output: [maria, lukasz].map(simpleHuman),
		})),
	},
	{
		title: 'by an attribute that is there or not, as the reference encodes it',
		parameters: {
			resource: 'human',
			operation: 'getMany',
			simplify: false,
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
			simplify: false,
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
];
