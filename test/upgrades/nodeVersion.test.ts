import type { INode, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { operation } from '../../nodes/NativeMsg/message/getMany';
import type { AnyOperation } from '../../nodes/operations/defineOperation';
import { propertiesOf } from '../../nodes/operations/properties';

const field: INodeProperties = { displayName: 'Request ID', name: 'requestId', type: 'string', default: '' };

/** The form of an operation whose default changes with version 1.1 of its node, as docs/versioning.md says. */
const properties = propertiesOf(
	{
		message: {
			getMany: {
				...(operation as AnyOperation),
				fields: [
					{ ...field, displayOptions: { show: { '@version': [1] } } },
					{ ...field, default: 'new', displayOptions: { show: { '@version': [{ _cnd: { gte: 1.1 } }] } } },
				],
			},
		},
	},
	{ resource: 'message', operations: { message: 'getMany' } },
);
const description = { properties, version: [1, 1.1], defaultVersion: 1.1 } as INodeTypeDescription;

test.each([
	[1, ''],
	[1.1, 'new'],
	[2, 'new'],
])('a node of version %d has the fields of that version', (typeVersion, expected) => {
	const node: INode = { id: '1', name: 'Node', type: 'node', typeVersion, position: [0, 0], parameters: {} };
	const stored = NodeHelpers.getNodeParameters(properties, {}, true, false, node, description);
	expect(stored?.requestId).toBe(expected);
	const shown = properties.filter((one) =>
		NodeHelpers.displayParameterPath(stored!, one, '', node, description),
	);
	expect(shown.filter(({ name }) => name === 'requestId')).toHaveLength(1);
});
