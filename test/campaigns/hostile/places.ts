import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	NodeParameterValueType,
} from 'n8n-workflow';
import { broadcastGroup } from '../../../nodes/operations/broadcastOptions';
import type { AnyOperation, Operation } from '../../../nodes/operations/defineOperation';
import type { PayloadFormat } from '../../../nodes/transport/credential';
import type { OperationCase } from '../../support/cases';
import type { NodeName } from '../../support/engine';
import { nodes } from '../../support/nodes';

/** One place of the form of an operation that the hostile value of an item gets into. */
export interface Place {
	name: string;
	node: NodeName;
	format?: PayloadFormat;
	parameters: INodeParameters;
	/** Endpoints that running it may send requests to. */
	endpoints: string[];
	/** Valid values of the other fields of an item. */
	json: object;
	/** Whether the first item of a run decides for all. */
	isOfRun: boolean;
	/** Whether a run takes only one item. */
	isAlone: boolean;
}

type Value = NodeParameterValueType;

/** The item's value, unchanged. */
const HOSTILE = '={{ $json.hostile }}';

/** Additional endpoints that operations use. */
const BESIDE: Record<string, string[]> = {
	'bot/create': ['GET /bots'],
	'bot/preview': ['GET /bots'],
	'bot/update': ['GET /bots'],
	'message/send': ['GET /channels', 'GET /messages/requests/{request_id}'],
	'message/preview': ['GET /channels'],
	'message/sendAndWait': ['GET /channels'],
};

/** Values of other fields with which the form shows a field. */
function shownBy({ displayOptions }: INodeProperties): Record<string, Value> {
	const wanted = Object.entries(displayOptions?.show ?? {}).filter(
		([name]) => !['resource', 'operation'].includes(name),
	);
	return Object.fromEntries(wanted.map(([name, values]) => [name, values![0] as Value]));
}

/** n8n starts no node with an empty required field, and fields that depend on an expression are all shown. */
function filledIn(fields: INodeProperties[]): INodeParameters {
	const required = fields.filter(({ required: isRequired, type }) => isRequired && type !== 'json');
	return Object.fromEntries(
		required.map(({ name, type }) => [
			name,
			type === 'resourceLocator' ? { __rl: true, mode: 'id', value: '1' } : '1',
		]),
	);
}

/** The places inside a field, with a value of the field that has the hostile value there. */
function inside(field: INodeProperties): Array<[path: string, value: Value]> {
	const deeper = (fields: INodeProperties[], wrap: (row: INodeParameters) => Value) =>
		fields.flatMap((inner) =>
			inside(inner).map(([path, value]): [string, Value] => [
				`${field.name}.${path}`,
				wrap({ ...filledIn(fields), ...shownBy(inner), [inner.name]: value }),
			]),
		);
	const own: Array<[string, Value]> = [[field.name, HOSTILE]];
	if (field.type === 'resourceLocator')
		own.push([`${field.name}.value`, { __rl: true, mode: 'id', value: HOSTILE }]);
	if (field.type === 'collection')
		return [...own, ...deeper(field.options as INodeProperties[], (row) => row)];
	if (field.type !== 'fixedCollection') return own;
	const [{ name, values }] = field.options as INodePropertyCollection[];
	const isList = field.typeOptions?.multipleValues === true;
	// n8n starts no node whose rows lack a required field.
	if (!values.some(({ required }) => required)) {
		own.push(
			[`${field.name}.${name}`, { [name]: HOSTILE }],
			[`${field.name}.${name}[0]`, { [name]: [HOSTILE] }],
		);
	}
	return [...own, ...deeper(values, (row) => ({ [name]: isList ? [row] : row }))];
}

/** The first item decides about these for all. */
const OF_THE_RUN = ['broadcast', 'delivery', 'options'];

const keyOf = ({ parameters }: OperationCase) => `${parameters.resource}/${parameters.operation}`;

/** Keeps the wait for deliveries short. */
function shortly(parameters: INodeParameters): INodeParameters {
	const { settings } = (parameters.delivery ?? {}) as { settings?: INodeParameters };
	if (typeof settings !== 'object') return parameters;
	return { ...parameters, delivery: { settings: { waitSeconds: 1, ...settings } } };
}

function placesOfCase(node: NodeName, one: OperationCase, operation: Operation): Place[] {
	const key = keyOf(one);
	const endpoints = [operation.endpoint, ...(BESIDE[key] ?? [])];
	const common = { node, format: one.format, endpoints, json: one.items[0].json };
	const options = (operation.fields.find(({ name }) => name === 'options')?.options ??
		[]) as INodeProperties[];
	const runFields: INodeProperties[] = ['concurrency', 'combineItems', 'recipientsPerCall'].map((name) => ({
		displayName: name,
		name,
		type: 'string',
		default: '',
	}));
	const fields = operation.fields
		.filter(({ type, name }) => type !== 'notice' && name !== 'options')
		.concat({
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			options: [...options, ...runFields],
		})
		.concat(broadcastGroup(operation as AnyOperation) ?? []);
	return fields.flatMap((field) =>
		inside(field).map(([path, value]) => ({
			...common,
			name: [key, one.format ?? [], path].flat().join(' '),
			parameters: shortly({
				...filledIn(operation.fields),
				...one.parameters,
				...shownBy(field),
				[field.name]: value,
			}),
			isOfRun: OF_THE_RUN.includes(field.name),
			isAlone: operation.ask !== undefined,
		})),
	);
}

/** Expressions that throw for most values, each in its own way; the last ones try to escape n8n's sandbox. */
const EXPRESSIONS = [
	'={{ $json.hostile.a.b.c }}',
	'={{ JSON.parse($json.hostile) }}',
	'={{ (() => { throw new Error($json.hostile) })() }}',
	'={{ $json.hostile.repeat(-1) }}',
	'={{ DateTime.fromISO($json.hostile).toFormat("x") }}',
	'={{ $("Nowhere").item.json.id }}',
	'={{ $json.hostile. }}',
	'={{ $json.hostile.constructor.constructor("return process")().env }}',
	'={{ Object.prototype.polluted = $json.hostile }}',
];

/** A place whose value comes from an expression that throws. */
export function throwing(place: Place, index: number): Place {
	const expression = EXPRESSIONS[index % EXPRESSIONS.length];
	const text = JSON.stringify(place.parameters).replaceAll(
		JSON.stringify(HOSTILE),
		JSON.stringify(expression),
	);
	return { ...place, parameters: JSON.parse(text) as INodeParameters };
}

/** Every field of every operation of both action nodes, including nested ones, once per payload format. */
export function allPlaces(): Place[] {
	const places = new Map<string, Place>();
	for (const { name: node, catalogue, cases } of nodes) {
		const previews = cases
			.filter((one) => keyOf(one) === 'message/send')
			.map((one) => ({ ...one, parameters: { ...one.parameters, operation: 'preview' } }));
		for (const one of [...cases, ...previews]) {
			const operation = catalogue[one.parameters.resource][one.parameters.operation];
			for (const place of placesOfCase(node, one, operation)) {
				if (!places.has(place.name)) places.set(place.name, place);
			}
		}
	}
	return [...places.values()];
}
