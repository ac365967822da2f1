import { NodeForm } from '../support/nodeForm';
import { runCase } from '../support/cases';
import { useFixture } from '../support/fixture';
import {
	currentEvent,
	currentForms,
	pathsIn,
	releasedVersions,
	sentIn,
	type SavedWorkflow,
} from './savedWorkflows';

const fixture = useFixture();

describe.each(releasedVersions())('workflows of version %s', (_version, { forms, workflows, event }) => {
	const named = workflows.map((one): [string, SavedWorkflow] => [one.title, one]);

	it.each(named)(
		'send what they sent: %s',
		async (_title, { node, requests, outputs, items, files = [], ...saved }) => {
			const { resource, operation } = saved.parameters as Record<string, string>;
			const outcome = await runCase(fixture, {
				...saved,
				parameters: { ...saved.parameters, resource, operation },
				items: items.map((json, index) => ({ json, files: files[index], request: '', output: [] })),
			});
			expect(outcome.error).toBeUndefined();
			expect(sentIn(outcome.requests)).toEqual(requests);
			const json = outcome.success.map((item) => item.json);
			expect(pathsIn(json)).toEqual(expect.arrayContaining(outputs));

			const form = new NodeForm(node, fixture.engine.description(node));
			expect(form.stored(saved.parameters)).toMatchObject(saved.parameters);
			expect(form.issues(form.stored(saved.parameters))).toEqual({});
		},
	);

	it.each(Object.keys(forms))('find their form as it was, with additions at most: %s', (key) => {
		const { fresh, choices, defaults } = forms[key];
		const current = currentForms(fixture.engine)[key];
		expect(current?.fresh).toMatchObject(fresh);
		expect(current.defaults).toMatchObject(defaults);
		for (const [path, values] of Object.entries(choices)) {
			expect([path, current.choices[path]]).toEqual([path, expect.arrayContaining(values)]);
		}
	});

	it('find the same fields in an event of the trigger', () => {
		expect(currentEvent()).toEqual(expect.arrayContaining(event));
	});

	it('use every operation of that version that sends something', () => {
		const used = new Set(workflows.map(({ title }) => title.split(':')[0]));
		const sending = Object.keys(forms).filter((key) => key.includes('/') && !key.endsWith('/preview'));
		expect([...used].sort()).toEqual(sending.sort());
	});
});
