/**
 * The part of n8n that keeps keys for nodes, which n8n-core leaves to the package n8n: the same statements in the same
 * order on SQLite, with the list of keys in one row that is read and written as a whole. So it loses keys like the
 * original when two executions use it at the same time.
 */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { DataDeduplicationService } from 'n8n-core';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';
import type { Database } from 'sql.js';
import initSqlJs from 'sql.js';

const TABLE = `CREATE TABLE processed_data (
	"workflowId" varchar(36) NOT NULL, "context" varchar(255) NOT NULL, "value" text NOT NULL,
	PRIMARY KEY ("workflowId", "context"))`;

const hashOf = (item: DeduplicationItemTypes) => createHash('md5').update(item.toString()).digest('base64');

type Entries = { mode: string; data: string[] };
type Address = [workflowId: string, context: string];

/** What n8n keeps for nodes. */
export class KeptByN8n implements IDataDeduplicator {
	/** How often the list was read or written since the start. */
	statements = 0;
	/** Is awaited before each statement; a test may delay or fail it. */
	before: (statement: 'read' | 'insert' | 'update', keys: string[]) => Promise<void> | void = () => {};

	private constructor(private readonly database: Database) {}

	/** Starts the service of n8n's that community nodes reach by their helpers. */
	static async start(): Promise<KeptByN8n> {
		const { Database } = await initSqlJs();
		const kept = new KeptByN8n(new Database());
		kept.database.run(TABLE);
		// Test files share n8n-core, which accepts a service only once.
		Reflect.deleteProperty(DataDeduplicationService, 'instance');
		await DataDeduplicationService.init(kept);
		return kept;
	}

	reset(): void {
		this.database.run('DELETE FROM processed_data');
		this.before = () => {};
		this.statements = 0;
	}

	/** How many keys are kept for the node of a workflow. */
	size(workflowId = 'workflow'): number {
		const query = 'SELECT "value" FROM processed_data WHERE "workflowId" = ?';
		const value = this.database.exec(query, [workflowId])[0]?.values[0][0];
		return value === undefined ? 0 : (JSON.parse(String(value)) as Entries).data.length;
	}

	/** Gives a workflow all that is kept for another one at this moment, as if n8n had ended now and was started again. */
	copy(from: string, to: string): void {
		const query =
			'INSERT INTO processed_data SELECT ?, "context", "value" FROM processed_data WHERE "workflowId" = ?';
		this.database.run(query, [to, from]);
	}

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
		{ mode, maxEntries }: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		const address = this.addressOf(scope, contextData);
		const found = await this.find(address, items);
		const hashes = items.map(hashOf);
		const trim = (data: string[]) => {
			if (maxEntries) data.splice(0, data.length - maxEntries);
			return data;
		};
		if (!found) {
			await this.insert(address, { mode, data: trim(hashes) }, items);
			return { new: items, processed: [] };
		}
		const known = new Set(found.data);
		const isNew = items.map((_item, index) => !known.has(hashes[index]));
		found.data.push(...hashes.filter((_hash, index) => isNew[index]));
		trim(found.data);
		await this.update(address, found, items);
		return {
			new: items.filter((_item, index) => isNew[index]),
			processed: items.filter((_item, index) => !isNew[index]),
		};
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
	): Promise<void> {
		const address = this.addressOf(scope, contextData);
		const found = await this.find(address, items);
		if (!found) return;
		for (const hash of items.map(hashOf)) {
			const index = found.data.indexOf(hash);
			if (index !== -1) found.data.splice(index, 1);
		}
		await this.update(address, found, items);
	}

	async clearAllProcessedItems(
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
	): Promise<void> {
		const address = this.addressOf(scope, contextData);
		this.database.run('DELETE FROM processed_data WHERE "workflowId" = ? AND "context" = ?', address);
	}

	async getProcessedDataCount(
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
	): Promise<number> {
		return (await this.find(this.addressOf(scope, contextData), []))?.data.length ?? 0;
	}

	private addressOf(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData): Address {
		if (!workflow.id) throw new Error('The expression evaluated to a falsy value: assert.ok(workflow.id)');
		// The part after the @ distinguishes executions in several processes.
		return [workflow.id.split('@')[0], scope === 'node' ? `n:${node!.id}` : ''];
	}

	private async statement(kind: 'read' | 'insert' | 'update', items: DeduplicationItemTypes[]) {
		this.statements++;
		await this.before(kind, items.map(String));
		// A real database responds later.
		await setImmediate();
	}

	private async find(address: Address, items: DeduplicationItemTypes[]): Promise<Entries | undefined> {
		await this.statement('read', items);
		const query = 'SELECT "value" FROM processed_data WHERE "workflowId" = ? AND "context" = ?';
		const value = this.database.exec(query, address)[0]?.values[0][0];
		return value === undefined ? undefined : (JSON.parse(String(value)) as Entries);
	}

	private async insert(address: Address, value: Entries, items: DeduplicationItemTypes[]): Promise<void> {
		await this.statement('insert', items);
		const row = [...address, JSON.stringify(value)];
		this.database.run('INSERT INTO processed_data ("workflowId", "context", "value") VALUES (?, ?, ?)', row);
	}

	private async update(address: Address, value: Entries, items: DeduplicationItemTypes[]): Promise<void> {
		await this.statement('update', items);
		const query = 'UPDATE processed_data SET "value" = ? WHERE "workflowId" = ? AND "context" = ?';
		this.database.run(query, [JSON.stringify(value), ...address]);
	}
}

/** Starts it before the tests of a file, and empties it before each. */
export function useKeptByN8n(): KeptByN8n {
	const holder = { current: undefined as unknown as KeptByN8n };
	beforeAll(async () => {
		holder.current = await KeptByN8n.start();
	});
	beforeEach(() => holder.current.reset());
	return new Proxy({} as KeptByN8n, {
		get: (_target, name) => {
			const value = Reflect.get(holder.current, name) as unknown;
			return typeof value === 'function' ? (value as () => unknown).bind(holder.current) : value;
		},
		set: (_target, name, value) => Reflect.set(holder.current, name, value),
	});
}
