// The cases that the engine tests run, as examples. What a case leaves to a pattern, such as a time, is shown as a sample.

const SAMPLES = ['2026-11-21T09:30:00', '2026-11-21T09:30:00.000Z', 'provider_1'];

globalThis.expect = {
	stringMatching(pattern) {
		const sample = SAMPLES.find((text) => pattern.test(text));
		if (sample === undefined) throw new Error(`No sample in ${import.meta.url} fits ${pattern}`);
		return sample;
	},
	objectContaining: (part) => part,
};

const { cases } = await import('../../../test/engine/cases');
const { ottCases } = await import('../../../test/engine/ott/cases');

/** By node. */
export const casesOf = { NativeMsg: cases, NativeMsgOtt: ottCases };
