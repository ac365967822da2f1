// What n8n shows as a node's output before the first run: a JSON schema for each operation, in the folder that n8n looks in.
import type { IDataObject } from 'n8n-workflow';
import { sample } from 'openapi-sampler';
import type { AnyOperation, Catalogue } from '../../nodes/operations/defineOperation';
import type { Delivery } from '../../nodes/NativeMsg/message/delivery';
import { createPlan, hasCounts } from '../../nodes/operations/run/plan';
import { previewPlan } from '../../nodes/operations/run/preview';
import type { Results } from '../../nodes/operations/run/results';
import { outputOf as outputOfReply, type Reply } from '../../nodes/operations/wait/reply';
import type { Endpoint, RequestOf } from '../../nodes/transport/endpoint';
import type { Call, Contract, Schema } from './contract';

/** What a bot is made of differs from bot to bot, and what a channel is set up with from channel to channel. */
const OPEN = ['Interaction', 'OttWhatsAppConfig'];
/** Where a text may also come as what it stands for, that is what comes out. */
const TYPES = ['array', 'object', 'string', 'integer', 'number', 'boolean'];
/** What is counted for the recipients of an item; see docs/broadcasts.md. */
const COUNTS = { requestItemCount: 1, recipientCount: 1, duplicateCount: 0 };

const TO = '+12015550123';
/** What is known of a delivery. */
const DELIVERY = {
	delivery: 'failed',
	deliveries: [
		{
			phone: TO,
			status: 'failed',
			reason: 'The number cannot be reached',
			humanId: 540,
			messageId: 8767223,
		} satisfies Delivery,
	],
};

/** What sending to an SMS channel adds. */
const SMS = { smsParts: 1, smsEncoding: 'GSM-7' };

/** What a reply may hold; each question yields some of it. */
const REPLY: Reply = {
	approved: true,
	choice: 'Approve',
	text: 'Yes, but by Friday',
	chatInput: 'Yes, but by Friday',
	respondedAt: '2026-11-21T09:30:00.000Z',
};

/** A JSON schema of an output; `version` is n8n's. */
export interface OutputSchema {
	type: string;
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
	version?: 1;
}

/** The schemas of all operations of a node by their paths below `__schema__`. */
export function outputSchemas(contract: Contract, catalogue: Catalogue): Map<string, OutputSchema> {
	const sampled = sampler(contract);
	const callOf = (operation: AnyOperation) => {
		const found = contract.calls.find(({ endpoint }) => endpoint === operation.endpoint);
		if (!found) throw new Error(`The contract has no "${operation.endpoint}"`);
		return found;
	};
	return new Map(
		Object.entries(catalogue).flatMap(([resource, operations]) =>
			Object.entries(operations).map(([key, operation]) => {
				const output = (operation.preview ? previewOf : outputOf)(operation, callOf(operation), sampled);
				return [`v1.0.0/${resource}/${key}.json`, { ...schemaOf(output), version: 1 as const }];
			}),
		),
	);
}

type SampledSchema = Parameters<typeof sample>[0];
type Sampler = (schema: Schema) => unknown;

/** A function that makes a value with everything that a schema documents. */
function sampler({ schemas }: Contract): Sampler {
	const named = Object.fromEntries(
		Object.entries(schemas).map(([name, schema]) => [
			name,
			OPEN.includes(name) ? { type: 'object' } : outlined(schema),
		]),
	);
	const document = { components: { schemas: named } };
	return (schema) => sample(outlined(schema) as SampledSchema, { quiet: true }, document);
}

