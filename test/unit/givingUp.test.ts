import { createGivingUp } from '../../nodes/operations/run/givingUp';
import { NotSentError, RequestError } from '../../nodes/transport/errors';
import { noConnection } from '../support/planRun';

const refused = noConnection('The server refused the connection');

test('a run goes on after requests that failed for their own sake', () => {
	const givingUp = createGivingUp('nativeMsg');
	for (const status of [400, 403, 404, 422, 429, 500, undefined]) {
		givingUp.note(new RequestError('No', '', status));
	}
	givingUp.note(undefined);
	expect(givingUp.reason()).toBeUndefined();
});

test('a refused credential ends the run at once, and the items that were not tried say so', () => {
	const givingUp = createGivingUp('nativeMsg');
	givingUp.note(new RequestError('Token expired', 'Check the token.', 401));
	const reason = givingUp.reason();
	expect(reason).toBeInstanceOf(NotSentError);
	expect(reason).toMatchObject({
		message: "nativeMsg refused the credential, so this item wasn't tried: Token expired",
		description: 'Nothing was sent for this item. Check the token.',
	});
});

test('five requests in a row without a connection end the run, but not with a response between them', () => {
	const givingUp = createGivingUp('nativeMessage');
	for (const error of [refused, refused, refused, refused, undefined, refused, refused, refused, refused]) {
		givingUp.note(error);
	}
	expect(givingUp.reason()).toBeUndefined();
	givingUp.note(refused);
	expect(givingUp.reason()?.message).toBe(
		"NativeMessage couldn't be reached 5 times running, so this item wasn't tried: The server refused the connection",
	);
	const first = givingUp.reason();
	givingUp.note(undefined);
	expect(givingUp.reason()).toBe(first);
});
