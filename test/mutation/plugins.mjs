import {
	commonTokens,
	declareClassPlugin,
	declareValuePlugin,
	PluginKind,
	tokens,
} from '@stryker-mutator/api/plugin';
import { markdownTable } from 'markdown-table';

/** The names of form parts in n8n's types. */
const FORM_TYPE =
	/^(INodeProperties|INodePropertyOptions|INodeListSearchItems|NodeHint|TriggerPanelDefinition)$/;
/** The parts of an operation that are its form and its texts. */
const FORM_PARTS = ['option', 'fields', 'remedies'];

const hasDisplayName = ({ properties }) => properties.some(({ key }) => key?.name === 'displayName');

function isOfFormType({ id }) {
	const type = id.typeAnnotation?.typeAnnotation;
	return FORM_TYPE.test((type?.elementType ?? type)?.typeName?.name);
}

const isPartOfOperation = ({ node, parentPath }) =>
	FORM_PARTS.includes(node.key.name) && parentPath.parent.callee?.name === 'defineOperation';

/** Ignores the nodes' forms, which are literals without logic, wherever they are. */
const formIgnorer = {
	shouldIgnore(path) {
		const isForm =
			(path.isObjectExpression() && hasDisplayName(path.node)) ||
			(path.isVariableDeclarator() && isOfFormType(path.node)) ||
			(path.isObjectProperty() && isPartOfOperation(path));
		return isForm ? 'A form decides nothing' : undefined;
	},
};

/** The folders in a folder, at any depth, each with its path. */
const foldersIn = ({ childResults }, prefix = '') =>
	childResults
		.filter(({ file }) => !file)
		.flatMap((folder) => {
			const path = `${prefix}${folder.name}`;
			return [{ path, ...folder.metrics }, ...foldersIn(folder, `${path}/`)];
		});

/** Prints the score of each folder, and holds each to the threshold, which Stryker has for all together. */
class EachFolder {
	static inject = tokens(commonTokens.options, commonTokens.logger);

	constructor({ thresholds }, log) {
		this.threshold = thresholds.break;
		this.log = log;
	}

	onMutationTestReportReady(_report, { systemUnderTestMetrics }) {
		// In a folder without mutants, the score is no number.
		const folders = foldersIn(systemUnderTestMetrics).filter(({ totalValid }) => totalValid > 0);
		const all = { path: 'All', ...systemUnderTestMetrics.metrics };
		const rows = [...folders, all].map(({ path, totalValid, totalDetected, mutationScore }) => [
			path,
			totalValid.toLocaleString('en-US'),
			totalDetected.toLocaleString('en-US'),
			`${mutationScore.toFixed(1)}%`,
		]);
		const table = markdownTable([['Folder', 'Mutants', 'Killed', 'Score'], ...rows], {
			align: ['l', 'r', 'r', 'r'],
		});
		this.log.info(`The score of each folder:\n${table}`);
		for (const { path, mutationScore } of folders) {
			if (mutationScore >= this.threshold) continue;
			this.log.error(`${path}: ${mutationScore.toFixed(1)}% are killed, less than ${this.threshold}%`);
			process.exitCode = 1;
		}
	}
}

export const strykerPlugins = [
	declareValuePlugin(PluginKind.Ignore, 'forms', formIgnorer),
	declareClassPlugin(PluginKind.Reporter, 'each-folder', EachFolder),
];
