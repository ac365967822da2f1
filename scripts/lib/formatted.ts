import { format, resolveConfig } from 'prettier';

/** The text as prettier would leave it in that file. */
export async function formatted(path, text) {
	return await format(text, { ...(await resolveConfig(path)), filepath: path });
}
