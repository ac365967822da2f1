import type { INodeParameters } from 'n8n-workflow';
import type { Fixture } from '../../support/fixture';

/** Creates a bot from rows of the form. Returns the error, if any, and the bodies that were sent. */
export async function createBot(
	{ engine, sandbox }: Fixture,
	rows: INodeParameters[],
	others: INodeParameters = {},
) {
	const { error } = await engine.run({
		parameters: {
			resource: 'bot',
			operation: 'create',
			name: 'Bot',
			specifyInteractions: 'usingFields',
			interactionRows: { interaction: rows },
			...others,
		},
	});
	const sent = sandbox.requests().filter(({ method }) => method === 'POST');
	return { message: error?.message, sent: sent.map(({ body }) => body) };
}
