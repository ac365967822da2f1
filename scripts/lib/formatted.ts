import { format, resolveConfig } from 'prettier';

/** The text as prettier would leave it in the file at that path. */
export async function formatted(path: string, text: string): Promise<string> {
	return await format(text, { ...(await resolveConfig(path)), filepath: path });
}
