import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Catalogue } from '../defineOperation';

/** Does what `runItems` does, which is loaded when a node runs for the first time, so n8n starts sooner. */
export async function execute(
	context: IExecuteFunctions,
	catalogue: Catalogue,
): Promise<INodeExecutionData[][]> {
	const { runItems } = await import('./runItems');
	return await runItems(context, catalogue);
}
