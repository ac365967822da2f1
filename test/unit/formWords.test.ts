import { inFormWords } from '../../nodes/NativeMsg/bot/formWords';

test.each<[finding: string, words: string]>([
	['interactions[0].name is required', 'Interaction 1, Name is required'],
	[
		'interactions[11].actions[10].send.message.buttons[12].execute leads to "A"',
		'Interaction 12, Action 11, Buttons, entry 13, Execute leads to "A"',
	],
	['interactions[1].actions[0].goto leads to "A"', 'Interaction 2, Action 1, Go To leads to "A"'],
	[
		'interactions[0].actions[0].startDialog.cancel.execute leads to "A"',
		'Interaction 1, Action 1, Cancel leads to "A"',
	],
	[
		'interactions[0].actions[0].send.request.content is required',
		'Interaction 1, Action 1, Content is required',
	],
	[
		'interactions[0].actions[0].send.request.contentType is odd',
		'Interaction 1, Action 1, contentType is odd',
	],
	[
		'interactions[0].actions[0].startDialog.cancel.executeNot is odd',
		'Interaction 1, Action 1, Cancel, executeNot is odd',
	],
	// One row of the form each.
	...'actions assignAttributes email message note pause request send startDialog waitFor'
		.split(' ')
		.map((object): [string, string] => [
			`interactions[0].actions[0].${object}.goto is odd`,
			'Interaction 1, Action 1, Go To is odd',
		]),
	['interactions[0].unknownOne is odd', 'Interaction 1, unknownOne is odd'],
	['interactions[0].keywords[0].values is required', 'Interaction 1, Keywords, entry 1, Values is required'],
	[
		'interactions[1].name is "A", which interactions[0] is called already',
		'Interaction 2, Name is "A", which Interaction 1 is called already',
	],
])('%s is %s in the words of the form', (finding, words) => expect(inFormWords(finding)).toBe(words));

test('an interaction can be named by something else than its position', () => {
	expect(inFormWords('interactions[4].name is odd', (position) => `Row ${position}`)).toBe(
		'Row 4, Name is odd',
	);
});
