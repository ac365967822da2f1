import type { IExecuteFunctions } from 'n8n-workflow';
import { createInputFiles } from '../../nodes/operations/form/inputFile';
import { NotSentError } from '../../nodes/transport/errors';

const png = { id: 'filesystem:1', mimeType: 'image/PNG; charset=binary', bytes: 5 };
const pdf = { id: 'filesystem:2', mimeType: ' application/pdf ' };
const pinned = { mimeType: 'text/csv' };

/** The files of one item, in an n8n at this address. */
function filesOf(binary?: Record<string, object>, address = 'https://n8n.example.com', allowsHttp = false) {
	const made: string[] = [];
	const context = {
		getInputData: () => [{ json: {} }, { json: {}, binary }],
		helpers: {
			createBinarySignedUrl({ id }: { id: string }, expires: string) {
				if (address === '') throw new Error('No secret');
				made.push(`${id} for ${expires}`);
				return `${address}/file?${made.length}`;
			},
		},
	} as unknown as IExecuteFunctions;
	return { files: createInputFiles(context, allowsHttp), made };
}

/** The error of getting a link to a file. */
function errorOf(files: ReturnType<typeof filesOf>['files'], name: string, itemIndex = 1) {
	try {
		files.get(name, itemIndex).link(24);
	} catch (error) {
		expect(error).toBeInstanceOf(NotSentError);
		return [(error as NotSentError).message, (error as NotSentError).description];
	}
	return undefined;
}

test('a file has its MIME type in lowercase and without parameters, and its size if n8n knows it', () => {
	const { files } = filesOf({ png, pdf });
	expect(files.get('png', 1)).toMatchObject({ mimeType: 'image/png', bytes: 5 });
	expect(files.get('pdf', 1)).toMatchObject({ mimeType: 'application/pdf', bytes: undefined });
});

test('the same file has the same link for the same time, and another one otherwise', () => {
	const { files, made } = filesOf({ png, pdf, copy: png });
	const link = (name: string, hours: number) => files.get(name, 1).link(hours);
	expect([link('png', 24), link('copy', 24), link('png', 2), link('pdf', 24), link('png', 24)]).toEqual([
		'https://n8n.example.com/file?1',
		'https://n8n.example.com/file?1',
		'https://n8n.example.com/file?2',
		'https://n8n.example.com/file?3',
		'https://n8n.example.com/file?1',
	]);
	expect(made).toEqual([
		'filesystem:1 for 24 hours',
		'filesystem:1 for 2 hours',
		'filesystem:2 for 24 hours',
	]);
});

const ADDRESS =
	'Nothing was sent for this item. Set N8N_EDITOR_BASE_URL to the https:// address at which n8n can be reached from the internet, or enter the URL of a file elsewhere.';

test('a link over http is made only for a service at http', () => {
	expect(errorOf(filesOf({ png }, 'http://localhost:5678').files, 'png')).toEqual([
		'The service fetches files over https:// only, but the address of this n8n is http://localhost:5678',
		ADDRESS,
	]);
	expect(errorOf(filesOf({ png }, 'http://localhost:5678', true).files, 'png')).toBeUndefined();
});

test.each<[what: string, files: ReturnType<typeof filesOf>['files'], name: string, error: string[]]>([
	[
		'n8n makes no link',
		filesOf({ png }, '').files,
		'png',
		['n8n makes no link to the file "png" (No secret)', ADDRESS],
	],
	[
		'n8n does not store the file',
		filesOf({ pinned }).files,
		'pinned',
		[
			'The file "pinned" is only in n8n\'s memory, so the service can\'t fetch it',
			"Nothing was sent for this item. Have n8n store files: set N8N_DEFAULT_BINARY_DATA_MODE to filesystem, s3, or database. Pinned files aren't stored either.",
		],
	],
	[
		'there is no file of that name',
		filesOf({ png, pdf }).files,
		'data',
		[
			'Input Binary Field must be the name of a file of the item, but "data" was given',
			'Nothing was sent for this item. It has "png", "pdf".',
		],
	],
	[
		'there is no file at all',
		filesOf().files,
		'data',
		[
			'Input Binary Field must be the name of a file of the item, but "data" was given',
			'Nothing was sent for this item. It has no files: not every node passes them on. Add the file to the item with a Merge node before this one.',
		],
	],
])('if %s, the error says what to do', (_what, files, name, error) => {
	expect(errorOf(files, name)).toEqual(error);
});

test('each item has its own files', () => {
	expect(errorOf(filesOf({ png }).files, 'png', 0)?.[0]).toContain('must be the name of a file of the item');
});
