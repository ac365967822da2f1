import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An example request of NativeMessage's OTT guide. */
export interface GuideCall {
	method: string;
	url: string;
	/** By their names in lower case. */
	headers: Record<string, string>;
	/** Absent if the request has none. */
	body?: unknown;
}

/** The guide as it is published, but for its one number, which no phone can have: that is refused. */
export const guideText = readFileSync(
	join(__dirname, '../fixtures/nativemessage-guide.txt'),
	'utf8',
).replaceAll('+1234567890', '+12345678901');

const CALL = /^curl -X (\w+) (\S+) \\\n((?:-H "[^"]+"(?: \\\n)?)+)(?:-d '([^']+)')?/gm;
const HEADER = /-H "([^:]+): ([^"]+)"/g;

/** Its requests in the order of the text: create channel, create template, send template, send text, retry. */
export const guideCalls: GuideCall[] = [...guideText.matchAll(CALL)].map(
	([, method, url, headers, body]) => ({
		method,
		url,
		headers: Object.fromEntries(
			[...headers.matchAll(HEADER)].map(([, name, value]) => [name.toLowerCase(), value]),
		),
		...(body && { body: JSON.parse(body) }),
	}),
);
