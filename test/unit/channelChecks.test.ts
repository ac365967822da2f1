import {
	channelProblems,
	channelReport,
	chosenTypes,
	knownTypes,
	lookUpChannels,
} from '../../nodes/NativeMsg/message/channelChecks';
import type { LookUpRun } from '../../nodes/operations/defineOperation';
import type { Form } from '../../nodes/operations/form/form';

type Message = Parameters<typeof channelProblems>[0];

const CHANNELS = [
	{ id: 1, channelType: 'fb' },
	{ id: 2, channelType: 'web' },
	{ id: 3, channelType: 'new' },
	{ id: 4 },
];

describe('the types of the channels are looked up', () => {
	async function isLookedUp(parameters: Record<string, unknown>, options: Record<string, unknown> = {}) {
		const calls: string[] = [];
		const call = (endpoint: string) => Promise.resolve((calls.push(endpoint), CHANNELS));
		const get = (name: string) => parameters[name];
		const found = await lookUpChannels({ client: { call }, get, options } as unknown as LookUpRun);
		expect(calls).toEqual(found ? ['GET /channels'] : []);
		if (found) {
			expect([...found]).toEqual([
				[1, 'fb'],
				[2, 'web'],
				[3, 'new'],
				[4, undefined],
			]);
		}
		return found !== undefined;
	}

	test.each([{ checkChosenChannels: true }, { maxParts: 3 }, { summary: true }])(
		'for the options %j',
		async (options) => expect(await isLookedUp({}, options)).toBe(true),
	);

	const FILE = { mediaFrom: 'binary' };
	const LATER = { additionalFields: { mediaFile: 'data' } };

	test.each<[parameters: Record<string, unknown>, isWanted: boolean]>([
		[{}, false],
		[{ targetType: 'phones' }, false],
		[{ targetType: 'phones', ...FILE }, true],
		[{ targetType: 'channels', ...FILE }, true],
		[{ targetType: 'humans', ...FILE }, false],
		[{ targetType: 'humans', mediaFrom: 'url' }, false],
		[{ targetType: 'phones', mediaFrom: 'url' }, false],
		[{ targetType: 'phones', ...LATER }, true],
		[{ targetType: 'tags', ...LATER }, false],
		[{ targetType: 'tags', additionalFields: { mediaFile: 'data', targets: '[]' } }, true],
		[{ targetType: 'tags', additionalFields: { targets: '[]' } }, false],
	])('for a file that goes through a chosen channel: %j is %s', async (parameters, isWanted) => {
		expect(await isLookedUp(parameters)).toBe(isWanted);
		expect(await isLookedUp(parameters, { checkChosenChannels: false, summary: false })).toBe(isWanted);
	});
});

/** A form with these options, for which the channels were looked up. */
function formWith(options?: { checkForChannels?: string[]; checkChosenChannels?: boolean }, known = true) {
	const form = {
		lookedUp: known ? new Map(CHANNELS.map(({ id, channelType }) => [id, channelType])) : undefined,
		get: (name: string) => ({ options, mediaFrom: 'url' })[name],
		readObject: () => options ?? {},
	};
	return form as unknown as Form;
}

const to = (...targets: object[]) => ({ text: 'Hi', targets }) as Message;
const buttons = ['1', '2', '3', '4', '5'].map((title) => ({ type: 'postback', title }));

test.each<[targets: object[], types: string[]]>([
	[[{ targetType: 'channels', ids: [1, 2] }], ['fb', 'web']],
	[[{ targetType: 'phones', channelId: 1, phones: ['+1'] }], ['fb']],
	[
		[
			{ targetType: 'phones', channelId: 1 },
			{ targetType: 'channels', ids: [1] },
		],
		['fb'],
	],
	// The IDs of humans are no IDs of channels.
	[[{ targetType: 'humans', ids: [1, 2] }], []],
	[[{ targetType: 'humans', ids: [1], channelId: 2 }], ['web']],
	[[{ targetType: 'channels', ids: [3, 4, 5] }], ['new']],
	[[{ targetType: 'channels' }], []],
	[[], []],
])('the targets %j have channels of the types %j', (targets, types) => {
	expect(chosenTypes(to(...targets), formWith())).toEqual(types);
	expect(chosenTypes(to(...targets), formWith({}, false))).toEqual([]);
	const ticked = formWith({ checkForChannels: ['web', 'rcs'] });
	expect(knownTypes(to(...targets), ticked)).toEqual([...new Set(['web', 'rcs', ...types])]);
});

describe('a message with five buttons', () => {
	const onBoth = { ...to({ targetType: 'channels', ids: [1, 2, 3] }), buttons } as Message;
	const FACEBOOK = 'Facebook: 5 buttons (at most 3)';
	const WEB = 'Web Chat: 5 buttons (at most 4)';

	test.each<[options: Parameters<typeof formWith>[0], found: string[]]>([
		[undefined, []],
		[{}, []],
		[{ checkChosenChannels: false }, []],
		[{ checkForChannels: ['fb'] }, [FACEBOOK]],
		[{ checkForChannels: ['dlc'] }, []],
		[{ checkChosenChannels: true }, [FACEBOOK, WEB]],
		[{ checkChosenChannels: true, checkForChannels: ['web'] }, [WEB, FACEBOOK]],
	])('exceeds with the options %j: %j', (options, found) => {
		const sentence = `The message exceeds channel limits. ${found.join('; ')}`;
		expect(channelProblems(onBoth, formWith(options))).toEqual(found.length > 0 ? [sentence] : []);
	});

	test('has a report for each selected type', () => {
		expect(channelReport(onBoth, formWith({ checkForChannels: ['web', 'dlc'] }))).toEqual([
			{ channelType: 'web', name: 'Web Chat', problems: ['5 buttons (at most 4)'] },
			{ channelType: 'dlc', name: 'Long Code SMS/MMS', problems: [] },
		]);
		expect(channelReport(onBoth, formWith({ checkForChannels: [] }))).toBeUndefined();
		expect(channelReport(onBoth, formWith())).toBeUndefined();
	});
});
