import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { catalogue } from '../../nodes/NativeMsg/catalogue';
import { catalogue as ottCatalogue } from '../../nodes/NativeMsgOtt/catalogue';
import type { Catalogue } from '../../nodes/operations/defineOperation';
import { cases } from '../node/cases';
import { ottCases } from '../node/ott/cases';
import type { OperationCase } from './cases';
import type { NodeName } from './engine';

const ROOT = join(__dirname, '../..');

/** The part of an OpenAPI document that lists the requests. */
interface Spec {
	paths: Record<string, Record<string, { 'x-documented-calls': Array<{ number?: number }> }>>;
}

/** A node that has operations, with the endpoints that they serve and the cases that use them. */
export interface NodeUnderTest {
	name: NodeName;
	/** Where its operation files are, in a folder for each resource. */
	folder: string;
	catalogue: Catalogue;
	/** As spelled in the contract, such as `GET /bots/{bot_id}`. */
	endpoints: string[];
	/** Endpoints that several operations share, because the documents describe several ways to use them. */
	shared: string[];
	cases: OperationCase[];
}

/** The endpoints of a contract, each with the numbers under which the API's documentation lists it. Some have none. */
function documentedCalls(file: string): Map<string, number[]> {
	const { paths } = parse(readFileSync(join(ROOT, 'spec', file), 'utf8')) as Spec;
	const endpoints = Object.entries(paths).flatMap(([path, { parameters: _parameters, ...calls }]) =>
		Object.entries(calls).map(([method, call]): [string, number[]] => [
			`${method.toUpperCase()} ${path}`,
			call['x-documented-calls'].flatMap(({ number }) => number ?? []),
		]),
	);
	return new Map(endpoints);
}

/** Of the whole contracts. */
export const calls = {
	nativeMsg: documentedCalls('nativemsg.openapi.yaml'),
	nativeMessage: documentedCalls('nativemessage.openapi.yaml'),
};

const TRIGGER = 'the trigger, to register its webhook';

/** What uses the NativeMessage endpoints that aren't operations of its node. */
export const servedElsewhere: Record<string, string> = {
	'POST /auth/login': 'the credential, to log in',
	'GET /auth/me': 'the credential, to be tested',
	'POST /webhooks': TRIGGER,
	'POST /webhooks/subscriptions': TRIGGER,
	'DELETE /webhooks/subscriptions/{subscription_id}': TRIGGER,
};

/** Endpoints of NativeMessage that nothing uses, with the reason. */
export const servedLater: Record<string, string> = {
	'POST /auth/refresh': 'n8n keeps one token of a login, and renews it by logging in again',
};

const ottEndpoints = [...calls.nativeMessage.keys()].filter(
	(endpoint) => !(endpoint in servedElsewhere) && !(endpoint in servedLater),
);

/** The nodes that have operations. */
export const nodes: NodeUnderTest[] = [
	{
		name: 'nativeMsg',
		folder: join(ROOT, 'nodes/NativeMsg'),
		catalogue,
		endpoints: [...calls.nativeMsg.keys()],
		shared: ['POST /messages'],
		cases,
	},
	{
		name: 'nativeMsgOtt',
		folder: join(ROOT, 'nodes/NativeMsgOtt'),
		catalogue: ottCatalogue,
		endpoints: ottEndpoints,
		shared: ['POST /ott/messages'],
		cases: ottCases,
	},
];
