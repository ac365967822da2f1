// Run by `npm run save-workflows` before a release: keeps every form and, filled in as in every case, as workflows hold it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import { Engine } from '../support/engine';
import { NodeForm } from '../support/nodeForm';
import { nodes } from '../support/nodes';
import { currentForms, RELEASED, type ReleasedVersion, type SavedWorkflow } from './savedWorkflows';

test(`the workflows of version ${version} are saved`, async () => {
	const engine = await Engine.start({});
	const workflows = nodes.flatMap(({ name, cases }) => {
		const form = new NodeForm(name, engine.description(name));
		return cases.map(({ title, format, parameters, items, earlier }): SavedWorkflow => {
			const { resource, operation } = parameters;
			return {
				title: `${name} ${resource}/${operation}: ${title}`,
				node: name,
				format,
				parameters: { resource, operation, ...form.saved(parameters) },
				items: items.map(({ json }) => json),
				earlier,
				requests: items.map(({ request, body = null }) => ({ request, body })),
			};
		});
	});
	expect(workflows.length).toBeGreaterThan(0);
	const released: ReleasedVersion = { forms: currentForms(engine), workflows };
	mkdirSync(RELEASED, { recursive: true });
	writeFileSync(join(RELEASED, `${version}.json`), `${JSON.stringify(released, null, '\t')}\n`);
});
