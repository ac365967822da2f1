import { pausedError } from '../../nodes/transport/paused';

const at = (time: string) => Date.parse(`2030-11-21T${time}:00Z`);

test.each([
	[
		'refused everything',
		undefined,
		'nativeMsg has refused every request since 14:00 (UTC): too many requests',
	],
	['asked for a pause', at('17:00'), 'nativeMsg asked for a pause until 17:00 (UTC)'],
])(
	'a request that is not sent because the service %s fails with that reason',
	(_why, askedUntil, message) => {
		const closure = { since: at('14:00'), until: at('15:05'), askedUntil };
		const error = pausedError({ service: 'nativeMsg', closure, timeZone: 'UTC' }, at('15:00'));
		expect(error).toMatchObject({ message, status: 429 });
		expect(error.description).toContain('Until 15:05 (UTC) nothing is sent with this credential');
	},
);
