import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { ApiClient } from '../transport/client';
import { createClient } from '../transport/client';
import { NotSentError } from '../transport/errors';
import type { AnyOperation, Catalogue } from './defineOperation';
import { limitOf, readRequest } from './form';

function operationOf(context: IExecuteFunctions, catalogue: Catalogue, itemIndex: number): AnyOperation {
	const resource = String(context.getNodeParameter('resource', itemIndex));
	const key = String(context.getNodeParameter('operation', itemIndex));
	const operations = Object.hasOwn(catalogue, resource) ? catalogue[resource] : {};
	if (Object.hasOwn(operations, key)) return operations[key];
	throw new NotSentError(`There is no operation "${key}" for the resource "${resource}"`);
}

async function runItem(
	context: IExecuteFunctions,
	catalogue: Catalogue,
	client: ApiClient,
	itemIndex: number,
): Promise<IDataObject[]> {
	const operation = operationOf(context, catalogue, itemIndex);
	client.checkService(operation.endpoint);
	const request = readRequest(context, operation, client.payloadFormat, itemIndex);
	const limit = limitOf(context, operation, itemIndex);
	const { remedies } = operation;
	const answer = await client.call(operation.endpoint, request, { itemIndex, remedies });
	const output = operation.output?.(answer, request) ?? (answer as unknown as IDataObject | IDataObject[]);
	return [output].flat().slice(0, limit);
}

/** Any failure of an item as one of the two errors that n8n shows well, with the item's number in the message. */
function nodeErrorOf(
	context: IExecuteFunctions,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const { message, description } = error as NotSentError;
	return new NodeOperationError(context.getNode(), `${message} [item ${itemIndex}]`, {
		itemIndex,
		description,
	});
}

/**
 * Runs every input item through the operation chosen for it, one after the other. Each output item is paired with its
 * input item. With "On Error" set to continue, a failed item yields the one shape (`{ json: { error }, pairedItem }`)
 * for which n8n sends the input item, with the message added, to the error output. A cancelled execution ends with what
 * was done until then.
 */
export async function runItems(
	context: IExecuteFunctions,
	catalogue: Catalogue,
): Promise<INodeExecutionData[][]> {
	const client = await createClient(context);
	const output: INodeExecutionData[] = [];
	const isCancelled = () => context.getExecutionCancelSignal()?.aborted === true;
	for (const itemIndex of context.getInputData().keys()) {
		if (isCancelled()) break;
		const pairedItem = { item: itemIndex };
		try {
			const results = await runItem(context, catalogue, client, itemIndex);
			for (const json of results) output.push({ json, pairedItem });
		} catch (error) {
			if (isCancelled()) break;
			const nodeError = nodeErrorOf(context, error, itemIndex);
			if (!context.continueOnFail()) throw nodeError;
			output.push({ json: { error: nodeError.message }, pairedItem });
		}
	}
	return [output];
}
