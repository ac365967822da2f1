// Run by `npm run save-workflows` before a release: keeps every form and, filled in as in every case, as workflows hold it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import { runCase } from '../support/cases';
import { useFixture } from '../support/fixture';
import { NodeForm } from '../support/nodeForm';
import { nodes } from '../support/nodes';
import {
	currentEvent,
	currentForms,
	pathsIn,
	RELEASED,
	sentIn,
	type ReleasedVersion,
	type SavedWorkflow,
} from './savedWorkflows';

const fixture = useFixture();

/** JSON with a line for each form and each workflow, so that a difference between two sets can be read. */
function oneEntryPerLine(released: ReleasedVersion): string {
	const parts = Object.entries(released).map(([name, part]) => {
		const [start, end] = Array.isArray(part) ? ['[', ']'] : ['{', '}'];
		const lines = Object.entries(part as object).map(([key, entry]) => {
			const text = JSON.stringify(entry);
			return Array.isArray(part) ? text : `${JSON.stringify(key)}: ${text}`;
		});
		return `${JSON.stringify(name)}: ${start}\n${lines.join(',\n')}\n${end}`;
	});
	return `{\n${parts.join(',\n')}\n}\n`;
}

test(`the workflows of version ${version} are saved`, async () => {
	const workflows: SavedWorkflow[] = [];
	for (const { name, cases } of nodes) {
		const form = new NodeForm(name, fixture.engine.description(name));
		for (const one of cases) {
			const { title, format, parameters, items, earlier } = one;
			const { resource, operation } = parameters;
			const { success, requests } = await runCase(fixture, one);
			workflows.push({
				title: `${name} ${resource}/${operation}: ${title}`,
				node: name,
				format,
				parameters: { resource, operation, ...form.saved(parameters) },
				items: items.map(({ json }) => json),
				earlier,
				files: items.some(({ files }) => files) ? items.map(({ files = {} }) => files) : undefined,
				requests: sentIn(requests),
				outputs: pathsIn(success.map(({ json }) => json)),
			});
		}
	}
	expect(workflows.length).toBeGreaterThan(0);
	const released: ReleasedVersion = {
		forms: currentForms(fixture.engine),
		workflows,
		event: currentEvent(),
	};
	mkdirSync(RELEASED, { recursive: true });
	writeFileSync(join(RELEASED, `${version}.json`), oneEntryPerLine(released));
}, 120_000);
