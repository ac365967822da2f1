import fc from 'fast-check';
import type { IDataObject, INodeExecutionData, INodeParameters, OnError } from 'n8n-workflow';
import { inOrder, jsonOf, pairsOf, phone, phoneItems, toHumans, toPhones } from './broadcast/messages';
import type { NodeRun } from '../support/engine';
import { useFixture } from '../support/fixture';
import { sendMessageCases } from './cases/sendMessage';

const fixture = useFixture();

interface Preview extends IDataObject {
	ok: boolean;
	problems: string[];
	channels?: Array<{ channelType: string; name: string; problems: string[] }>;
	requestNumber: number | null;
	requestCount: number;
	totalRecipientCount: number;
	request?: { method: string; path: string; body: IDataObject } | null;
	requestOfItem?: number;
}

const indexOf = ({ pairedItem }: INodeExecutionData) => (pairedItem as { item: number }).item;
const errorsOf = (failed: INodeExecutionData[]) => failed.map(({ json }) => json.error);

const posts = () => fixture.sandbox.requests().filter(({ method }) => method === 'POST');
const bodies = () => posts().map(({ body }) => body as IDataObject);
const lookUps = () => fixture.sandbox.requests().filter(({ method }) => method === 'GET');

async function preview(parameters: INodeParameters, items: IDataObject[], others: Partial<NodeRun> = {}) {
	const run = { parameters: { ...parameters, operation: 'preview' }, items, ...others };
	const outcome = await fixture.engine.run(run);
	expect(posts()).toEqual([]);
	return { ...outcome, previews: jsonOf(outcome.success) as Preview[] };
}

/** Sends to a service that takes everything, so that only what the node decides counts. */
async function send(parameters: INodeParameters, items: IDataObject[], onError?: OnError) {
	const { sandbox, engine } = fixture;
	sandbox.reset();
	const match = { method: 'POST' };
	sandbox.addFault({ kind: 'status', status: 200, body: { requestId: 'r' }, times: 1e6, match });
	return await engine.run({ parameters: { ...parameters, operation: 'send' }, items, onError });
}

const recipientsOf = ({ targets }: IDataObject) =>
	(targets as Array<{ phones?: string[]; ids?: number[] }>).flatMap(({ phones, ids }) => [
		...(phones ?? []),
		...(ids ?? []),
	]);

const SETTINGS: Array<OnError | undefined> = [undefined, 'continueRegularOutput', 'continueErrorOutput'];

