import type { IDataObject, INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldsOf } from '../../nodes/operations/properties';
import type { PayloadFormat } from '../../nodes/transport/credential';
import type { Engine, NodeName } from '../support/engine';
import { levelsOf, NodeForm } from '../support/nodeForm';
import { nodes } from '../support/nodes';

/** One set for each released version of the package, named after it. */
export const RELEASED = join(__dirname, 'released');

/** The form of one operation, as far as workflows depend on it. */
export interface SavedForm {
	/** What a fresh node starts with: workflows do not hold what equals a default. */
	fresh: INodeParameters;
	/** The values that can be chosen, by the path to their field. */
	choices: Record<string, unknown[]>;
}

/** A node as a workflow of a released version holds it, with what that version sent for it. */
export interface SavedWorkflow {
	title: string;
	node: NodeName;
	/** Of the credential for NativeMessage; none for nativeMsg. */
	format?: PayloadFormat;
	/** Without what equalled the defaults of that version. */
	parameters: INodeParameters;
	items: IDataObject[];
	/** What the account received before. */
	earlier?: Array<{ path: string; body: object }>;
	requests: Array<{ request: string; body: unknown }>;
}

/** What is kept of a released version. */
export interface ReleasedVersion {
	/** By node, resource and operation. */
	forms: Record<string, SavedForm>;
	workflows: SavedWorkflow[];
}

/** All released versions. */
export function releasedVersions(): Array<[version: string, released: ReleasedVersion]> {
	return readdirSync(RELEASED).map((file) => [
		file.replace(/\.json$/, ''),
		JSON.parse(readFileSync(join(RELEASED, file), 'utf8')) as ReleasedVersion,
	]);
}

/** The forms of all operations as they are now. */
export function currentForms(engine: Engine): Record<string, SavedForm> {
	return Object.fromEntries(
		nodes.flatMap(({ name, catalogue }) => {
			const form = new NodeForm(name, engine.description(name));
			return Object.entries(catalogue).flatMap(([resource, all]) =>
				Object.entries(all).map(([key, operation]) => {
					const fresh = form.stored({ resource, operation: key });
					const choices = levelsOf('', fieldsOf(operation)).flatMap(([path, fields]) =>
						fields
							.filter(({ type }) => type === 'options' || type === 'multiOptions')
							.map((field): [string, unknown[]] => [
								`${path} ${field.name}`.trim(),
								(field.options as INodePropertyOptions[]).map(({ value }) => value),
							]),
					);
					return [`${name} ${resource}/${key}`, { fresh, choices: Object.fromEntries(choices) }];
				}),
			);
		}),
	);
}
