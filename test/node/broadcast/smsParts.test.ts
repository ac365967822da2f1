import type { INodeParameters } from 'n8n-workflow';
import { useFixture } from '../../support/fixture';
import { jsonOf, phoneItems, toHumans, toPhones, withBroadcast, withOptions } from './messages';

const fixture = useFixture();

/** In the sandbox 601 is a long code, 603 a web chat. */
const ofSms: INodeParameters = { ...toPhones, channelId: '601' };
const checked = (parameters: INodeParameters) => withOptions(parameters, { checkChosenChannels: true });
const LONG = 'a'.repeat(100);

async function run(parameters: INodeParameters, count = 1) {
	const { success, hints, error } = await fixture.engine.run({ parameters, items: phoneItems(count) });
	expect(error).toBeUndefined();
	return { outputs: jsonOf(success), hints };
}

describe('the SMS parts of a text', () => {
	test.each<[string, INodeParameters]>([
		['checked for the chosen channels', checked({ ...ofSms, text: LONG })],
		[
			'with the channel type selected',
			withOptions({ ...toHumans, ids: '540', text: LONG }, { checkForChannels: ['dsc'] }),
		],
		['with a limit of parts', withBroadcast({ ...ofSms, text: LONG }, { maxParts: 5 })],
		['with a summary', withBroadcast({ ...ofSms, text: LONG }, { summary: true })],
		['in a preview', { ...ofSms, text: LONG, operation: 'preview' }],
	])('come out of a message %s', async (_how, parameters) => {
		const { outputs } = await run(parameters);
		expect(outputs).toEqual([expect.objectContaining({ smsParts: 1, smsEncoding: 'GSM-7' })]);
		expect(outputs[0]).not.toHaveProperty('smsSwitchedBy');
	});

	test.each<[string, INodeParameters]>([
		['whose channel is not known', ofSms],
		['to another type of channel', checked({ ...ofSms, channelId: '603' })],
		['to humans, whose channel nativeMsg chooses', checked({ ...toHumans, ids: '540' })],
		[
			'with media, because that is an MMS',
			checked({ ...ofSms, messageType: 'media', media: 'https://example.com/picture.png' }),
		],
	])('are not told of a message %s', async (_how, parameters) => {
		const { outputs } = await run(parameters);
		expect(outputs[0]).not.toHaveProperty('smsParts');
	});

	test('name the character that switches the encoding, and say in a hint what it costs', async () => {
		const parameters = checked({ ...ofSms, text: `It’s ${LONG}` });
		const { outputs, hints } = await run(parameters, 3);
		const told = { smsParts: 2, smsEncoding: 'UCS-2', smsSwitchedBy: '’ (U+2019)' };
		expect(outputs).toEqual([0, 1, 2].map(() => expect.objectContaining(told)));
		expect(hints).toEqual([
			"3 texts take 6 SMS parts instead of 3, because of characters that aren't in the SMS alphabet (GSM-7): ’ (U+2019) in item 0 and 2 more.",
		]);
		const preview = await run({ ...parameters, operation: 'preview' }, 3);
		expect(preview.hints).toEqual(hints);
		expect(preview.outputs[0]).toMatchObject({ ...told, totalRecipientCount: 3, totalSmsParts: 6 });
	});

	test('name at most five of the characters that make texts take more parts, in one hint', async () => {
		const text = '={{ ["Ł", "á", "ï", "ő", "ğ", "č"][$itemIndex] ?? "Łá" }} ' + LONG;
		const { hints } = await run(checked({ ...ofSms, text }), 7);
		expect(hints).toEqual([
			"7 texts take 14 SMS parts instead of 7, because of characters that aren't in the SMS alphabet (GSM-7): Ł (U+0141) in item 0 and 1 more; á (U+00E1) in item 1 and 1 more; ï (U+00EF) in item 2; ő (U+0151) in item 3; ğ (U+011F) in item 4; and 1 more.",
		]);
		const alone = await run(checked({ ...ofSms, text: `Ł ${LONG}` }));
		expect(alone.hints).toEqual([
			"1 text takes 2 SMS parts instead of 1, because of characters that aren't in the SMS alphabet (GSM-7): Ł (U+0141) in item 0.",
		]);
	});

	test.each([
		['another alphabet', 'ж'.repeat(100)],
		['a character that costs nothing more', 'It’s on.'],
	])('are told without a hint where there is %s', async (_what, text) => {
		const { outputs, hints } = await run(checked({ ...ofSms, text }));
		expect(outputs[0]).toHaveProperty('smsSwitchedBy');
		expect(hints).toEqual([]);
	});
});
