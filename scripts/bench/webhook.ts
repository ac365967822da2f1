import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { Pool } from 'undici';
import { withProgress } from '../lib/progress';
import { poll } from '../n8n/client';
import type { N8nServer } from '../n8n/server';
import { chain, node, type NodeDetails } from '../n8n/workflow';
import type { BenchPlayground } from './bench-playground';
import { withCpuTime } from './machine';
import { pairedRatio, spreadIfMeasured, spreadOf } from './statistics';

/** n8n counts its own executions; read over HTTP, since executions that are not saved cannot be listed. */
export const METRICS_ENV = {
	N8N_METRICS: 'true',
	N8N_METRICS_INCLUDE_DEFAULT_METRICS: 'false',
	N8N_METRICS_INCLUDE_MESSAGE_EVENT_BUS_METRICS: 'true',
	N8N_METRICS_INCLUDE_WORKFLOW_ID_LABEL: 'true',
};
const AT_A_TIME = 10;
const POSTS = 150;
const WARM_UP_POSTS = 50;
/** Short runs in quick alternation: a busy moment of the machine then hits both alike. */
const RUNS_PER_ROUND = 3;
const POLL_MS = 25;
const TIMEOUT_MS = 300_000;
const SECRET = randomBytes(32).toString('hex');
const HEADER = 'X-Webhook-Signature';
/** Configured like a busy instance: successful executions aren't kept. */
const SETTINGS = { saveDataSuccessExecution: 'none', saveDataErrorExecution: 'all' } as const;

/** A trigger to measure, and what proves to it that a request is genuine. */
interface Variant {
	key: string;
	label: string;
	credential?: { name: string; type: string; data: ICredentialDataDecryptedObject };
	trigger: NodeDetails & { type: string };
	/** The value of the header for a body. */
	proofOf(body: string): string;
}

/** A variant whose webhook is ready. */
interface Hook extends Pick<Variant, 'key' | 'label' | 'proofOf'> {
	path: string;
	workflowId: string;
}

/** One run; `cpu` are microseconds for each execution, null where they can't be measured. */
interface Sample {
	perSecond: number;
	cpu: number | null;
}

/** Both triggers, each followed by a node that does nothing. */
const VARIANTS: Variant[] = [
	{
		key: 'builtIn',
		label: "n8n's Webhook node, header auth",
		credential: { name: 'Webhook header', type: 'httpHeaderAuth', data: { name: HEADER, value: SECRET } },
		trigger: {
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			parameters: {
				httpMethod: 'POST',
				path: 'webhook',
				authentication: 'headerAuth',
				responseMode: 'onReceived',
			},
		},
		proofOf: () => SECRET,
	},
	{
		key: 'nativeMsg',
		label: 'NativeMsg Trigger, signature',
		credential: {
			name: 'NativeMsg webhook',
			type: 'nativeMsgApi',
			data: { service: 'nativeMsg', accessToken: 'not used', webhookSecret: SECRET },
		},
		trigger: {
			type: 'n8n-nodes-nativemsg.nativeMsgTrigger',
			typeVersion: 1.1,
			parameters: { check: 'signature', headerName: HEADER },
		},
		proofOf: (body) => createHmac('sha256', SECRET).update(body).digest('hex'),
	},
	{
		key: 'plain',
		label: 'a community trigger that checks nothing',
		trigger: { type: 'n8n-nodes-plain.plainTrigger', typeVersion: 2, parameters: {} },
		proofOf: () => 'not checked',
	},
];

/** Executions per second that the NativeMsg Trigger starts, against n8n's own Webhook node in the same n8n. */
export async function measureWebhooks({ n8n }: BenchPlayground, { rounds }: { rounds: number }) {
	const runs = rounds * RUNS_PER_ROUND;
	const pool = new Pool(n8n.url, { connections: AT_A_TIME + 1 });
	try {
		const hooks: Hook[] = [];
		for (const variant of VARIANTS) hooks.push(await publish(n8n, pool, variant));
		for (const hook of hooks) await runPosts(n8n, pool, hook, WARM_UP_POSTS);

		const samples: Record<string, Sample[]> = Object.fromEntries(hooks.map(({ key }) => [key, []]));
		for (let run = 1; run <= runs; run++) {
			// Reverses the order every second time, so that none always follows the same one.
			for (const hook of run % 2 === 1 ? hooks : [...hooks].reverse()) {
				await withProgress(`Webhook, run ${run} of ${runs}, ${hook.label}`, async (progress) => {
					const sample = await runPosts(n8n, pool, hook, POSTS);
					samples[hook.key].push(sample);
					progress.summarize(`${sample.perSecond.toFixed(1)} executions/s`);
				});
			}
		}
		return summarize(samples, runs);
	} finally {
		await pool.close();
	}
}

function summarize(samples: Record<string, Sample[]>, runs: number) {
	const rates = (key: string) => samples[key].map(({ perSecond }) => perSecond);
	const triggers = VARIANTS.map(({ key, label }) => ({
		key,
		label,
		executionsPerSecond: spreadOf(rates(key)),
		cpuMicrosecondsPerExecution: spreadIfMeasured(samples[key].map(({ cpu }) => cpu)),
	}));
	return {
		runs,
		posts: POSTS,
		atATime: AT_A_TIME,
		triggers,
		ratio: pairedRatio(rates('nativeMsg'), rates('builtIn')),
	};
}

