import type { INodeProperties } from 'n8n-workflow';
import type { Form } from '../../operations/form/form';
import type { InputFile } from '../../operations/form/inputFile';
import type { Schema } from '../../transport/contract';

const DEFAULT_LIFETIME = 24;

export const fileLifetime: INodeProperties = {
	displayName: 'File Lifetime',
	name: 'fileLifetime',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 720 },
	default: DEFAULT_LIFETIME,
	description:
		'How many hours the service can fetch the file. n8n deletes it with the execution, so keep executions at least that long.',
};

// Constants, because the structure of a form is cached by schema.
const LIFETIME: Schema = {
	properties: {
		fileLifetime: {
			type: 'integer',
			minimum: fileLifetime.typeOptions!.minValue,
			maximum: fileLifetime.typeOptions!.maxValue,
		},
	},
};
const MEDIA_FILE: Schema = { properties: { mediaFile: { type: 'string' } } };
const MEDIA: Schema = {
	properties: { media: { type: 'string', format: 'uri' }, mediaType: { type: 'string' } },
};

/** How many hours a link to a file is valid. @throws NotSentError if the option isn't a number, or is out of range */
export function lifetimeOf(form: Form): number {
	return form.readObject<{ fileLifetime?: number }>(LIFETIME).fileLifetime ?? DEFAULT_LIFETIME;
}

/** The item's file to send; undefined if there is none, or a URL. */
export function mediaFileOf(form: Form): InputFile | undefined {
	if (form.get('mediaFrom') === 'url') return undefined;
	const { mediaFile } = form.readObject<{ mediaFile?: string }>(MEDIA_FILE);
	return mediaFile === undefined ? undefined : form.file(mediaFile);
}

/** File extensions by documented media type. */
const ENDINGS: Record<string, string[]> = {
	audio: ['aac', 'amr', 'flac', 'm4a', 'mp3', 'oga', 'ogg', 'opus', 'wav', 'weba'],
	file: ['csv', 'doc', 'docx', 'ics', 'pdf', 'ppt', 'pptx', 'rtf', 'txt', 'vcf', 'xls', 'xlsx', 'zip'],
	image: ['bmp', 'gif', 'heic', 'jpeg', 'jpg', 'png', 'svg', 'tif', 'tiff', 'webp'],
	video: ['3g2', '3gp', 'avi', 'm4v', 'mkv', 'mov', 'mp4', 'mpeg', 'mpg', 'webm'],
};

/** The media type of a URL by its file extension; undefined if that isn't known. */
export function mediaTypeOf(address: string): string | undefined {
	const path = URL.canParse(address) ? new URL(address).pathname : address;
	const ending = /\.(\w+)$/.exec(path)?.[1].toLowerCase() ?? '';
	return Object.keys(ENDINGS).find((type) => ENDINGS[type].includes(ending));
}

/** @throws NotSentError if a file doesn't have the chosen type */
function mediaTypeOfFile(form: Form, { mimeType }: InputFile, chosen: string | undefined): string {
	const [family] = mimeType.split('/');
	const type = ['audio', 'image', 'video'].includes(family) ? family : 'file';
	if (chosen === undefined || chosen === 'auto') return type;
	// Any file can be sent as "file", and the meaning of "text" isn't documented.
	if ([type, 'file', 'text'].includes(chosen)) return chosen;
	return form.refuse(`Media Type must fit the file, which is ${mimeType}, but "${chosen}" was given`);
}

/**
 * The media type of a message: as chosen, otherwise by the file's MIME type or the URL's extension.
 *
 * @throws NotSentError if the extension should decide but isn't known, or if a file has a different type
 */
export function chosenMediaType(form: Form, file?: InputFile): string | undefined {
	const { media, mediaType } = form.readObject<{ media?: string; mediaType?: string }>(MEDIA);
	if (file) return mediaTypeOfFile(form, file, mediaType);
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
