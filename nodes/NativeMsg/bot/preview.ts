import { defineOperation } from '../../operations/defineOperation';
import { operation as create } from './create';
import { mapOf, titleOf } from './map';
import { unreachable } from './references';

export const operation = defineOperation({
	...create,
	option: {
		name: 'Preview',
		value: 'preview',
		description: 'See what Create would send, what is wrong with it, and a map of the bot. Sends nothing.',
		action: 'Preview a bot',
	},
	preview: () => ({}),
	describe: ({ body: { interactions } }) => ({
		map: mapOf(interactions),
		unreachable: unreachable(interactions).map((index) => titleOf(interactions[index], index)),
	}),
});
