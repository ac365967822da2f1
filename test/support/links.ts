/** Stands in a case for the signed link that n8n makes up. */
export const LINK = 'https://n8n.example.com/webhook-waiting/231/ask?q=k3J9xQ2mPz1a&signature=5f0c7a';
/** The same for one choice. */
export const choiceLink = (position: number) => LINK.replace('&', `&choice=${position}&`);

/** Stands in a case for the signed link by which n8n serves a file. */
export const FILE_LINK = 'https://n8n.example.com/rest/binary-data/signed?token=5f0c7a';

const REAL_FILE = /http:\/\/127\.0\.0\.1(?::\d+)?\/rest\/binary-data\/signed\?token=[^"\\\s]+/g;
const REAL = /http:\/\/127\.0\.0\.1(?::\d+)?\/webhook-waiting\/[^"\\\s]+/g;

/** A value with `LINK` or `FILE_LINK` instead of each link. */
export function withoutLinks<T>(value: T): T {
	const plain = JSON.stringify(value).replace(REAL, (link) => {
		const choice = new URL(link).searchParams.get('choice');
		return choice === null ? LINK : choiceLink(Number(choice));
	});
	return JSON.parse(plain.replace(REAL_FILE, FILE_LINK)) as T;
}