describe('a preview', () => {
	/** What the forms of the cases refer to, some of it impossible to send. */
	const row = fc.record({
		id: fc.constantFrom(540, 541, '542', '540, 541', [541, 541], '', 'x', null),
		ids: fc.constantFrom('540', [541, 540], '', '1.5'),
		phone: fc.oneof(
			fc.nat(5).map(phone),
			fc.array(fc.nat(5).map(phone), { minLength: 1, maxLength: 3 }),
			fc.constantFrom('12015550000', '+1 (201) 555-0001', 'nobody', ''),
		),
		channel: fc.constantFrom(601, 602, '601', 'none'),
		tag: fc.constantFrom(4, 5),
		name: fc.constantFrom('Ada', 'Bo'),
		words: fc.constantFrom('A', 'B', 'x'.repeat(1601), ''),
		onlySubscribed: fc.constantFrom(true, 'false', 'maybe'),
		message: fc.constantFrom<unknown>(
			'{ "text": "A", "targets": [{ "targetType": "humans", "ids": [540, 541] }] }',
			{ text: 'A', targets: [{ targetType: 'humans', ids: [541, 542], phones: null }] },
			{ text: 'B', buttons: null, list: null, targets: [{ targetType: 'tags', ids: ['4'] }] },
			{ text: 'B', targets: [] },
			'{',
		),
	});
	const options = fc.record({
		combineItems: fc.boolean(),
		recipientsPerCall: fc.integer({ min: 1, max: 4 }),
		concurrency: fc.constant(1),
		checkForChannels: fc.subarray(['dlc', 'fb', 'rcs', 'web']),
		checkChosenChannels: fc.boolean(),
	});

	test.each(sendMessageCases.map(({ title, parameters }) => [title, parameters] as const))(
		'shows exactly what Send sends %s',
		async (_title, form) => {
			const property = fc.asyncProperty(
				fc.array(row, { minLength: 1, maxLength: 12 }),
				options,
				fc.constantFrom(...SETTINGS),
				async (rows, chosen, onError) => {
					fixture.sandbox.reset();
					const parameters = { ...form, options: chosen };
					const items = rows as unknown as IDataObject[];
					const { previews, success, failed } = await preview(parameters, items, { onError });
					expect(lookUps()).toHaveLength(1);

					const sent = await send(parameters, items, 'continueErrorOutput');
					const good = previews.filter(({ requestNumber }) => requestNumber !== null);
					if (onError === 'continueErrorOutput') {
						expect(pairsOf(failed)).toEqual(pairsOf(sent.failed));
						expect(errorsOf(failed)).toEqual(errorsOf(sent.failed));
						expect(good).toHaveLength(success.length);
					} else {
						expect(failed).toEqual([]);
						expect(pairsOf(success)).toEqual(inOrder(items.length));
					}
					const indexes = success.map(indexOf);
					expect(good.flatMap(({ request }) => (request ? [{ ...request }] : []))).toEqual(
						bodies().map((body) => ({ method: 'POST', path: '/messages', body })),
					);
					const totalRecipientCount = bodies().flatMap(recipientsOf).length;
					for (const one of good)
						expect(one).toMatchObject({ requestCount: posts().length, totalRecipientCount });
					for (const [position, { ok, problems, requestNumber }] of previews.entries()) {
						const item = indexes[position];
						const refused = sent.failed.filter((one) => indexOf(one) === item);
						expect(ok).toBe(problems.length === 0);
						expect(errorsOf(refused)).toEqual(
							requestNumber === null ? [`${problems.join('; ')} [item ${item}]`] : [],
						);
						expect(problems.join()).not.toMatch(/undefined|null \(|TypeError|is not /);
					}
					for (const { json, pairedItem } of sent.success) {
						const { requestId: _id, status: _status, ...counts } = json;
						const { item } = pairedItem as { item: number };
						expect(previews[indexes.indexOf(item)]).toMatchObject(counts);
					}
				},
			);
			await fc.assert(property, { numRuns: 12 });
		},
	);

	test('names the item that has the request, also for recipients that another item contributes', async () => {
		const items = [0, 1, 1, 0].map((index) => ({ phone: phone(index) }));
		const { previews } = await preview(toPhones, items);
		expect(previews.map(({ requestNumber, requestOfItem }) => [requestNumber, requestOfItem])).toEqual([
			[1, undefined],
			[1, 0],
			[1, 0],
			[1, 0],
		]);
	});

	test('sends refused items to the error output, if there is one', async () => {
		const items = [{ phone: phone(0) }, { phone: 'nobody' }];
		const { success, failed } = await preview(toPhones, items, { onError: 'continueErrorOutput' });
		expect(pairsOf(success)).toEqual([{ item: 0 }]);
		expect(failed).toEqual([
			{
				json: expect.objectContaining({
					phone: 'nobody',
					error: expect.stringMatching(/^Phone Numbers must be .* \[item 1\]$/),
				}),
				pairedItem: { item: 1 },
			},
		]);
	});

	test('shows first whether the message is valid, who gets it, and what it says', async () => {
		const { previews } = await preview(toPhones, [{ phone: '1 (201) 555-0000' }]);
		expect(Object.entries(previews[0]).slice(0, 6)).toEqual([
			['ok', true],
			['to', phone(0)],
			['text', 'Hello'],
			['smsParts', 1],
			['smsEncoding', 'GSM-7'],
			['problems', []],
		]);
	});

	test.each([undefined, 'continueRegularOutput' as const])(
		'lists refused items among the others with On Error set to %s',
		async (onError) => {
			const items = [{ phone: phone(0) }, { phone: 'nobody' }, { phone: phone(1) }];
			for (const maxTries of [undefined, 3]) {
				const { previews, failed, error, context } = await preview(toPhones, items, { onError, maxTries });
				expect([error, failed]).toEqual([undefined, []]);
				expect(previews.map(({ problems }) => problems.length)).toEqual([0, 1, 0]);
				expect(previews[1]).toMatchObject({
					ok: false,
					requestNumber: null,
					recipientCount: 0,
					request: null,
				});
				// A later run of the node must not treat a preview as sent.
				expect(context.items ?? {}).toEqual({});
			}
		},
	);

	test('applies to all items of a run, because n8n allows no expression as the operation', async () => {
		const items = ['send', 'preview'].map((operation, index) => ({ operation, phone: phone(index) }));
		const { error } = await fixture.engine.run({
			parameters: { ...toPhones, operation: '={{ $json.operation }}' },
			items,
		});
		expect(error?.message).toMatch(/^There is no operation/);
		expect(posts()).toEqual([]);
	});

	test('reports nothing that did not happen', async () => {
		const { hints } = await preview(toPhones, [{ phone: phone(0) }, { phone: phone(0) }]);
		expect(hints).toEqual([expect.stringMatching(/^Duplicate recipients get the message once/)]);
	});

	test('repeats no request body, no matter how many items share it', async () => {
		const options = { concurrency: 1, recipientsPerCall: 100 };
		const parameters = { ...toPhones, text: 'x'.repeat(100), options };
		const { previews } = await preview(parameters, phoneItems(2_000));
		expect(previews.filter(({ request }) => request)).toHaveLength(20);
		expect(JSON.stringify(previews).length).toBeLessThan(1_000_000);
		await send(parameters, phoneItems(2_000));
		expect(previews.flatMap(({ request }) => request?.body ?? [])).toEqual(bodies());
	});
});

describe('the channel types that a message is checked for', () => {
	const long = { type: 'postback', title: 'x'.repeat(21), payload: 'x' };
	const withButton = { messageType: 'buttons', buttons: { button: [long] } };
	const problem = 'Facebook: the title of button 1 has 21 characters (at most 20)';
	const sentence = `The message exceeds channel limits. ${problem}`;

	/** What Preview and Send say of each item. */
	async function both(parameters: INodeParameters, items: IDataObject[]) {
		const { previews } = await preview(parameters, items);
		expect(lookUps()).toHaveLength(1);
		const { failed } = await send(parameters, items, 'continueErrorOutput');
		const refused = previews.filter(({ requestNumber }) => requestNumber === null);
		expect(failed.map(({ json }) => String(json.error).replace(/ \[item \d+\]$/, ''))).toEqual(
			refused.flatMap(({ problems }) => problems),
		);
		return previews;
	}

	test('are none by default if the channel is not known', async () => {
		const [{ ok, problems, channels }] = await both({ ...toHumans, ...withButton }, [{ ids: 540 }]);
		expect([ok, problems, channels]).toEqual([true, [], undefined]);
	});

	test('are those of the chosen channels in a preview, although Send would not refuse the message', async () => {
		const parameters = { ...toPhones, ...withButton, channelId: '={{ $json.from }}' };
		const previews = await both(parameters, [
			{ phone: phone(0), from: 551 },
			{ phone: phone(0), from: 601 },
			{ phone: phone(0), from: 999 },
		]);
		expect(previews.map(({ ok, problems, requestNumber }) => [ok, problems, requestNumber])).toEqual([
			[false, [sentence], 1],
			[true, [], 2],
			[true, [], 3],
		]);
	});

	test.each<[string, unknown, types: string[]]>([
		['as a list', ['fb', 'dlc'], ['fb', 'dlc']],
		['as a list from an expression', "={{ ['fb', 'dlc'] }}", ['fb', 'dlc']],
		['as text from an expression', '={{ "dlc, fb" }}', ['dlc', 'fb']],
		['as one text', '={{ "fb" }}', ['fb']],
	])('are the selected ones, given %s', async (_how, checkForChannels, types) => {
		const options = { checkForChannels } as INodeParameters;
		const previews = await both({ ...toHumans, ...withButton, options }, [{ ids: 540 }]);
		expect(previews[0].problems).toEqual([sentence]);
		expect(previews[0].channels!.map(({ channelType }) => channelType)).toEqual(types);
	});

	test.each([null, '', []])('are none if the selection is %j', async (nothing) => {
		const options = { checkForChannels: '={{ $json.types }}' };
		const items = [{ ids: 540, types: nothing }] as unknown as IDataObject[];
		const [{ problems, channels }] = await both({ ...toHumans, ...withButton, options }, items);
		expect([problems, channels]).toEqual([[], undefined]);
	});

	test('are refused if the type does not exist', async () => {
		const options = { checkForChannels: '={{ "fb, fax" }}' };
		const previews = await both({ ...toHumans, ...withButton, options }, [{ ids: 540 }]);
		expect(previews[0].problems).toEqual([expect.stringMatching(/^Check Limits for Channel Types.*"fax"/)]);
	});

	describe('with Check Limits of Selected Channels', () => {
		const options = { checkChosenChannels: true };

		test('include those of the sender or the channels, looked up once for all items', async () => {
			const parameters = {
				...toHumans,
				...toPhones,
				...withButton,
				options,
				targetType: '={{ $json.type }}',
				ids: '={{ $json.ids }}',
				channelId: '={{ $json.from }}',
			};
			const previews = await both(parameters, [
				{ type: 'phones', phone: phone(0), from: 551 },
				{ type: 'phones', phone: phone(0), from: 601 },
				{ type: 'channels', ids: '603, 551' },
				{ type: 'channels', ids: '603' },
				{ type: 'phones', phone: phone(0), from: 999 },
				{ type: 'humans', ids: '540' },
				{ type: 'tags', ids: '4' },
			]);
			expect(previews.map(({ problems }) => problems)).toEqual([[sentence], [], [sentence], [], [], [], []]);
		});

		test('include the selected ones as well', async () => {
			const ticked = { ...toPhones, ...withButton, options: { ...options, checkForChannels: ['fb'] } };
			const previews = await both(ticked, [{ phone: phone(0) }]);
			expect(previews[0].channels!.map(({ channelType }) => channelType)).toEqual(['fb']);
			expect(previews[0].problems).toEqual([sentence]);
		});

		test.each(['preview', 'send'])(
			'stop the operation %s before anything else if the look-up fails',
			async (operation) => {
				const parameters = { ...toPhones, operation, options };
				fixture.sandbox.addFault({ kind: 'status', status: 403 });
				const { error } = await fixture.engine.run({ parameters, items: phoneItems(2) });
				expect(error).toMatchObject({ httpCode: '403' });
				expect(posts()).toEqual([]);
				fixture.sandbox.addFault({ kind: 'status', status: 403 });
				const again = await fixture.engine.run({ parameters, items: phoneItems(2), maxTries: 2 });
				expect([again.error, again.success.length]).toEqual([undefined, 2]);
			},
		);
	});
});
