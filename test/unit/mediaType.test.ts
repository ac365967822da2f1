import {
	chosenMediaType,
	lifetimeOf,
	mediaFileOf,
	mediaTypeOf,
} from '../../nodes/NativeMsg/message/mediaType';
import type { Form } from '../../nodes/operations/form/form';
import type { InputFile } from '../../nodes/operations/form/inputFile';
import { NotSentError } from '../../nodes/transport/errors';

/** A form with these values. */
const formOf = (values: Record<string, unknown>) =>
	({
		get: (name: string) => values[name],
		readObject: () => values,
		file: (name: string) => `the file ${name}`,
		refuse: (message: string) => {
			throw new NotSentError(message);
		},
	}) as unknown as Form;

test.each<[address: string, type: string | undefined]>([
	['https://example.com/a.png', 'image'],
	['https://example.com/a.JPG?size=b.mp4#c.mp3', 'image'],
	['https://example.com/a.b/c.tar.mp4', 'video'],
	['https://example.com/a.mp3', 'audio'],
	['https://example.com/a.pdf', 'file'],
	['{picture}.png', 'image'],
	...Object.entries({
		audio: 'aac amr flac m4a mp3 oga ogg opus wav weba',
		file: 'csv doc docx ics pdf ppt pptx rtf txt vcf xls xlsx zip',
		image: 'bmp gif heic jpeg jpg png svg tif tiff webp',
		video: '3g2 3gp avi m4v mkv mov mp4 mpeg mpg webm',
	}).flatMap(([type, endings]) =>
		endings.split(' ').map((ending): [string, string] => [`https://example.com/a.${ending}`, type]),
	),
	['https://example.com/a.xyz', undefined],
	['https://example.com/png', undefined],
	['https://example.com/a.png/b', undefined],
	['https://example.com', undefined],
])('the media type of %s is %s', (address, type) => expect(mediaTypeOf(address)).toBe(type));

test.each<[values: Record<string, unknown>, file: unknown]>([
	[{ mediaFrom: 'url', mediaFile: 'data' }, undefined],
	[{ mediaFrom: 'binary', mediaFile: 'data' }, 'the file data'],
	[{ mediaFile: 'data' }, 'the file data'],
	[{ mediaFrom: 'binary' }, undefined],
	[{}, undefined],
])('with %j, the file to send is %j', (values, file) => expect(mediaFileOf(formOf(values))).toBe(file));

test('a link to a file is valid for a day, or as long as the user says', () => {
	expect(lifetimeOf(formOf({}))).toBe(24);
	expect(lifetimeOf(formOf({ fileLifetime: 2 }))).toBe(2);
});

describe('the media type of a message', () => {
	const PNG = 'https://example.com/a.png';
	const PLAIN = 'https://example.com/a';

	test.each<[values: Record<string, unknown>, type: string | undefined]>([
		[{ media: PNG }, 'image'],
		[{ media: PNG, mediaType: 'auto' }, 'image'],
		[{ media: PNG, mediaType: 'video' }, 'video'],
		[{ media: PLAIN, mediaType: 'video' }, 'video'],
		[{ media: PLAIN }, undefined],
		[{ mediaType: 'auto' }, undefined],
		[{ mediaType: 'text' }, 'text'],
		[{}, undefined],
	])('with %j is %s', (values, type) => expect(chosenMediaType(formOf(values))).toBe(type));

	test('has to be chosen if it should follow from a URL that does not tell', () => {
		expect(() => chosenMediaType(formOf({ media: PLAIN, mediaType: 'auto' }))).toThrow(
			`Media Type must be chosen if the Media URL has no ending such as .mp4, but "${PLAIN}" was given`,
		);
	});

	test.each<[mimeType: string, chosen: string | undefined, type: string]>([
		['image/png', undefined, 'image'],
		['audio/ogg', 'auto', 'audio'],
		['video/mp4', 'video', 'video'],
		['image/png', 'file', 'file'],
		['image/png', 'text', 'text'],
		['application/pdf', undefined, 'file'],
		['text/csv', 'auto', 'file'],
	])('for a file of %s with %s chosen is %s', (mimeType, chosen, type) => {
		expect(chosenMediaType(formOf({ mediaType: chosen }), { mimeType } as InputFile)).toBe(type);
	});

	test('has to fit the file', () => {
		expect(() =>
			chosenMediaType(formOf({ mediaType: 'video' }), { mimeType: 'image/png' } as InputFile),
		).toThrow('Media Type must fit the file, which is image/png, but "video" was given');
	});
});
