import type { IExecuteFunctions } from 'n8n-workflow';
import type { AnyOperation } from '../defineOperation';
import type { RunOptions } from '../runOptions';
import type { Quiet } from './quiet';
import type { ItemReader } from './readItem';
import type { Results } from './results';

/** What the items of a run are read and sent with. */
export interface Tools extends ItemReader {
	context: IExecuteFunctions;
	results: Results;
	/** That of the first item, which decides about what concerns the whole run. */
	operation: AnyOperation;
	options: RunOptions;
	/** Only where quiet hours are kept. */
	quiet?: Quiet;
	/** When the run began. */
	startedAt: number;
}
