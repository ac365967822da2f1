import { catalogue as nativeMsg } from '../../nodes/NativeMsg/catalogue';
import { catalogue as nativeMsgOtt } from '../../nodes/NativeMsgOtt/catalogue';
import type { Catalogue } from '../../nodes/operations/defineOperation';

/** n8n truncates the name of a node on the canvas at about this length. */
const MAX_ACTION = 30;

const optionsOf = (catalogue: Catalogue) =>
	Object.entries(catalogue).flatMap(([resource, operations]) =>
		Object.values(operations).map(({ option }) => ({ resource, ...option })),
	);

/** n8n names nodes and the tools of agents after them. */
const all = Object.entries({ NativeMsg: nativeMsg, 'NativeMsg OTT': nativeMsgOtt }).flatMap(
	([node, catalogue]) => optionsOf(catalogue).map((option) => ({ node, ...option })),
);
describe.each(all)('$node names $resource: $name', ({ name, action, description }) => {
	test('so that the canvas shows it whole', () => {
		expect(action.length).toBeLessThanOrEqual(MAX_ACTION);
	});

	test('with the verb of its operation, as a sentence begins', () => {
		expect(action).toMatch(/^[A-Z][^A-Z]*( RCS [^A-Z]*)?$/);
		expect(action.split(' ')[0]).toBe(name.split(' ')[0]);
	});

	test('and with a description that says more', () => {
		expect(description.length).toBeGreaterThan(Math.max(action.length, 30));
		expect(description).not.toMatch(/\be\.g\.|for good/);
	});
});

test.each([nativeMsg, nativeMsgOtt])('no two actions of a node have the same name', (catalogue) => {
	const actions = optionsOf(catalogue).map(({ action }) => action);
	expect(new Set(actions).size).toBe(actions.length);
});