/** A schema reduced to what a value is made of: without rules about it, and open where it has one of several shapes. */
function outlined({ $ref, type, properties, items, ...rules }: Schema): Schema {
	if ($ref) return { $ref };
	const types = [type ?? []].flat();
	const isArray = types.includes('array') && items !== undefined;
	if (!properties && !isArray && (rules.oneOf ?? rules.anyOf)) return { type: 'object' };
	return {
		type: TYPES.find((name) => types.includes(name)) ?? 'object',
		...(isArray && { items: outlined(items) }),
		...(properties && {
			properties: Object.fromEntries(
				Object.entries(properties).map(([name, part]) => [name, outlined(part)]),
			),
		}),
		...(!properties && rules.allOf !== undefined && { allOf: (rules.allOf as Schema[]).map(outlined) }),
		...(rules.enum !== undefined && { enum: rules.enum }),
		...(rules.const !== undefined && { const: rules.const }),
	};
}

/** What one item of the operation's output looks like, worked out by the operation's own code from a sample answer. */
function outputOf(
	operation: AnyOperation,
	{ answer: { schema, example }, parameters, body }: Call,
	sampled: Sampler,
): IDataObject {
	const { output, simplify, ask, settle, cost } = operation;
	const answer = withExample(sampled(schema), example);
	const inPath = parameters.filter((parameter) => parameter.in === 'path');
	const request = {
		path: Object.fromEntries(inPath.map((parameter) => [parameter.name, sampled(parameter.schema)])),
		...(body && { body: sampled(body) }),
	} as RequestOf<Endpoint>;
	const [first] = [output?.(answer as never, request) ?? answer].flat() as IDataObject[];
	const [record] = simplify ? [simplify(first)].flat() : [first];
	const shown = addressed(operation, record);
	if (ask) return outputOfReply(shown, REPLY);
	const all = { ...shown, ...(hasCounts(operation) && COUNTS), ...(cost && SMS) };
	return settle ? withDelivery(all) : all;
}

/** What waiting for delivery adds, where a person looks for it. */
function withDelivery({ to, status, ...others }: IDataObject): IDataObject {
	const { delivery, deliveries } = DELIVERY;
	return { to, status, delivery, ...others, deliveries };
}

/** The output of an operation that messages people says whom. */
function addressed({ addressee }: AnyOperation, output: IDataObject): IDataObject {
	return addressee ? { to: TO, ...output } : output;
}

/** What a preview puts out for the only item of a run. */
function previewOf(operation: AnyOperation, { body }: Call, sampled: Sampler): IDataObject {
	const request = { body: sampled(body!) } as RequestOf<Endpoint>;
	const emptyForm = { readObject: () => ({}), get: () => undefined };
	const preview = operation.preview!(request, emptyForm as never);
	const plan = createPlan(1);
	const cost = operation.cost && { parts: 1, output: SMS };
	plan.add({ itemIndex: 0, operation, request, preview, cost } as never);
	const items: IDataObject[] = [];
	const results = {
		update: (_itemIndex: number, outcome: { output: IDataObject[] }) => items.push(...outcome.output),
	};
	previewPlan(plan, results as unknown as Results);
	return operation.addressee ? { ...items[0], to: TO } : items[0];
}

/**
 * The documented example counts more than the sample, for texts that an operation takes apart. Lists in them get one entry,
 * as those of the sample have.
 */
function withExample(sampleValue: unknown, example: unknown): unknown {
	if (!isRecord(sampleValue) || !isRecord(example)) return sampleValue;
	const texts = Object.entries(example)
		.filter(([name, value]) => typeof value === 'string' && typeof sampleValue[name] === 'string')
		.map(([name, value]) => [name, String(value).replace(/\[(\w+),[^\]]*\]/g, '[$1]')]);
	return { ...sampleValue, ...Object.fromEntries(texts) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function schemaOf(value: unknown): OutputSchema {
	if (value === null) return { type: 'null' };
	if (Array.isArray(value)) return { type: 'array', ...(value.length > 0 && { items: schemaOf(value[0]) }) };
	if (typeof value !== 'object') return { type: Number.isInteger(value) ? 'integer' : typeof value };
	const properties = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, schemaOf(part)]));
	return { type: 'object', ...(Object.keys(properties).length > 0 && { properties }) };
}
