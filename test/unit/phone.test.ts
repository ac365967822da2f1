import { planOf } from '../../nodes/transport/numberingPlans';
import { countriesOf, readPhone } from '../../nodes/transport/phone';

/** What a text is read as: the number, or the rule that it breaks. */
function read(text: string, country?: string): string {
	const { number, rule } = readPhone(text, country);
	return number ?? rule!;
}

describe('A phone number with country code', () => {
	test.each([
		['12015550123.0', '+12015550123'],
		['+12015550123.0', '+12015550123'],
		['12015550123.00', '+12015550123'],
		['12015550123', '+12015550123'],
		['1.201.555.0123', '+12015550123'],
		['1.201.555.0123.', '+12015550123'],
		['+32 2/123 45 67', '+3221234567'],
		['+44 (0)20 7946 0958', '+442079460958'],
		['+49 (0) 151 23456789', '+4915123456789'],
		['(+44) 20 7946 0958', '+442079460958'],
		['+44 020 7946 0958', '+442079460958'],
		['0044 20 7946 0958', '+442079460958'],
		['0044 (0)20 7946 0958', '+442079460958'],
		['0012015550123', '+12015550123'],
		...[..."'‘’`´"].map((mark) => [`${mark}+12015550123`, '+12015550123']),
		['+\u06f1\u06f2\u06f0\u06f1\u06f5\u06f5\u06f5\u06f0\u06f1\u06f8\u06f7', '+12015550187'],
		[" ' +12015550123", '+12015550123'],
		['0044 20 7946 0950', '+442079460950'],
		['442079460044', '+442079460044'],
		['\u202a+12015550123\u202c', '+12015550123'],
		['\u200e+1 201 555 0123', '+12015550123'],
		['\u2068+12015550123\u2069', '+12015550123'],
		['+1201\u200b5550123', '+12015550123'],
		['+1 201\u2212555\u22120123', '+12015550123'],
		['+1\u00a0201\u00a0555\u00a00123', '+12015550123'],
		['\uff0b\uff11\uff12\uff10\uff11\uff15\uff15\uff15\uff10\uff11\uff12\uff13', '+12015550123'],
		['+\u0661\u0662\u0660\u0661\u0665\u0665\u0665\u0660\u0661\u0662\u0663', '+12015550123'],
		['+39 06 6982 0448', '+390669820448'],
		['+39 (0)6 6982 0448', '+390669820448'],
		['+7 800 555 35 35', '+78005553535'],
		['+7 (8) 800 555 35 35', '+78005553535'],
		['+36 (06) 30 123 4567', '+36301234567'],
		['+54 011 15 2345-6789', '+5491123456789'],
		['+870 773 111 632', '+870773111632'],
		['442079460958', '+442079460958'],
		['+49 30 901820-22', '+493090182022'],
	])('%j is read as %s', (text, number) => {
		expect(read(text)).toBe(number);
	});
});

describe('A phone number without country code is read in the default country', () => {
	test.each([
		['GB', '020 7946 0958', '+442079460958'],
		['US', '(615) 555-0182', '+16155550182'],
		['US', '2015550123', '+12015550123'],
		['US', '1 201 555 0123', '+12015550123'],
		['US', '011 44 20 7946 0958', '+442079460958'],
		['US', '0044 20 7946 0958', '+442079460958'],
		['US', '+44 20 7946 0958', '+442079460958'],
		['GB', '442079460958', '+442079460958'],
		['GB', '2079460958', '+442079460958'],
		['GB', '2079460958.0', '+442079460958'],
		['GG', '020 7946 0958', '+442079460958'],
		['IN', '919876543210', '+919876543210'],
		['IN', '98765 43210', '+919876543210'],
		['DE', '0151 23456789', '+4915123456789'],
		['DE', '030 / 901820', '+4930901820'],
		['DE', '03090/1820', '+4930901820'],
		['DE', '01512/34/56789', '+4915123456789'],
		['GB', '020 7946 0044', '+442079460044'],
		['AU', '0011 1 201 555 0123', '+12015550123'],
		['IT', '06 6982 0448', '+390669820448'],
		['BR', '0 15 11 98765-4321', '+5511987654321'],
		['AR', '011 15-2345-6789', '+5491123456789'],
		['AG', '460 1234', '+12684601234'],
	])('%s: %j is read as %s', (country, text, number) => {
		expect(read(text, country)).toBe(number);
	});

	test.each([
		'020 7946 0958',
		'(615) 555-0182',
		'2015550123',
		'011 44 20 7946 0958',
		'0000000000',
		'4512345678',
	])('%j is refused without one, and the rule names the field', (text) => {
		expect(read(text)).toMatch(/^must .* such as \+12015550123( \(or set Default Country\))?$|country code/);
		expect(readPhone(text).number).toBeUndefined();
	});

	test('the rule names the field where a default country would help', () => {
		expect(read('2015550123')).toBe(
			'must be a phone number with + and country code such as +12015550123 (or set Default Country)',
		);
	});

	test('a number that is invalid there is refused with the name of the country', () => {
		expect(read('555-0123', 'US')).toBe(
			'must be a phone number of the Default Country (United States), or one with + and country code such as +12015550123',
		);
	});

	test('a number without its area code is refused where its length alone would do', () => {
		expect(readPhone('555-0123', 'CA').number).toBeUndefined();
		expect(readPhone('794 6095', 'GB').number).toBeUndefined();
	});

	test('a number that can be read in two ways is refused with both', () => {
		expect(read('4915123456789', 'DE')).toBe(
			'must be written with + and country code, because it can mean +494915123456789 or +4915123456789',
		);
	});
});

