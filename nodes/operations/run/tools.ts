import type { IExecuteFunctions } from 'n8n-workflow';
import type { AnyOperation } from '../defineOperation';
import type { RunOptions } from '../runOptions';
import type { Quiet } from './quiet';
import type { ItemReader } from './readItem';
import type { Results } from './results';

/** What reading and sending the items of a run needs. */
export interface Tools extends ItemReader {
	context: IExecuteFunctions;
	results: Results;
	/** The operation of the first item, which decides for the whole run. */
	operation: AnyOperation;
	options: RunOptions;
	/** Only if there are quiet hours. */
	quiet?: Quiet;
	/** When the run started, in ms since 1970. */
	startedAt: number;
}
