import { counts, dragged, type OperationCase } from '../../support/cases';

const unknownChannel = { json: { channel: 999 }, error: 'Channel #999 does not exist' };

export const addHumansCases: OperationCase[] = [
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
				subscribe: true,
				tagIds: '4, 5',
				tagNames: '={{ $json.tags }}',
				updateExisting: true,
			},
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
							phone: '12015550101',
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
						phone: '+12015550101',
						humanId: 1001,
						humanIds: [1001],
						message:
							'Humans [1001] were successfully added and subscribed to channel 601 and assigned to tags [4, 5, 51, 52].',
						...counts(),
					},
				],
			},
			{
				json: {
					channel: '602',
					phone: 12015550102,
					company: '',
					city: 'Porto',
					first: 'Joana',
					tags: ['vip'],
				},
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
						phone: '+12015550102',
						humanId: 1002,
						humanIds: [1002],
						message:
							'Humans [1002] were successfully added and subscribed to channel 602 and assigned to tags [4, 5, 5].',
						...counts(),
					},
				],
			},
		],
		unknownId: unknownChannel,
	},
	{
		title: 'with a name',
		isExample: true,
		parameters: {
			resource: 'human',
			operation: 'addByPhone',
			channelId: '601',
			specifyHumans: 'fields',
			phone: '={{ $json.phone }}',
			additionalFields: { firstName: '={{ $json.first_name }}', tagNames: 'newsletter' },
		},
		items: [
			{ phone: '+1 (201) 555-0101', first_name: 'Ada' },
			{ phone: '+1 (201) 555-0102', first_name: 'Joana' },
		].map((json, index) => ({
			json,
			request: 'POST /v1/channels/601/add_humans',
			body: {
				humans: [{ phone: `1201555010${index + 1}`, firstName: json.first_name }],
				assignTags: ['newsletter'],
			},
			output: [
				{
					phone: `+1201555010${index + 1}`,
					humanId: 1001 + index,
					humanIds: [1001 + index],
					message: `Humans [${1001 + index}] were successfully added to channel 601 and assigned to tags [51].`,
					...counts(),
				},
			],
		})),
	},
	{
		title: 'with dragged fields, and a row that counts more',
		parameters: {
			resource: 'human',
			operation: 'addByPhone',
			channelId: '601',
			specifyHumans: 'fields',
			phone: '={{ $json.phone }}',
			additionalFields: {
				draggedFields: dragged('city', 'points', 'source'),
				customFields: { attribute: [{ name: 'source', value: 'CRM' }] },
			},
		},
		items: [
			{ phone: '+12015550103', city: 'Łódź', points: 12, source: 'web' },
			{ phone: '+12015550104', city: '', points: '0', source: 'shop' },
		].map((json, index) => ({
			json,
			request: 'POST /v1/channels/601/add_humans',
			body: {
				humans: [
					{
						phone: json.phone.slice(1),
						customFields: { city: json.city, points: json.points, source: 'CRM' },
					},
				],
			},
			output: [
				{
					phone: json.phone,
					humanId: 1001 + index,
					humanIds: [1001 + index],
					message: `Humans [${1001 + index}] were successfully added to channel 601.`,
					...counts(),
				},
			],
		})),
	},
	{
		title: 'from JSON',
		parameters: {
			resource: 'human',
			operation: 'addByPhone',
			channelId: '601',
			specifyHumans: 'json',
			humans: '={{ $json.people }}',
			additionalFields: { subscribe: false },
		},
		items: [
			{
				json: { people: [{ phone: '12223334455', customFields: { vip: true } }, { phone: '+12223334456' }] },
				request: 'POST /v1/channels/601/add_humans',
				body: {
					humans: [{ phone: '12223334455', customFields: { vip: true } }, { phone: '12223334456' }],
					subscribe: false,
				},
				output: [
					{
						phone: null,
						humanId: null,
						humanIds: [1001, 1002],
						message: 'Humans [1001, 1002] were successfully added to channel 601.',
						...counts(2),
					},
				],
			},
			{
				json: { people: '[{ "phone": "12223334457", "firstName": "Sarah" }]' },
				request: 'POST /v1/channels/601/add_humans',
				body: { humans: [{ phone: '12223334457', firstName: 'Sarah' }], subscribe: false },
				output: [
					{
						phone: '+12223334457',
						humanId: 1003,
						humanIds: [1003],
						message: 'Humans [1003] were successfully added to channel 601.',
						...counts(),
					},
				],
			},
		],
	},
];
