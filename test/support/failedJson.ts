import type { IDataObject } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version of the n8n-core that the tests run on, which may be an older one than the installed. */
function coreVersion(path = require.resolve('n8n-core')): [major: number, minor: number] {
	const folder = dirname(path);
	if (!path.endsWith('package.json')) {
		const isRoot = folder.endsWith(join('node_modules', 'n8n-core'));
		return coreVersion(isRoot ? join(folder, 'package.json') : folder);
	}
	const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
	const [major, minor] = version.split('.').map(Number);
	return [major, minor];
}

const [major, minor] = coreVersion();
/** Before, n8n treated an item with anything besides `error` as successful. */
const keepsDetails = major > 2 || (major === 2 && minor >= 36);

/** The details of a failed item; missing values are null. */
export interface FailedDetails {
	outcome: string;
	status?: number;
	code?: string;
	requestId?: unknown;
}

/** The fields that a failed item adds to its input: the message, and the details for workflows to branch on. */
export function failedJson(
	error: unknown,
	{ outcome, status, code, requestId = null }: FailedDetails,
): IDataObject {
	const details = { outcome, status: status ?? null, code: code ?? null, requestId };
	return { error, ...(keepsDetails && { details }) } as IDataObject;
}
