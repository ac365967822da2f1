import $RefParser from '@apidevtools/json-schema-ref-parser';

/** A JSON schema as the contracts use it. */
export interface Schema {
	$ref?: string;
	type?: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	[keyword: string]: unknown;
}

export interface Parameter {
	name: string;
	in: 'path' | 'query' | 'header';
	required?: boolean;
	schema: Schema;
}

/** One operation of a contract, with the references of its parts resolved. Schemas keep their references. */
export interface Call {
	/** Such as `GET /channels`. */
	endpoint: string;
	method: 'get' | 'post' | 'put' | 'delete';
	/** The operation's ID, for messages. */
	name: string;
	parameters: Parameter[];
	/** The schema of the request's body. */
	body?: Schema;
	answer: { schema: Schema; example?: unknown };
	/** Whether the contract says that repeating the request does no harm. */
	isIdempotent: boolean;
}

export interface Contract {
	calls: Call[];
	/** By their names. */
	schemas: Record<string, Schema>;
	/** The schema that a schema refers to, or the schema itself. */
	followed(schema: Schema): Schema;
}

interface Reference {
	$ref: string;
}
type Content = Record<'application/json', { schema: Schema; example?: unknown }>;
type DocumentedParameter = Omit<Parameter, 'schema'> & { schema?: Schema; content?: Content };
interface DocumentedCall {
	operationId: string;
	parameters?: Array<DocumentedParameter | Reference>;
	requestBody?: { content: Content } | Reference;
	responses: Record<string, { content: Content } | Reference>;
	'x-idempotent'?: boolean;
}
type DocumentedPath = { parameters?: DocumentedCall['parameters'] } & Partial<
	Record<Call['method'], DocumentedCall>
>;
interface Document {
	paths: Record<string, DocumentedPath>;
	components: { schemas: Record<string, Schema> };
}

const METHODS = ['get', 'post', 'put', 'delete'] as const;

/** Reads a contract from its OpenAPI file. */
export async function readContract(file: string): Promise<Contract> {
	const references = await $RefParser.resolve(file);
	const { paths, components } = references.get('#') as unknown as Document;

	function followed<T extends object>(part: T | Reference): T {
		const reference = '$ref' in part ? part.$ref : undefined;
		return typeof reference === 'string' ? (references.get(reference) as T) : (part as T);
	}

	function callOf(method: Call['method'], path: string, item: DocumentedPath): Call[] {
		const call = item[method];
		if (!call) return [];
		const parameters = [...(item.parameters ?? []), ...(call.parameters ?? [])]
			.map((parameter) => followed(parameter))
			.map(({ content, schema = content!['application/json'].schema, ...parameter }) => ({
				...parameter,
				schema,
			}));
		return [
			{
				endpoint: `${method.toUpperCase()} ${path}`,
				method,
				name: call.operationId,
				parameters,
				body: call.requestBody && followed(call.requestBody).content['application/json'].schema,
				answer: followed(call.responses['200']).content['application/json'],
				isIdempotent: method !== 'post' || call['x-idempotent'] === true,
			},
		];
	}

	return {
		calls: Object.entries(paths).flatMap(([path, item]) =>
			METHODS.flatMap((method) => callOf(method, path, item)),
		),
		schemas: components.schemas,
		followed,
	};
}
