import type { OperationCase } from '../../support/cases';
import { botCases } from './bot';
import { channelCases } from './channel';
import { humanCases } from './human';
import { messageCases } from './message';
import { phoneNumberCases } from './phoneNumber';
import { sendAndWaitCases } from './sendAndWait';

/** Every way to use every operation that the tests know; the first case of an operation is its plainest. */
export const cases: OperationCase[] = [
	...botCases,
	...channelCases,
	...humanCases,
	...messageCases,
	...phoneNumberCases,
	...sendAndWaitCases,
];
