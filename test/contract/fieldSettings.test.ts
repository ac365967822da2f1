import type { INodeProperties } from 'n8n-workflow';
import { allForms, everyField } from '../support/allForms';

/** The fields of all forms. */
const all = Object.entries(allForms).flatMap(([form, fields]) => everyField(form, fields));

const placesOf = (isOne: (field: INodeProperties) => unknown) =>
	all.filter(([, field]) => isOne(field)).map(([place]) => place);

test('every secret is masked, and nothing else in the credential', () => {
	const masked = placesOf(({ typeOptions }) => typeOptions?.password);
	const secrets = ['accessToken', 'accessToken', 'apiKey', 'password', 'webhookSecret', 'sessionToken'];
	expect(masked.filter((place) => place.startsWith('nativeMsgApi'))).toEqual(
		secrets.map((name) => `nativeMsgApi ${name}`),
	);
	// Of a channel, whose owner it stands for.
	const tokens = placesOf(({ name }) => name === 'token');
	expect(tokens).toHaveLength(2);
	expect(masked).toEqual(expect.arrayContaining(tokens));
});

test('n8n renews only the token of a session', () => {
	expect(placesOf(({ typeOptions }) => typeOptions?.expirable)).toEqual(['nativeMsgApi sessionToken']);
});

test('what decides which form is shown takes no expression', () => {
	const fixed = placesOf(({ noDataExpression }) => noDataExpression).map((place) => place.split(' ')[1]);
	expect(fixed).toEqual(expect.arrayContaining(['messageType', 'specifyInteractions']));
	for (const name of ['operation', 'resource'])
		expect(fixed.filter((one) => one === name)).toHaveLength(placesOf((field) => field.name === name).length);
});

test('a list of the account can be searched', () => {
	const lists = all.flatMap(([, { modes = [] }]) => modes.filter(({ type }) => type === 'list'));
	expect(lists.length).toBeGreaterThan(5);
	for (const { typeOptions } of lists)
		expect(typeOptions).toMatchObject({
			searchListMethod: expect.stringMatching(/^search/),
			searchable: true,
		});
});

const RANGES: Record<string, Array<number | undefined>> = {
	concurrency: [1, 50],
	duplicateHours: [0, undefined],
	fileLifetime: [1, 720],
	keptRecipients: [1, 1_000_000],
	limit: [1, undefined],
	maxParts: [1, 10_000_000],
	maxRecipients: [1, 10_000_000],
	messagesPerMinute: [1, 10_000_000],
	recipientsPerCall: [1, 10_000],
	resumeAmount: [1, undefined],
	waitSeconds: [1, 3_600],
	// nativeMsg documents no ranges for what a bot does.
	milliseconds: [undefined, undefined],
	retries: [undefined, undefined],
	seconds: [undefined, undefined],
};

test.each(Object.keys(RANGES))('the number %s is held to its range', (name) => {
	const fields = all.flatMap(([, field]) => (field.name === name && field.type === 'number' ? [field] : []));
	expect(fields).not.toEqual([]);
	for (const { typeOptions } of fields)
		expect([typeOptions?.minValue, typeOptions?.maxValue]).toEqual(RANGES[name]);
});

test('a row says what it needs', () => {
	const byGroup: Record<string, Set<string>> = {};
	for (const place of placesOf(({ required }) => required)) {
		const [group, name] = place.split(' ').slice(-2);
		// Such as `carousel.card`.
		if (group.includes('.')) (byGroup[group] ??= new Set()).add(name);
	}
	expect(byGroup).toMatchObject({
		'actions.action': new Set('assignTags channelId content data execute goto json to url'.split(' ')),
		'attributes.attribute': new Set(['attributePath']),
		'carousel.card': new Set(['title']),
		'keywords.keyword': new Set(['name']),
		'list.entry': new Set(['title']),
		'targets.target': new Set(['phones', 'channelId', 'ids']),
		'validation.rule': new Set(['content', 'executeOnError', 'pattern']),
		'values.value': new Set(['value', 'expressions']),
	});
});

/** Fields with rows, of which there can be several. */
const ROWS = [
	...['actions', 'attributes', 'buttons', 'carousel', 'choices', 'conditions', 'config', 'customFields'],
	...['filters', 'headers', 'interactionRows', 'keywords', 'list', 'parameters', 'quickReplies', 'targets'],
	...['values', 'variables'],
];

test.each(ROWS)('rows can be added to %s', (name) => {
	const fields = all.filter(([, field]) => field.name === name && field.type === 'fixedCollection');
	expect(fields).not.toEqual([]);
	for (const [, { typeOptions }] of fields) expect(typeOptions?.multipleValues).toBe(true);
});
