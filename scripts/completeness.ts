// A step of `npm test`: whether each endpoint has an operation, a sandbox handler, and the test cases that it needs.
// Without it, one missing handler fails every suite that starts the sandbox.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { startSandbox, type ContractMismatch } from '../sandbox/server';
import { assignmentProblems, caseGaps } from '../test/support/completeness';
import type { NodeName } from '../test/support/engine';
import type { NodeUnderTest } from '../test/support/nodes';
// Makes the cases loadable outside Jest, so it comes before they are loaded.
import './generate/docs/cases';
import { ROOT } from './lib/root';

const CASES: Record<NodeName, string> = {
	nativeMsg: 'test/node/cases',
	nativeMsgOtt: 'test/node/ott/cases',
};
const HANDLER = /^\s*'(?:GET|POST|PUT|DELETE) (\/[^']*)': /gm;

/** How close two handlers' paths are: by the number of common leading segments, then by the fewest others. */
function nearness(path: string, other: string): number {
	const [segments, others] = [path.split('/'), other.split('/')];
	const differs = segments.findIndex((segment, index) => segment !== others[index]);
	const shared = differs < 0 ? segments.length : differs;
	return shared - others.length / 100;
}

/** The sandbox file with the handlers closest to an endpoint. @param folder relative to the root */
function handlerFile(folder: string, endpoint: string): string {
	const path = endpoint.split(' ')[1];
	const files = readdirSync(join(ROOT, folder)).map((name) => {
		const text = readFileSync(join(ROOT, folder, name), 'utf8');
		const scores = [...text.matchAll(HANDLER)].map(([, other]) => nearness(path, other));
		return { name, score: Math.max(0, ...scores) };
	});
	files.sort((a, b) => b.score - a.score);
	return `${folder}/${files[0].name}`;
}

async function sandboxGaps(): Promise<string[]> {
	try {
		await (await startSandbox()).close();
		return [];
	} catch (error) {
		if ((error as Error).name !== 'ContractMismatch') throw error;
		const { specFile, unserved, undocumented } = error as ContractMismatch;
		const folder = `sandbox/${basename(specFile, '.openapi.yaml')}`;
		return [
			...unserved.map((endpoint) => `${handlerFile(folder, endpoint)}: add a handler for ${endpoint}.`),
			...undocumented.map(
				(endpoint) => `${relative(ROOT, specFile)}: add ${endpoint}, which the sandbox serves.`,
			),
		];
	}
}

const operationGaps = (node: NodeUnderTest) =>
	assignmentProblems(node).map((problem) => `${relative(ROOT, node.folder)}: ${problem}.`);

const fileGaps = (node: NodeUnderTest) =>
	caseGaps(node).map(([resource, gap]) => `${CASES[node.name]}/${resource}.ts: ${gap}.`);

const { nodes } = await import('../test/support/nodes');
const gaps = [...nodes.flatMap(operationGaps), ...(await sandboxGaps()), ...nodes.flatMap(fileGaps)];
if (gaps.length > 0) {
	console.error(`Something is missing (CONTRIBUTING.md, "Add an operation"):\n${gaps.join('\n')}`);
	process.exit(1);
}
console.log('Each endpoint has an operation, a sandbox handler, and test cases.');
