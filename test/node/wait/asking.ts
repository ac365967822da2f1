import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { NodeRun } from '../../support/engine';
import type { Fixture } from '../../support/fixture';
import type { Waiting, WaitingN8n } from '../../support/waitingN8n';

/** A question to one phone, on the channel for SMS. */
export const question = (others: INodeParameters = {}): INodeParameters => ({
	resource: 'message',
	operation: 'sendAndWait',
	targetType: 'phones',
	phones: '+12025550101',
	channelId: '601',
	message: 'Order a laptop?',
	...others,
});

/** Asks it, with the engine for nativeMsg. */
export async function ask(
	{ engine, sandbox }: Fixture,
	n8n: WaitingN8n,
	parameters: INodeParameters = {},
	run: Partial<NodeRun> = {},
): Promise<Waiting> {
	return await n8n.ask(engine, { parameters: question(parameters), ...run }, () => sandbox.requests());
}

export interface Answer {
	status: number;
	page: string;
	headers: Headers;
}

async function answerOf(response: Response): Promise<Answer> {
	return { status: response.status, page: await response.text(), headers: response.headers };
}

export const open = async (link: string) => await answerOf(await fetch(link));

/** Submits the page of a link. */
export const submit = async (link: string, fields: Record<string, string> = {}) =>
	await answerOf(await fetch(link, { method: 'POST', body: new URLSearchParams(fields) }));

/** The final outputs, one for each time that the execution continued. */
export const repliesTo = (n8n: WaitingN8n, { id }: Waiting) =>
	n8n.outputs(id).map(([output]) => output as { data: IDataObject; timedOut: boolean });

/** A link with other parameters. */
export function changed(link: string, parameters: Record<string, string | undefined>): string {
	const url = new URL(link);
	for (const [name, value] of Object.entries(parameters)) {
		if (value === undefined) url.searchParams.delete(name);
		else url.searchParams.set(name, value);
	}
	return url.href;
}
