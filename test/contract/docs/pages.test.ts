import type { IDataObject } from 'n8n-workflow';
import { posix } from 'node:path';
import { NativeMsgApi } from '../../../credentials/NativeMsgApi.credentials';
import { setUp, type OperationCase } from '../../support/cases';
import { images, pages, textOf } from '../../support/docs';
import { exampleOf } from '../../support/exampleOf';
import { runNode, useFixture } from '../../support/fixture';
import { withoutLinks } from '../../support/links';
import { nodes } from '../../support/nodes';

const ONLINE = 'https://github.com/nativemsg/n8n-nodes-nativemsg/blob/main/docs';

/** What a page links to or shows, as paths below docs/. */
function linkedFrom(page: string): string[] {
	const targets = [...textOf(page).matchAll(/\]\(([^)#:]+)[^)]*\)/g)].map(([, target]) => target);
	return targets.map((target) => posix.join(posix.dirname(page), target));
}

it('the index of the docs lists each page', () => {
	const listed = linkedFrom('README.md');
	expect(pages.filter((page) => page !== 'README.md' && !listed.includes(page))).toEqual([]);
});

it('the docs show each picture', () => {
	const shown = pages.flatMap(linkedFrom);
	expect(images.filter((image) => !shown.includes(image))).toEqual([]);
});

it.each(['NativeMsg', 'NativeMsgOtt', 'NativeMsgTrigger'])('the docs have the pages of %s', (node) => {
	const { resources } = jest.requireActual(`../../../nodes/${node}/${node}.node.json`);
	const leadsTo = [resources.primaryDocumentation, resources.credentialDocumentation].flat();
	expect(leadsTo).toHaveLength(2);
	for (const { url } of leadsTo) expect(pages.map((page) => `${ONLINE}/${page}`)).toContain(url);
	expect(new NativeMsgApi().documentationUrl).toBe(`${ONLINE}/credential.md`);
});

const fixture = useFixture({ stepMs: 0 });

/** The output item in the section of an operation; sample times and numbers match any. */
function shownOutput(folder: string, resource: string, operation: string): unknown {
	const file = resource.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
	const [, section] = textOf(`${folder}/${file}.md`).split(`<!-- operation ${operation}: `);
	const json = section.split('```json\n').at(-1)!.split('\n```')[0];
	return JSON.parse(json, (_name, value: unknown) => {
		if (typeof value !== 'string') return value;
		if (value.startsWith('2026-11-21T09:30:00')) return expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
		return value.startsWith('provider_') ? expect.stringMatching(/^provider_\d+$/) : value;
	});
}

const examplesOf = (cases: OperationCase[]) => {
	const operations = new Map(
		cases.map(({ parameters }) => [`${parameters.resource}/${parameters.operation}`, parameters]),
	);
	return [...operations].map(([key, { resource, operation }]): [string, OperationCase] => [
		key,
		exampleOf(cases, resource, operation)!,
	]);
};

const FOLDERS = { nativeMsg: 'nativemsg', nativeMsgOtt: 'nativemsg-ott' };

describe.each(nodes)('the examples of $name', ({ name, cases }) => {
	test.each(examplesOf(cases))('show the output of %s as it is', async (_key, one) => {
		await setUp(fixture, one);
		const { parameters, format, items } = one;
		const { success, error } = await runNode(fixture, format, { parameters, items: [items[0].json] });
		expect(error).toBeUndefined();
		const { resource, operation } = parameters;
		const shown = shownOutput(FOLDERS[name], resource, operation) as IDataObject;
		// For a question, it shows the output after the reply.
		const { data: _data, timedOut: _timedOut, ...sent } = shown;
		const expected = operation === 'sendAndWait' ? sent : shown;
		expect(withoutLinks(success[0].json)).toEqual(expected);
	});
});
