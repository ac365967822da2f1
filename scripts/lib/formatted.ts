import { format, resolveConfig } from 'prettier';

/** The text as Prettier formats it in a file with that path. */
export async function formatted(path: string, text: string): Promise<string> {
	return await format(text, { ...(await resolveConfig(path)), filepath: path });
}
