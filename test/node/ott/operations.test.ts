import { catalogue } from '../../../nodes/NativeMsgOtt/catalogue';
import type { Catalogue } from '../../../nodes/operations/defineOperation';
import { useFixture } from '../../support/fixture';
import { describeOperations } from '../../support/operationTests';
import { ottCases } from './cases';

const fixture = useFixture();

// One of the texts in NativeMessage's documentation.
describeOperations(
	fixture,
	ottCases,
	{ node: 'NativeMsgOtt', catalogue: catalogue as Catalogue },
	{
		status: 403,
		body: { error: 'account is not active' },
		sentence: 'account is not active',
		remedy: /Ask NativeMessage to activate your account/,
	},
);

it('every operation has test cases in both payload formats', () => {
	const formatsOf = (format: string) =>
		new Set(
			ottCases
				.filter((one) => one.format === format)
				.map(({ parameters }) => `${parameters.resource}/${parameters.operation}`),
		);
	expect(formatsOf('guide').size).toBe(7);
	expect(formatsOf('reference')).toEqual(formatsOf('guide'));
});
