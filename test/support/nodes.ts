import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { catalogue } from '../../nodes/NativeMsg/catalogue';
import { catalogue as ottCatalogue } from '../../nodes/NativeMsgOtt/catalogue';
import type { Catalogue } from '../../nodes/operations/defineOperation';
import { cases } from '../node/cases';
import { ottCases } from '../node/ott/cases';
import type { OperationCase } from './cases';
import { endpointsOf, specOf, type Spec } from './coverage';
import type { NodeName } from './engine';

const ROOT = join(__dirname, '../..');

/** A node that has operations, with the part of a contract that they serve and the cases that use them. */
export interface NodeUnderTest {
	name: NodeName;
	/** Where its operation files are, in a folder for each resource. */
	folder: string;
	catalogue: Catalogue;
	spec: Spec;
	/** Endpoints that several operations share, because the documents describe several ways to use them. */
	shared: string[];
	cases: OperationCase[];
}

const contract = (file: string): Spec => parse(readFileSync(join(ROOT, 'spec', file), 'utf8'));

/** The whole contract of NativeMessage. */
export const ottSpec = contract('nativemessage.openapi.yaml');

const TRIGGER = 'the trigger, to register its webhook';

/** What calls those endpoints of NativeMessage that are no operation of its node. */
export const servedElsewhere: Record<string, string> = {
	'POST /auth/login': 'the credential, to log in',
	'GET /auth/me': 'the credential, to be tested',
	'POST /webhooks': TRIGGER,
	'POST /webhooks/subscriptions': TRIGGER,
	'DELETE /webhooks/subscriptions/{subscription_id}': TRIGGER,
};

/** Endpoints of NativeMessage that wait for something to call them, with the reason. */
export const servedLater: Record<string, string> = {
	'POST /auth/refresh': 'n8n keeps one token of a log-in, and renews it by logging in again',
};

const ottEndpoints = endpointsOf(ottSpec).filter(
	(endpoint) => !(endpoint in servedElsewhere) && !(endpoint in servedLater),
);

/** The nodes that have operations. */
export const nodes: NodeUnderTest[] = [
	{
		name: 'nativeMsg',
		folder: join(ROOT, 'nodes/NativeMsg'),
		catalogue,
		spec: contract('nativemsg.openapi.yaml'),
		shared: [],
		cases,
	},
	{
		name: 'nativeMsgOtt',
		folder: join(ROOT, 'nodes/NativeMsgOtt'),
		catalogue: ottCatalogue,
		spec: specOf(ottSpec, ottEndpoints),
		shared: ['POST /ott/messages'],
		cases: ottCases,
	},
];
