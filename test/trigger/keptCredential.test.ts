import type { IWebhookFunctions } from 'n8n-workflow';
import { keptCredential } from '../../nodes/NativeMsgTrigger/keptCredential';

interface Place {
	workflow: string;
	node?: string;
	credential?: string;
}

let reads = 0;

/** What the credential's secret is, counted by how often credentials were read. */
async function secretAt({ workflow, node = 'node', credential }: Place, now: number): Promise<string> {
	const credentials = credential === undefined ? undefined : { nativeMsgApi: { id: credential, name: '' } };
	const context = {
		getNode: () => ({ id: node, credentials }),
		getWorkflow: () => ({ id: workflow }),
		getCredentials: async () => ({ webhookSecret: `read ${++reads}` }),
	} as unknown as IWebhookFunctions;
	return (await keptCredential(context, now)).webhookSecrets[0];
}

beforeEach(() => (reads = 0));

test('a credential is read again after five seconds', async () => {
	const place = { workflow: 'a', credential: '1' };
	const secrets = [];
	for (const now of [0, 4999, 5000, 9999, 10_000]) secrets.push(await secretAt(place, now));
	expect(secrets).toEqual(['read 1', 'read 1', 'read 2', 'read 2', 'read 3']);
});

test('other workflows, nodes, and credentials have their own kept credentials', async () => {
	const places = [
		{ workflow: 'b', credential: '1' },
		{ workflow: 'c', credential: '1' },
		{ workflow: 'b', credential: '1', node: 'other' },
		{ workflow: 'b', credential: '2' },
		{ workflow: 'b' },
	];
	for (const place of places) await secretAt(place, 0);
	expect(reads).toBe(5);
});

test('the hundred credentials that were read last are kept', async () => {
	const readOthers = async (count: number) => {
		for (let index = 0; index < count; index++) await secretAt({ workflow: `other ${index}` }, 0);
	};
	await secretAt({ workflow: 'd' }, 0);
	await readOthers(99);
	expect(await secretAt({ workflow: 'd' }, 1)).toBe('read 1');
	await secretAt({ workflow: 'one more' }, 0);
	expect(await secretAt({ workflow: 'd' }, 1)).not.toBe('read 1');
});
