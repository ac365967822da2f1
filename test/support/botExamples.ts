import type { IDataObject } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The section "Bot Examples" of the nativeMsg reference, word for word. */
const section = readFileSync(join(__dirname, '../fixtures/nativemsg-bot-examples.txt'), 'utf8');

const EXAMPLE = /^(?!["[\]{}])(.+)\n(?!["[\]{}]).+\n([[{]\n[^]*?)(?=^(?!["[\]{}]|true|false)\w|$(?![^]))/gm;

/** The interactions of each example by its heading, in the order of the text. Two examples are printed without their bot. */
export const botExamples: Record<string, IDataObject[]> = Object.fromEntries(
	[...section.matchAll(EXAMPLE)].map(([, heading, json]) => {
		const bot = JSON.parse(json) as IDataObject[] | { interactions: IDataObject[] };
		return [heading, Array.isArray(bot) ? bot : bot.interactions];
	}),
);
