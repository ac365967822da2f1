const START = '<!-- operations: start -->';
const END = '<!-- operations: end -->';

/** `phoneNumber` becomes `Phone Number`. */
const titleOf = (key) => key.replace(/([A-Z])/g, ' $1').replace(/^./, (letter) => letter.toUpperCase());

/**
 * The README with its operation table written anew.
 *
 * @param {string} readme
 * @param {Record<string, Record<string, { option: { name: string, description: string }, endpoint: string }>>} catalogue
 */
export function withOperationTable(readme, catalogue) {
	const rows = Object.entries(catalogue).flatMap(([resource, operations]) =>
		Object.values(operations)
			.sort((a, b) => a.option.name.localeCompare(b.option.name))
			.map(
				({ option, endpoint }) =>
					`| ${titleOf(resource)} | ${option.name} | ${option.description} | \`${endpoint}\` |`,
			),
	);
	const table = ['| Resource | Operation | What it does | Call |', '| --- | --- | --- | --- |', ...rows].join(
		'\n',
	);
	const [before, rest] = readme.split(START);
	return `${before}${START}\n\n${table}\n\n${END}${rest.split(END)[1]}`;
}
