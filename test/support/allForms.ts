import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { NativeMsgApi } from '../../credentials/NativeMsgApi.credentials';
import { NativeMsg } from '../../nodes/NativeMsg/NativeMsg.node';
import { NativeMsgOtt } from '../../nodes/NativeMsgOtt/NativeMsgOtt.node';
import { NativeMsgTrigger } from '../../nodes/NativeMsgTrigger/NativeMsgTrigger.node';

/** All that a user of the package fills in, by the name of the node or credential. */
export const allForms: Record<string, INodeProperties[]> = {
	nativeMsg: new NativeMsg().description.properties,
	nativeMsgOtt: new NativeMsgOtt().description.properties,
	nativeMsgTrigger: new NativeMsgTrigger().description.properties,
	nativeMsgApi: new NativeMsgApi().properties,
};

/** A field with the path to it. */
export type PlacedField = [path: string, field: INodeProperties];

/** The fields of a form, those inside collections included. */
export function everyField(path: string, fields: INodeProperties[]): PlacedField[] {
	return fields.flatMap((field): PlacedField[] => {
		const place = `${path} ${field.name}`;
		if (field.type === 'collection') {
			return [[place, field], ...everyField(place, field.options as INodeProperties[])];
		}
		if (field.type !== 'fixedCollection') return [[place, field]];
		const groups = field.options as INodePropertyCollection[];
		return [[place, field], ...groups.flatMap(({ name, values }) => everyField(`${place}.${name}`, values))];
	});
}

/** What can be chosen in a field; nothing where it is no choice. */
export function choicesOf({ type, options = [] }: INodeProperties): INodePropertyOptions[] {
	return type === 'options' || type === 'multiOptions' ? (options as INodePropertyOptions[]) : [];
}
