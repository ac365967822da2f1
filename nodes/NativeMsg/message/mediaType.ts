import type { Form } from '../../operations/form/form';

/** What the documented media types are recognized by. */
const ENDINGS: Record<string, string[]> = {
	audio: ['aac', 'amr', 'flac', 'm4a', 'mp3', 'oga', 'ogg', 'opus', 'wav', 'weba'],
	file: ['csv', 'doc', 'docx', 'ics', 'pdf', 'ppt', 'pptx', 'rtf', 'txt', 'vcf', 'xls', 'xlsx', 'zip'],
	image: ['bmp', 'gif', 'heic', 'jpeg', 'jpg', 'png', 'svg', 'tif', 'tiff', 'webp'],
	video: ['3g2', '3gp', 'avi', 'm4v', 'mkv', 'mov', 'mp4', 'mpeg', 'mpg', 'webm'],
};

/** The media type that the ending of an address tells; undefined where it tells none. */
export function mediaTypeOf(address: string): string | undefined {
	const path = URL.canParse(address) ? new URL(address).pathname : address;
	const ending = /\.(\w+)$/.exec(path)?.[1].toLowerCase() ?? '';
	return Object.keys(ENDINGS).find((type) => ENDINGS[type].includes(ending));
}

/**
 * The media type of a message from its fields: as chosen, else by the ending of the address.
 *
 * @throws NotSentError when the ending is to decide, but there is none that is known
 */
export function chosenMediaType(form: Form): string | undefined {
	const { media, mediaType } = form.readObject<{ media?: string; mediaType?: string }>({
		properties: { media: { type: 'string', format: 'uri' }, mediaType: { type: 'string' } },
	});
	if (mediaType !== undefined && mediaType !== 'auto') return mediaType;
	if (media === undefined) return undefined;
	const derived = mediaTypeOf(media);
	if (derived === undefined && mediaType === 'auto') {
		form.refuse(
			`Media Type must be chosen if the Media URL has no ending such as .mp4, but "${media}" was given`,
		);
	}
	return derived;
}
