import { isQuiet, readQuietHours } from '../../nodes/operations/hours/quietHours';

const read = (hours: object) => readQuietHours({ hours });
const NIGHT = { begin: '21:00', end: '08:00' };

test.each([undefined, {}])('the setting %j means no quiet hours', (entered) => {
	expect(readQuietHours(entered)).toBeUndefined();
});

test.each<[hours: object, quiet: object]>([
	[NIGHT, { begin: 1_260, end: 480, days: new Set(), timeZone: 'workflow' }],
	[
		{ begin: ' 0:00 ', end: '9:59' },
		{ begin: 0, end: 599 },
	],
	[
		{ begin: '24:00', end: '23:59' },
		{ begin: 0, end: 1_439 },
	],
	[
		{ ...NIGHT, days: ['sunday', 'saturday'], timeZone: 'name' },
		{ days: new Set([0, 6]), timeZone: 'name' },
	],
	[
		{ begin: '', end: '', days: 'monday, friday' },
		{ begin: 0, end: 0, days: new Set([1, 5]) },
	],
])('%j is read as %j', (hours, quiet) => expect(read(hours)).toMatchObject(quiet));

test.each<[hours: object, message: string]>([
	[{ begin: '21:00' }, 'Quiet Hours need both Begin and End'],
	[{ end: '21:00' }, 'Quiet Hours need both Begin and End'],
	[{}, 'Quiet Hours need Begin and End, or Quiet Days'],
	[{ days: [] }, 'Quiet Hours need Begin and End, or Quiet Days'],
	[{ begin: '8:00', end: '08:00' }, 'Quiet Hours, Begin and End must differ'],
	[{ begin: '24:00', end: '0:00' }, 'Quiet Hours, Begin and End must differ'],
	[{ ...NIGHT, begin: '24:01' }, 'Quiet Hours, Begin must be a time such as 21:00, but "24:01" was given'],
	[{ ...NIGHT, end: '9 pm' }, 'Quiet Hours, End must be a time such as 21:00, but "9 pm" was given'],
	[{ ...NIGHT, end: '1:60' }, 'Quiet Hours, End must be a time such as 21:00, but "1:60" was given'],
	...['at 1:30', '1:300', '001:30', '-1:30', 'a:30', '2a:30', '1:3a'].map((end): [object, string] => [
		{ ...NIGHT, end },
		`Quiet Hours, End must be a time such as 21:00, but "${end}" was given`,
	]),
	[{ ...NIGHT, days: ['someday'] }, 'Quiet Days must be one of friday, monday, '],
	[{ ...NIGHT, timeZone: 'mine' }, 'Quiet Hours, Time Zone must be one of name, phoneNumber, workflow'],
	[
		{ days: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] },
		'Quiet Hours leave no day on which to send',
	],
])('%j is refused: %s', (hours, message) => expect(() => read(hours)).toThrow(message));

/** The quiet ones among these minutes of a Wednesday. */
const quietAmong = (begin: number, end: number, days: number[], ...minutes: number[]) =>
	minutes.filter((minute) => isQuiet({ begin, end, days: new Set(days), timeZone: 'workflow' }, 3, minute));

test('a time is quiet from the first minute to the one before the end, also over midnight', () => {
	expect(quietAmong(60, 120, [], 0, 59, 60, 119, 120, 1_439)).toEqual([60, 119]);
	expect(quietAmong(1_260, 480, [], 0, 479, 480, 1_259, 1_260, 1_439)).toEqual([0, 479, 1_260, 1_439]);
});

test('a quiet day is quiet all day, and without hours any other day is not', () => {
	expect(quietAmong(60, 120, [3], 0, 60, 1_439)).toEqual([0, 60, 1_439]);
	expect(quietAmong(0, 0, [4], 0, 60, 1_439)).toEqual([]);
	expect(quietAmong(0, 0, [3], 0, 60, 1_439)).toEqual([0, 60, 1_439]);
});
