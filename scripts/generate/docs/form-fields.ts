import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

/** The choices of a field; empty if it has none. */
export function choicesIn({ type, options = [] }: INodeProperties): INodePropertyOptions[] {
	return type === 'options' || type === 'multiOptions' ? (options as INodePropertyOptions[]) : [];
}

/** Whether there are fields inside a field. */
export function isGroup({ type }: INodeProperties): boolean {
	return type === 'collection' || type === 'fixedCollection';
}

/** The one group of fields that every fixed collection of this package has. */
export function rowsIn({ options }: INodeProperties): INodePropertyCollection {
	const [rows] = options as INodePropertyCollection[];
	return rows;
}

/** The fields inside a group of fields. */
export function innerFields(field: INodeProperties): INodeProperties[] {
	return field.type === 'fixedCollection' ? rowsIn(field).values : (field.options as INodeProperties[]);
}

/** The names of a field's choices. A condition may have a value that only a similar field has. */
export function namesOf(field: INodeProperties, values: unknown[]): string[] {
	return values.flatMap((value) => {
		if (typeof value === 'boolean') return value ? 'on' : 'off';
		return choicesIn(field)
			.filter((option) => option.value === value)
			.map(({ name }) => `**${name}**`);
	});
}