/** Publishes the workflow of a variant and waits until its webhook responds. */
async function publish(
	{ client }: N8nServer,
	pool: Pool,
	{ key, label, credential, trigger: { type, ...trigger }, proofOf }: Variant,
): Promise<Hook> {
	const saved = credential && (await client.createCredential(credential));
	const workflow = chain(
		label,
		[
			node('Trigger', type, {
				...trigger,
				webhookId: key,
				...(credential && { credentials: { [credential.type]: credential.name } }),
			}),
			node('Nothing', 'n8n-nodes-base.noOp'),
		],
		SETTINGS,
	);
	const imported = await client.importWorkflow(workflow, saved ? [saved] : []);
	await client.publishWorkflow(imported);
	// The Webhook node is reached by its path alone, other triggers by their id and path.
	const path = key === 'builtIn' ? '/webhook/webhook' : `/webhook/${key}/webhook`;
	const hook = { key, label, path, proofOf, workflowId: imported.id };
	await poll(
		`The webhook of ${label} did not appear`,
		TIMEOUT_MS,
		async () => (await post(pool, hook, eventBody())) !== 404,
	);
	return hook;
}

let lastId = 0;

/** An inbound message as nativeMsg delivers it, with a unique ID. */
function eventBody(): string {
	lastId += 1;
	return JSON.stringify({
		id: lastId,
		botId: 451,
		channelId: 601,
		requestId: null,
		humanId: 540,
		sent: '2026-01-01T10:00:00',
		status: 'D',
		messageType: 'I',
		delivered: '2026-01-01T10:00:00',
		profilePic: null,
		message: { text: `Message ${lastId}` },
	});
}

async function post(
	pool: Pool,
	{ path, proofOf }: Pick<Hook, 'path' | 'proofOf'>,
	body: string,
): Promise<number> {
	const headers = { 'content-type': 'application/json', [HEADER]: proofOf(body) };
	const { statusCode, body: answer } = await pool.request({ method: 'POST', path, headers, body });
	await answer.dump();
	return statusCode;
}

/** Posts so that AT_A_TIME executions run at any time, until all have ended. */
async function runPosts(n8n: N8nServer, pool: Pool, hook: Hook, posts: number): Promise<Sample> {
	await settle(pool, hook);
	const before = await executionCounts(pool, hook);
	const startedAt = performance.now();
	const { result: statuses, cpu } = await withCpuTime(n8n.pid, () =>
		postAll(pool, hook, posts, before.succeeded),
	);
	const seconds = (performance.now() - startedAt) / 1000;

	const refused = statuses.find((status) => status !== 200);
	if (refused) throw new Error(`${hook.label} responded with ${refused}.`);
	await settle(pool, hook);
	const after = await executionCounts(pool, hook);
	if (after.started - before.started !== posts || after.succeeded - before.succeeded !== posts) {
		throw new Error(`${hook.label}: ${after.started - before.started} executions after ${posts} posts.`);
	}
	return { perSecond: posts / seconds, cpu: cpu === null ? null : cpu / posts };
}

/**
 * Some triggers respond immediately, others once the execution has started. To give both the same work, the number of
 * running executions is constant, not the number of pending posts.
 *
 * @returns the status of each post, once all executions have ended
 */
async function postAll(pool: Pool, hook: Hook, posts: number, endedBefore: number): Promise<number[]> {
	const answers: Array<Promise<number>> = [];
	const postMore = async () => {
		const ended = (await executionCounts(pool, hook)).succeeded - endedBefore;
		while (answers.length < Math.min(posts, ended + AT_A_TIME)) answers.push(post(pool, hook, eventBody()));
		return ended >= posts;
	};
	await poll(`The executions of ${hook.label} did not end`, TIMEOUT_MS, postMore, POLL_MS);
	return await Promise.all(answers);
}

/** Waits until nothing is running that was started earlier. */
async function settle(pool: Pool, hook: Hook): Promise<void> {
	await sleep(500);
	const isOver = async () => {
		const { started, succeeded, failed } = await executionCounts(pool, hook);
		if (failed > 0) throw new Error(`${failed} executions of ${hook.label} failed.`);
		return started === succeeded;
	};
	await poll(`The executions of ${hook.label} did not end`, TIMEOUT_MS, isOver, POLL_MS);
}

/** How many executions there were since n8n started. */
async function executionCounts(
	pool: Pool,
	{ workflowId }: Hook,
): Promise<{ started: number; succeeded: number; failed: number }> {
	const text = await (await pool.request({ method: 'GET', path: '/metrics' })).body.text();
	const counter = (name: string) => {
		const line = new RegExp(
			`^n8n_workflow_${name}_total\\{[^}]*workflow_id="${workflowId}"[^}]*\\} (\\d+)`,
			'm',
		);
		return Number(line.exec(text)?.[1] ?? 0);
	};
	return { started: counter('started'), succeeded: counter('success'), failed: counter('failed') };
}
