import type { paths as NativeMessagePaths } from '../../spec/nativemessage';
import type { paths as NativeMsgPaths } from '../../spec/nativemsg';

type paths = NativeMsgPaths & NativeMessagePaths;

type Method = 'get' | 'post' | 'put' | 'delete';

/** Every endpoint of the two contracts as one string, such as `'POST /channels/{channel_id}/subscribe'`. */
export type Endpoint = {
	[Path in keyof paths & string]: {
		[M in Method]: paths[Path][M] extends { responses: unknown } ? `${Uppercase<M>} ${Path}` : never;
	}[Method];
}[keyof paths & string];

type OperationOf<E extends Endpoint> = E extends `${infer M} ${infer Path}`
	? Path extends keyof paths
		? Lowercase<M> extends keyof paths[Path]
			? paths[Path][Lowercase<M>]
			: never
		: never
	: never;

type ParametersOf<E extends Endpoint, Where extends 'path' | 'query'> =
	OperationOf<E> extends { parameters: { [K in Where]?: infer P } } ? NonNullable<P> : never;

type BodyOf<E extends Endpoint> =
	OperationOf<E> extends { requestBody: { content: { 'application/json': infer Body } } } ? Body : never;

/** A part of a request: absent if the endpoint has none, optional if nothing in it is required. */
type Part<Name extends string, Value> = [Value] extends [never]
	? { [K in Name]?: undefined }
	: Record<never, never> extends Value
		? { [K in Name]?: Value }
		: { [K in Name]: Value };

/** What a request needs by the contract: path parameters, query parameters, and body, each checked at compile time. */
export type RequestOf<E extends Endpoint> = Part<'path', ParametersOf<E, 'path'>> &
	Part<'query', ParametersOf<E, 'query'>> &
	Part<'body', BodyOf<E>>;

/** The body of a response with status 200, by the contract. */
export type ResponseOf<E extends Endpoint> =
	OperationOf<E> extends { responses: { 200: { content: { 'application/json': infer Body } } } }
		? Body
		: never;
