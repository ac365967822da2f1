import type { OperationCase } from '../../../support/cases';
import { channelCases } from './channel';
import { messageCases } from './message';
import { sendAndWaitCases } from './sendAndWait';
import { templateCases } from './template';

/** Every way to use every operation for NativeMessage that the tests know; the first case of one is its plainest. */
export const ottCases: OperationCase[] = [
	...channelCases,
	...messageCases,
	...sendAndWaitCases,
	...templateCases,
];
