import type { IBinaryKeyData, IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldsOf } from '../../nodes/operations/properties';
import type { PayloadFormat } from '../../nodes/transport/credential';
import { eventsOf } from '../../nodes/NativeMsgTrigger/events';
import { allForms, choicesOf } from '../support/allForms';
import type { RecordedRequest } from '../../sandbox/server';
import type { Engine, NodeName } from '../support/engine';
import { withoutLinks } from '../support/links';
import { levelsOf, NodeForm } from '../support/nodeForm';
import { nodes } from '../support/nodes';

/** One set for each released version of the package, named after it. */
export const RELEASED = join(__dirname, 'released');

/** The parts of an operation's form that workflows depend on. */
export interface SavedForm {
	/** What a fresh node starts with: workflows do not hold what equals a default. */
	fresh: INodeParameters;
	/** The values that can be chosen, by the path to their field. */
	choices: Record<string, unknown[]>;
	/** The defaults of all fields by path, because a field added to a collection starts with its default. */
	defaults: Record<string, unknown>;
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
	/** Of each item, where one has any. */
	files?: IBinaryKeyData[];
	/** What the account received before. */
	earlier?: Array<{ path: string; body: object }>;
	requests: Array<{ request: string; body: unknown }>;
	/** The paths to all output values, which later nodes refer to. */
	outputs: string[];
}

/** What is kept of a released version. */
export interface ReleasedVersion {
	/** By node, resource and operation; the trigger and the credential have one each. */
	forms: Record<string, SavedForm>;
	workflows: SavedWorkflow[];
	/** The paths to everything in the trigger's events. */
	event: string[];
}

/** All released versions. */
export function releasedVersions(): Array<[version: string, released: ReleasedVersion]> {
	return readdirSync(RELEASED).map((file) => [
		file.replace(/\.json$/, ''),
		JSON.parse(readFileSync(join(RELEASED, file), 'utf8')) as ReleasedVersion,
	]);
}

/** The paths to all values in a node's output, each once; the entries of a list count as one. */
export function pathsIn(outputs: unknown[]): string[] {
	const paths = (value: unknown, path: string): string[] => {
		if (Array.isArray(value)) return value.flatMap((entry) => paths(entry, `${path}[]`));
		if (typeof value !== 'object' || value === null) return [path];
		return Object.entries(value).flatMap(([key, inner]) => paths(inner, path ? `${path}.${key}` : key));
	};
	return [...new Set(outputs.flatMap((output) => paths(output, '')))].sort();
}

/** What was sent, with links to questions and files alike in every run. */
export const sentIn = (requests: RecordedRequest[]): SavedWorkflow['requests'] =>
	withoutLinks(requests.map(({ method, path, body }) => ({ request: `${method} ${path}`, body })));

/** The current output of the trigger for an event. */
export function currentEvent(): string[] {
	const { raw: _raw, ...told } = eventsOf('nativeMessage', {}, { optOut: [], optIn: [] })![0];
	return pathsIn([told]);
}

function choicesAndDefaults(fields: INodeProperties[]): Pick<SavedForm, 'choices' | 'defaults'> {
	const all = levelsOf('', fields).flatMap(([path, level]) =>
		level.map((field): [string, INodeProperties] => [`${path} ${field.name}`.trim(), field]),
	);
	return {
		choices: Object.fromEntries(
			all
				.filter(([, field]) => choicesOf(field).length > 0)
				.map(([path, field]) => [path, choicesOf(field).map(({ value }) => value)]),
		),
		defaults: Object.fromEntries(
			all.filter(([, { type }]) => type !== 'notice').map(([path, field]) => [path, field.default]),
		),
	};
}

/** All forms as they are now. */
export function currentForms(engine: Engine): Record<string, SavedForm> {
	const others = ['nativeMsgTrigger', 'nativeMsgApi'].map((name): [string, SavedForm] => [
		name,
		{ fresh: {}, ...choicesAndDefaults(allForms[name]) },
	]);
	return Object.fromEntries([
		...others,
		...nodes.flatMap(({ name, catalogue }) => {
			const form = new NodeForm(name, engine.description(name));
			/** What is selected in a workflow that stores no operation, because it equals the default. */
			const selected = (selection: INodeParameters): SavedForm => {
				const { resource, operation } = form.stored(selection);
				return { fresh: { resource, operation }, choices: {}, defaults: {} };
			};
			const initial = Object.keys(catalogue).map((resource): [string, SavedForm] => [
				`${name} ${resource}`,
				selected({ resource }),
			]);
			const operations = Object.entries(catalogue).flatMap(([resource, all]) =>
				Object.entries(all).map(([key, operation]): [string, SavedForm] => {
					const fresh = form.stored({ resource, operation: key });
					return [`${name} ${resource}/${key}`, { fresh, ...choicesAndDefaults(fieldsOf(operation)) }];
				}),
			);
			return [[name, selected({})], ...initial, ...operations] as Array<[string, SavedForm]>;
		}),
	]);
}
