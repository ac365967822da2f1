/** `phoneNumber` becomes `Phone Number`. */
const titleOf = (key) => key.replace(/([A-Z])/g, ' $1').replace(/^./, (letter) => letter.toUpperCase());

/**
 * The README with the operation table of one node written anew.
 *
 * @param {string} readme
 * @param {string} node e.g. `NativeMsg`; names the markers that the table stands between
 * @param {Record<string, Record<string, { option: { name: string, description: string }, endpoint: string, preview?: unknown }>>} catalogue
 */
export function withOperationTable(readme, node, catalogue) {
	const start = `<!-- operations of ${node}: start -->`;
	const end = `<!-- operations of ${node}: end -->`;
	const rows = Object.entries(catalogue).flatMap(([resource, operations]) =>
		Object.values(operations)
			.sort((a, b) => a.option.name.localeCompare(b.option.name))
			.map(
				({ option, endpoint, preview }) =>
					`| ${titleOf(resource)} | ${option.name} | ${option.description} | ${preview ? 'sends nothing' : `\`${endpoint}\``} |`,
			),
	);
	const table = ['| Resource | Operation | What it does | Call |', '| --- | --- | --- | --- |', ...rows].join(
		'\n',
	);
	const [before, rest] = readme.split(start);
	return `${before}${start}\n\n${table}\n\n${end}${rest.split(end)[1]}`;
}
