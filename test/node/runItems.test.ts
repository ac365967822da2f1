import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { runItems } from '../../nodes/operations/run/runItems';
import { useFixture } from '../support/fixture';
import { time } from '../support/handSleep';
import { useKeptByN8n } from '../support/keptByN8n';
import {
	jsonOf,
	pairsOf,
	phone,
	phoneItems,
	toPhones,
	withBroadcast,
	withOptions,
} from './broadcast/messages';

const fixture = useFixture({ wire: true });
useKeptByN8n();

const preview = (parameters: INodeParameters) => ({ ...parameters, operation: 'preview' });
const sale = withBroadcast(toPhones, { broadcastName: 'sale' });
const messages = () => fixture.sandbox.requests().filter(({ method }) => method === 'POST');
const workflowId = 'runs';

test('an item that cannot be read is shown by a preview, or goes to the error output if there is one', async () => {
	const run = { parameters: preview(toPhones), items: [{ phone: 'nobody' }, ...phoneItems(1)] };
	const shown = await fixture.engine.run(run);
	expect(pairsOf(shown.success)).toEqual([{ item: 0 }, { item: 1 }]);
	expect(jsonOf(shown.success)).toMatchObject([
		{ ok: false, problems: [expect.stringContaining('Phone Numbers must be a phone number')] },
		{ ok: true, problems: [] },
	]);
	const { success, failed } = await fixture.engine.run({ ...run, onError: 'continueErrorOutput' });
	expect([pairsOf(success), pairsOf(failed)]).toEqual([[{ item: 1 }], [{ item: 0 }]]);
	expect(messages()).toEqual([]);
});

test('an item with reasons against it is not sent, and a preview shows it with its request', async () => {
	const buttons = ['1', '2', '3', '4'].map((title) => ({ type: 'postback', title, payload: title }));
	const parameters = withOptions(
		{ ...toPhones, messageType: 'buttons', text: 'Hi', buttons: { button: buttons } },
		{ checkForChannels: ['fb'] },
	);
	const reason = 'The message exceeds channel limits. Facebook: 4 buttons (at most 3)';
	const { error } = await fixture.engine.run({ parameters, items: phoneItems(1) });
	expect(error?.message).toBe(`${reason} [item 0]`);
	const run = { parameters: preview(parameters), items: phoneItems(1) };
	const { success } = await fixture.engine.run(run);
	expect(jsonOf(success)).toMatchObject([
		{ ok: false, problems: [reason], request: { method: 'POST', path: '/messages' } },
	]);
	const { failed } = await fixture.engine.run({ ...run, onError: 'continueErrorOutput' });
	expect(jsonOf(failed)).toMatchObject([{ error: `${reason} [item 0]` }]);
	expect(messages()).toEqual([]);
});

test('a preview counts who has the message of a broadcast name', async () => {
	await fixture.engine.run({ parameters: sale, items: phoneItems(2), workflowId });
	const { success, hints } = await fixture.engine.run({
		parameters: preview(sale),
		items: phoneItems(3),
		workflowId,
	});
	expect(jsonOf(success).map(({ alreadySentCount }) => alreadySentCount)).toEqual([1, 1, 0]);
	expect(hints).toEqual([
		"Of the recipients, 2 already have the message of this broadcast name, and for 0 it isn't known. Send would skip them.",
	]);
	const plain = await fixture.engine.run({ parameters: preview(toPhones), items: phoneItems(1) });
	expect(plain.hints).toEqual([]);
});

test('in quiet hours, items are held with their input, and a preview says so', async () => {
	const day = new Date(time.now()).getUTCDay();
	const today = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'][day];
	const hours = { days: [today], begin: '', end: '', timeZone: 'name', zoneName: '={{ $json.zone }}' };
	const parameters = withBroadcast(toPhones, { quietHours: { hours } });
	const items = [
		{ phone: phone(0), zone: 'UTC', note: 'keep' },
		{ phone: phone(1), zone: 'Nowhere' },
	];
	const onError = 'continueErrorOutput';
	const { success, failed } = await fixture.engine.run({ parameters, items, onError });
	expect(jsonOf(success)).toMatchObject([{ status: 'held', held: true, note: 'keep' }]);
	expect(jsonOf(failed)).toMatchObject([{ error: expect.stringContaining('must be a time zone') }]);
	const { success: shown } = await fixture.engine.run({ parameters: preview(parameters), items });
	expect(jsonOf(shown)).toMatchObject([
		{ ok: true, held: true, requestNumber: null },
		{ ok: false, problems: [expect.stringContaining('must be a time zone')] },
	]);
	expect(messages()).toEqual([]);
});

test('a further try sends only what was not sent, and recipients that it names anew are not messaged twice', async () => {
	fixture.wire.mishap = ({ body, attempt }) => (body.includes(phone(1)) && attempt === 1 ? '404' : undefined);
	const items = [0, 1, 0].map((index) => ({ phone: phone(index) }));
	const parameters = withOptions(toPhones, { recipientsPerCall: 1 });
	const { error, success } = await fixture.engine.run({ parameters, items, maxTries: 2 });
	expect(error).toBeUndefined();
	expect(pairsOf(success)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	expect(fixture.sandbox.report().recipients).toEqual({ '12015550000': 1, '12015550001': 1 });
});

test('a question goes to one item at a time', async () => {
	const parameters = { ...toPhones, operation: 'sendAndWait', message: 'Now?' };
	const { error } = await fixture.engine.run({ parameters, items: phoneItems(2) });
	expect(error?.message).toBe('Send and Wait for Response takes one item at a time, but 2 came in [item 0]');
	expect(error?.description).toContain('Loop Over Items');
	expect(messages()).toEqual([]);
});

test('a further try of an execution that was canceled makes no request, not even to look something up', async () => {
	// n8n's engine doesn't start a node after a cancellation, but Retry On Fail does.
	const context = { getExecutionCancelSignal: () => AbortSignal.abort() } as unknown as IExecuteFunctions;
	expect(await runItems(context, {})).toEqual([[]]);
});

test('a wrong setting fails every item, because none can be sent', async () => {
	const parameters = withOptions(toPhones, { concurrency: 99 });
	const { failed } = await fixture.engine.run({
		parameters,
		items: phoneItems(2),
		onError: 'continueErrorOutput',
	});
	expect(jsonOf(failed).map(({ error }) => error)).toEqual(
		[0, 1].map((index) => `Concurrency can be at most 50, but 99 was given [item ${index}]`),
	);
});
