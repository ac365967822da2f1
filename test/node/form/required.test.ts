import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { runCase, type OperationCase } from '../../support/cases';
import { useFixture } from '../../support/fixture';
import { NodeForm } from '../../support/nodeForm';
import { nodes } from '../../support/nodes';

const fixture = useFixture({ stepMs: 0 });

/** Of the fields that a person types a value into. */
const TYPED: Array<INodeProperties['type']> = ['json', 'number', 'resourceLocator', 'string'];

/** n8n itself looks at texts that are entered, not at results. */
const NOTHING = '={{ $json.nothing }}';

/** The fields of each operation, as required or not, each with the first case that shows it. */
const firstCases = (cases: OperationCase[], form: NodeForm) => {
	const found = new Map<string, { one: OperationCase; field: INodeProperties; stored: INodeParameters }>();
	for (const one of cases) {
		const stored = form.stored(one.parameters);
		const { resource, operation } = one.parameters;
		for (const field of form.visible(stored).filter(({ type }) => TYPED.includes(type))) {
			const key = `${resource}/${operation} ${field.name}${field.required ? ', required' : ''}`;
			if (!found.has(key)) found.set(key, { one, field, stored });
		}
	}
	return [...found];
};

test.each(nodes)(
	'$name marks the fields as required that no item can do without, and no others',
	async (node) => {
		const form = new NodeForm(node.name, fixture.engine.description(node.name));
		const wrong: string[] = [];
		const all = firstCases(node.cases, form);
		expect(all.length).toBeGreaterThan(10);
		for (const [place, { one, field, stored }] of all) {
			const nothing = field.type === 'resourceLocator' ? { __rl: true, mode: 'id', value: NOTHING } : NOTHING;
			const parameters = {
				...stored,
				...one.parameters,
				[field.name]: nothing,
			} as OperationCase['parameters'];
			const { error } = await runCase(fixture, { ...one, parameters });
			const refusal = /^(.+?) (is required|needs at least one value), but nothing was given/;
			const [, label] = refusal.exec(error?.message ?? '') ?? [];
			const isNeeded = label !== undefined && field.displayName.startsWith(label);
			if (isNeeded !== (field.required ?? false)) wrong.push(`${place}: ${error?.message ?? 'sent'}`);
		}
		expect(wrong).toEqual([]);
	},
);