describe('Text that is not a phone number is refused with a specific message', () => {
	test.each([
		['12015550123.5', 'must be a phone number, not a number with decimals'],
		['4915123456789.5', 'must be a phone number, not a number with decimals'],
		['1.20156E+10', 'must be a phone number with all its digits, not one that a spreadsheet has rounded'],
		...['1,20156e+10', '+1.20156E+10', '-1.2E10', '12e9', '1E-5'].map((text) => [
			text,
			'must be a phone number with all its digits, not one that a spreadsheet has rounded',
		]),
		['1201555012.55', 'must be a phone number, not a number with decimals'],
		['+12015550123.000', 'must be a phone number, not a number with decimals'],
		['5550101/5550102', 'must be one phone number only'],
		['55501/02', 'must be one phone number only'],
		['2015550123/999', 'must be one phone number only'],
		['020 7946 0958 / 0959', 'must be one phone number only'],
		['030 123456/57', 'must be one phone number only'],
		['+12015550123 +12015550124', 'must be one phone number only'],
		['+12015550123, +12015550124', 'must be one phone number only'],
		['+12015550123; +12015550124', 'must be one phone number only'],
		...[',', ';', '&', '|', '\n', '\r', ' or ', ' AND '].map((between) => [
			`5550101${between}5550102`,
			'must be one phone number only',
		]),
		['+12015550123 or +12015550124', 'must be one phone number only'],
		['+1 201 555 0123 ext. 5', 'must be a phone number without an extension'],
		['+1 201 555 0123 x99', 'must be a phone number without an extension'],
		['+1 201 555 0123 #12', 'must be a phone number without an extension'],
		...['x5', 'EXT5', ', ext. 5', '-x5', '.x5', ' extn: 5', ' extension 12'].map((extension) => [
			`+1 201 555 0123${extension}`,
			'must be a phone number without an extension',
		]),
		['+1 201-555-0123 - 99', 'must have 10 digits after the country code +1'],
		['+44 20 7946', 'must have 7, 9 or 10 digits after the country code +44'],
		['0044 20 7946', 'must have 7, 9 or 10 digits after the country code +44'],
		['+49 1', 'must have 5 to 13 digits after the country code +49'],
		['00 999 123 4567', 'must begin with the country code of a country, such as +1 in +12015550123'],
		['+999 123 4567', 'must begin with the country code of a country, such as +1 in +12015550123'],
		['+0 20 7946 0958', 'must begin with the country code of a country, such as +1 in +12015550123'],
		['+1 800 FLOWERS', 'must be a phone number with + and country code such as +12015550123'],
		['n/a', 'must be a phone number with + and country code such as +12015550123'],
		['-12015550123', 'must be a phone number with + and country code such as +12015550123'],
		['', 'must be a phone number with + and country code such as +12015550123'],
		['+', 'must begin with the country code of a country, such as +1 in +12015550123'],
		[
			'0000000000',
			'must be a phone number with + and country code such as +12015550123 (or set Default Country)',
		],
	])('%j %s', (text, rule) => {
		expect(read(text)).toBe(rule);
		expect(readPhone(text, 'DE').number).toBeUndefined();
	});

	test('an endless text is refused at once', () => {
		for (const text of [`+1${'0'.repeat(100_000)}`, '../'.repeat(3_000_000)]) {
			expect(read(text)).toBe('must be a phone number with + and country code such as +12015550123');
		}
	});
});

test.each([
	['+4915123456789', ['DE']],
	['+12015550123', ['US', 'CA']],
	['+999123', []],
])('The countries that %s can be from are %j', (number, countries) =>
	expect(countriesOf(number)).toEqual(countries),
);

test.each(['ZZ', 'toString', '__proto__'])('There is no numbering plan for the country %s', (country) => {
	expect(planOf(country)).toBeUndefined();
	expect(read('020 7946 0958', country)).toBe(read('020 7946 0958'));
});
