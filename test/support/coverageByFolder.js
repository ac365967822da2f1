const row = (name, ...values) => name.padEnd(30) + values.map((value) => value.padStart(12)).join('');

/** A reporter of Istanbul: prints what share of the lines and branches of each folder the tests have run. */
module.exports = class CoverageByFolder {
	execute(context) {
		const console = context.writer.writeFile(null);
		const onSummary = (node) => {
			const { lines, branches } = node.getCoverageSummary();
			const name = node.isRoot() ? 'all' : node.getRelativeName();
			console.println(row(name, `${lines.pct} %`, `${branches.pct} %`));
		};
		console.println(`\n${row('Coverage', 'lines', 'branches')}`);
		context.getTree().visit({ onSummary }, context);
	}
};
