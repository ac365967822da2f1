import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { NotSentError } from '../../transport/errors';

/** A file of an input item, as n8n stores it. */
export interface InputFile {
	/** In lowercase, without parameters, such as `image/png`. */
	mimeType: string;
	/** Its size; undefined if n8n doesn't know it. */
	bytes?: number;
	/**
	 * A signed link that downloads the file without a login. Within a run, the same file always gets the same link, so items
	 * that send it can share a request.
	 *
	 * @param hours how long the link is valid
	 * @throws NotSentError if the service couldn't fetch it
	 */
	link(hours: number): string;
}

/** Reads files of the input. */
export interface InputFiles {
	/** @throws NotSentError if the item has no such file, or n8n doesn't store it */
	get(binaryField: string, itemIndex: number): InputFile;
}

const NOTHING_SENT = 'Nothing was sent for this item.';
const ADDRESS =
	'Set N8N_EDITOR_BASE_URL to the https:// address at which n8n can be reached from the internet, or enter the URL of a file elsewhere.';

function findFile(context: IExecuteFunctions, name: string, itemIndex: number): IBinaryData & { id: string } {
	const { binary = {} } = context.getInputData()[itemIndex];
	const names = Object.keys(binary);
	if (!names.includes(name)) {
		const remedy =
			names.length > 0
				? `It has ${names.map((one) => `"${one}"`).join(', ')}.`
				: 'It has no files: not every node passes them on. Add the file to the item with a Merge node before this one.';
		throw new NotSentError(
			`Input Binary Field must be the name of a file of the item, but "${name}" was given`,
			`${NOTHING_SENT} ${remedy}`,
		);
	}
	const { id } = binary[name];
	if (id !== undefined) return { ...binary[name], id };
	throw new NotSentError(
		`The file "${name}" is only in n8n's memory, so the service can't fetch it`,
		`${NOTHING_SENT} Have n8n store files: set N8N_DEFAULT_BINARY_DATA_MODE to filesystem, s3, or database. Pinned files aren't stored either.`,
	);
}

/** @param allowsHttp whether the Base URL is http://, so files may be fetched over http:// too */
export function createInputFiles(context: IExecuteFunctions, allowsHttp: boolean): InputFiles {
	const links = new Map<string, string>();

	function makeLink(file: IBinaryData, name: string, hours: number): string {
		let failure: string;
		try {
			const link = context.helpers.createBinarySignedUrl(file, `${hours} hours`);
			const { protocol, origin } = new URL(link);
			if (protocol === 'https:' || allowsHttp) return link;
			failure = `The service fetches files over https:// only, but the address of this n8n is ${origin}`;
		} catch (error) {
			failure = `n8n makes no link to the file "${name}" (${(error as Error).message})`;
		}
		throw new NotSentError(failure, `${NOTHING_SENT} ${ADDRESS}`);
	}

	return {
		get(name, itemIndex) {
			const file = findFile(context, name, itemIndex);
			return {
				mimeType: file.mimeType.split(';')[0].trim().toLowerCase(),
				bytes: file.bytes,
				link(hours) {
					const key = `${hours} ${file.id}`;
					const link = links.get(key) ?? makeLink(file, name, hours);
					links.set(key, link);
					return link;
				},
			};
		},
	};
}
