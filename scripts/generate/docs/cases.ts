/// <reference types="jest" />
// The cases that the engine tests run, as examples. Where a case has a pattern, such as for a time, a sample is shown.
import type { OperationCase } from '../../../test/support/cases';

const SAMPLES = ['2026-11-21T09:30:00', '2026-11-21T09:30:00.000Z', 'provider_1'];

Object.assign(globalThis, {
	expect: {
		stringMatching(pattern: RegExp) {
			const sample = SAMPLES.find((text) => pattern.test(text));
			if (sample === undefined) throw new Error(`No sample in ${import.meta.url} fits ${pattern}`);
			return sample;
		},
		objectContaining: (part: object) => part,
	},
});

// Only now, because they use Jest's `expect` while they are loaded.
const { cases } = await import('../../../test/node/cases');
const { ottCases } = await import('../../../test/node/ott/cases');

/** By node. */
export const casesOf: Record<'NativeMsg' | 'NativeMsgOtt', OperationCase[]> = {
	NativeMsg: cases,
	NativeMsgOtt: ottCases,
};
