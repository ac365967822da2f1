import type { OperationCase } from './cases';

const sizeOf = ({ parameters, items: [{ json }] }: OperationCase) =>
	JSON.stringify(parameters).length + JSON.stringify(json).length;

/**
 * The case that the docs show for an operation: the one that says so, or the simplest that has the form as it is offered,
 * because what isn't simplified is long.
 */
export function exampleOf(
	cases: OperationCase[],
	resource: unknown,
	operation: unknown,
): OperationCase | undefined {
	return cases
		.filter(
			({ parameters }) =>
				parameters.resource === resource &&
				parameters.operation === operation &&
				parameters.simplify !== false,
		)
		.sort((a, b) => Number(b.isExample ?? false) - Number(a.isExample ?? false) || sizeOf(a) - sizeOf(b))[0];
}
