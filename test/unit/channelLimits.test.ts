import { CHANNEL_LIMITS, channelFindings, findingsFor } from '../../nodes/NativeMsg/message/channelLimits';
import type { InputFile } from '../../nodes/operations/form/inputFile';

type Message = Parameters<typeof channelFindings>[0];

const entries = (count: number, title = 'Yes') =>
	Array.from({ length: count }, () => ({ type: 'text', title }));
const card = { title: 'A', buttons: [{ title: 'b'.repeat(21) }] };

test.each<[type: string, message: object, findings: string[]]>([
	['fb', { quickReplies: entries(11, 'y'.repeat(20)), buttons: entries(3, 'y'.repeat(20)) }, []],
	['fb', { quickReplies: entries(12) }, ['12 quick replies (at most 11)']],
	['fb', { buttons: entries(4) }, ['4 buttons (at most 3)']],
	[
		'fb',
		{ quickReplies: [{ title: 'No' }, { title: 'y'.repeat(21) }, { title: null }, {}] },
		['the title of quick reply 2 has 21 characters (at most 20)'],
	],
	[
		'fb',
		{ carousel: [{}, card], list: [{ button: { title: 'c'.repeat(22) } }, {}] },
		[
			'the title of button 1 of card 2 has 21 characters (at most 20)',
			'the title of button 1 of entry 1 has 22 characters (at most 20)',
		],
	],
	['dlc', { quickReplies: entries(1), carousel: [card] }, ['no quick replies']],
	['dlc', { quickReplies: [] }, []],
	['alx', { media: 'https://example.com/a.png', quickReplies: entries(1) }, ['no media', 'no quick replies']],
	['rcs', { mediaType: 'image' }, []],
	['rcs', { mediaType: 'video' }, []],
	['rcs', { mediaType: 'text' }, []],
	['rcs', {}, []],
	['rcs', { mediaType: 'audio' }, ['no audio (only image or video)']],
	['fb', { mediaType: 'audio' }, []],
	['rcs', { buttons: entries(1) }, ['buttons only with Rich Card or in a carousel']],
	['rcs', { buttons: entries(1), richCard: {} }, []],
	['rcs', { buttons: entries(1), carousel: [] }, []],
	['rcs', { buttons: [] }, []],
	['fb', { buttons: entries(1) }, []],
	['new', { buttons: entries(99) }, []],
])('on %s, the message %j has the findings %j', (type, message, findings) => {
	expect(channelFindings(message as Message, type)).toEqual(findings);
});

test.each<[type: string, file: Partial<InputFile>, message: Message, findings: string[]]>([
	['dlc', { bytes: 4_999_999 }, {}, []],
	['dlc', { bytes: 5_000_000 }, {}, ['file and text have 5.0 MB (must be below 5 MB)']],
	['dlc', { bytes: 4_999_990 }, { title: 'ab', text: 'é'.repeat(3) }, []],
	[
		'dlc',
		{ bytes: 4_999_990 },
		{ title: 'ab', text: 'é'.repeat(4) },
		['file and text have 5.0 MB (must be below 5 MB)'],
	],
	[
		'dlc',
		{ bytes: 5_260_000, mimeType: 'image/tiff' },
		{},
		['no image/tiff files', 'file and text have 5.3 MB (must be below 5 MB)'],
	],
	['dlc', { bytes: undefined }, {}, []],
	['fb', { bytes: 50_000_000, mimeType: 'image/tiff' }, {}, []],
])('on %s, the file %j with the message %j has the findings %j', (type, file, message, findings) => {
	const whole = { mimeType: 'image/png', ...file } as InputFile;
	expect(findingsFor(message, CHANNEL_LIMITS[type], whole)).toEqual(findings);
});
