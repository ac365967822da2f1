import { ApiError } from '../api';
import type { OperationHandler, OperationInput } from '../contract';
import type { SandboxSettings } from '../settings';
import type { OttTemplate, Tenant } from './state';

/** Values in the order of the placeholders, or by their names. */
export type TemplateValues = string[] | Record<string, unknown>;

type TemplateStatus = 'pending' | OttTemplate['verdict'];

const PLACEHOLDER = /\{\{\s*([^{}\s]+)\s*\}\}/g;

export function templateOperations(
	{ channels, templates, now }: Tenant,
	settings: SandboxSettings,
): Record<string, OperationHandler> {
	return {
		'POST /ott/templates': ({ body }: OperationInput<Pick<OttTemplate, 'channel_id' | 'name' | 'body'>>) => {
			const { channel_id, name, body: text } = body;
			const reviewed = channels.get(channel_id).channel === 'whatsapp';
			const template = templates.add({
				channel_id,
				name,
				body: text,
				variables: {},
				verdict: 'approved',
				reviewedAt: now() + (reviewed ? settings.approvalMs : 0),
			});
			return view(template, reviewed ? 'pending' : 'approved');
		},

		'PUT /ott/templates/{template_id}': ({ params, body }: OperationInput<Partial<OttTemplate>>) => {
			const template = templates.get(params.template_id);
			return view(Object.assign(template, body), statusOf(template, now()));
		},
	};
}

/**
 * The text of a template with its values filled in.
 *
 * @throws ApiError 404 for an unknown template, 400 for one that can't be sent on the channel, and 400 if the values
 *   don't fit its placeholders
 */
export function textFrom(
	{ templates, now }: Tenant,
	templateId: string,
	channelId: string,
	values: TemplateValues,
): string {
	const template = templates.get(templateId);
	if (template.channel_id !== channelId) {
		throw new ApiError(400, `template ${templateId} does not belong to channel ${channelId}`);
	}
	const status = statusOf(template, now());
	if (status === 'pending') throw new ApiError(400, `template ${templateId} is pending approval`);
	if (status === 'rejected') throw new ApiError(400, `template ${templateId} was rejected`);
	return filledIn(template.body, values);
}

function filledIn(text: string, values: TemplateValues): string {
	const names = placeholdersOf(text);
	const count = Object.keys(values).length;
	if (count !== names.length) {
		throw new ApiError(
			400,
			`number of placeholders in the template: ${names.length}, number of values given: ${count}`,
		);
	}
	const byName = Array.isArray(values)
		? Object.fromEntries(names.map((name, index) => [name, values[index]]))
		: values;
	return text.replace(PLACEHOLDER, (_placeholder, name: string) => {
		if (!Object.hasOwn(byName, name)) throw new ApiError(400, `placeholder {{${name}}} has no value`);
		return String(byName[name]);
	});
}

/** Each name once: numbered placeholders by their number, named ones in the order of the text. */
function placeholdersOf(text: string): string[] {
	const names = [...new Set(Array.from(text.matchAll(PLACEHOLDER), ([, name]) => name))];
	return names.every((name) => /^\d+$/.test(name)) ? names.sort((a, b) => Number(a) - Number(b)) : names;
}

function statusOf({ reviewedAt, verdict }: OttTemplate, now: number): TemplateStatus {
	return now < reviewedAt ? 'pending' : verdict;
}

function view(
	{ verdict: _verdict, reviewedAt: _reviewedAt, ...template }: OttTemplate,
	status: TemplateStatus,
) {
	return { ...template, status };
}
