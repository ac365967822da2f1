import fc from 'fast-check';
import { readBody } from '../../nodes/NativeMsgTrigger/body';

const read = (json: string) => readBody(Buffer.from(json), 'json');

const others = fc.dictionary(
	fc.string(),
	fc.oneof(fc.string(), fc.maxSafeInteger(), fc.double({ max: 1, min: -1, noNaN: true })),
);

test('no ID loses digits, whatever is around it', () => {
	fc.assert(
		fc.property(others, fc.bigInt({ min: 2n ** 53n, max: 10n ** 30n }), (value, big) => {
			const around = JSON.stringify(value);
			const json = `{"before":${around},"id":${big},"negative":-${big},"after":${around}}`;
			const parsed: unknown = JSON.parse(around);
			expect(read(json)).toEqual({ before: parsed, id: `${big}`, negative: `-${big}`, after: parsed });
		}),
	);
});

test.each<[json: string, value: unknown]>([
	['[9007199254740991]', [2 ** 53 - 1]],
	['[9007199254740992]', ['9007199254740992']],
	['[1234567890123456]', [1_234_567_890_123_456]],
	[
		'["9007199254740993", 1234567890123456.5, 1e+21, 1E-7]',
		['9007199254740993', 1_234_567_890_123_456.5, 1e21, 1e-7],
	],
	[
		String.raw`{"\"id\": 1":"\\","id":12345678901234567,"text":"\",9007199254740993"}`,
		{ '"id": 1': '\\', id: '12345678901234567', text: '",9007199254740993' },
	],
])('%s keeps its values', (json, value) => expect(read(json)).toEqual(value));
