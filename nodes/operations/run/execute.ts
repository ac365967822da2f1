import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Catalogue } from '../defineOperation';

/** Loads `runItems` the first time a node runs, so n8n starts faster. */
export async function execute(
	context: IExecuteFunctions,
	catalogue: Catalogue,
): Promise<INodeExecutionData[][]> {
	const { runItems } = await import('./runItems');
	return await runItems(context, catalogue);
}
