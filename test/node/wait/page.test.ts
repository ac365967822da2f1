import { HEADERS } from '../../../nodes/operations/wait/page';
import { useFixture } from '../../support/fixture';
import { texts } from '../../support/html';
import { useWaitingN8n } from '../../support/waitingN8n';
import { ask, open, submit } from './asking';

const fixture = useFixture();
const waiting = useWaitingN8n();

describe('the page', () => {
	it("can't be cached, indexed, framed, or traced, also if a reply is refused or the question is closed", async () => {
		const asked = await ask(fixture, waiting.n8n);
		const [page, refused, thanks] = [
			await open(asked.link),
			await submit(asked.link),
			await submit(asked.link, { choice: '0' }),
		];
		expect([page, refused, thanks].map(({ status }) => status)).toEqual([200, 400, 200]);
		for (const { headers } of [page, refused, thanks]) {
			for (const [name, value] of Object.entries(HEADERS)) expect(headers.get(name)).toBe(value);
		}
	});

	it("says in the person's language what the user writes in it", async () => {
		const asked = await ask(fixture, waiting.n8n, {
			responseType: 'freeText',
			options: {
				pageTitle: 'Tu respuesta',
				pageText: '¿Qué pasó?',
				submitLabel: 'Enviar',
				thankYouText: 'Gracias.',
			},
		});
		const { page } = await open(asked.link);
		expect([texts(page, 'h1'), texts(page, 'p'), texts(page, 'button')]).toEqual([
			['Tu respuesta'],
			['¿Qué pasó?'],
			['Enviar'],
		]);
		expect(texts((await submit(asked.link, { text: 'Nada' })).page, 'p')).toEqual(['Gracias.']);
	});
});
