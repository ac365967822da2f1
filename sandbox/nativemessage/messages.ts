import { ApiError } from '../api';
import type { OperationHandler, OperationInput } from '../contract';
import type { SandboxSettings } from '../settings';
import type { Deliveries } from '../webhooks';
import type { OttChannel, OttMessage, Tenant } from './state';
import { textFrom, type TemplateValues } from './templates';
import { reportOutcome } from './webhooks';

interface GuideBody {
	channel_id: string;
	destination: string;
	template_id?: string;
	parameters?: string[];
	content?: { text: string };
}

interface ReferenceBody {
	channel_id: string;
	to: string;
	template_id?: string;
	variables?: Record<string, unknown>;
	body?: string;
}

/** A message to send, from a request of either shape. */
interface Outgoing {
	channelId: string;
	to: string;
	templateId?: string;
	values: TemplateValues;
	text?: string;
}

type Outcome = Pick<OttMessage, 'status' | 'provider_message_id' | 'error_message'>;

const FAILS_FIRST = /019[79]$/;
const FAILS_ALWAYS = /0197$/;

export function messageOperations(
	tenant: Tenant,
	settings: SandboxSettings,
	deliveries: Deliveries,
): Record<string, OperationHandler> {
	const { channels, messages } = tenant;

	const deliver = (to: string, failing: RegExp): Outcome =>
		failing.test(to)
			? { status: 'failed', provider_message_id: null, error_message: 'the recipient could not be reached' }
			: { status: 'sent', provider_message_id: `provider_${++tenant.deliveries}`, error_message: null };

	const reported = (message: OttMessage): OttMessage => {
		reportOutcome(tenant, deliveries, message, settings.stepMs);
		return message;
	};

	return {
		'POST /ott/messages': ({ body }: OperationInput<GuideBody | ReferenceBody>) => {
			const { channelId, to, templateId, values, text } = outgoing(body);
			const channel = channels.get(channelId);
			if ((templateId === undefined) === (text === undefined)) {
				throw new ApiError(400, 'either template_id or body is required, and not both');
			}
			const message = messages.add({
				channel_id: channelId,
				template_id: templateId ?? null,
				to,
				body:
					templateId === undefined
						? sessionText(tenant, channel, to, text ?? '', settings.sessionMs)
						: textFrom(tenant, templateId, channelId, values),
				...deliver(to, FAILS_FIRST),
			});
			return reported(message);
		},

		'POST /ott/messages/{message_id}/retry': ({ params }) => {
			const message = messages.get(params.message_id);
			if (message.status !== 'failed') throw new ApiError(400, 'only failed messages can be retried');
			return reported(Object.assign(message, deliver(message.to, FAILS_ALWAYS)));
		},
	};
}

function outgoing(body: GuideBody | ReferenceBody): Outgoing {
	const { channel_id: channelId, template_id: templateId } = body;
	return 'to' in body
		? { channelId, templateId, to: body.to, values: body.variables ?? {}, text: body.body }
		: {
				channelId,
				templateId,
				to: body.destination,
				values: body.parameters ?? [],
				text: body.content?.text,
			};
}

/** @throws ApiError 400 for a text without content, and outside the session window of WhatsApp */
function sessionText(
	{ lastInbound, now }: Tenant,
	{ channel }: OttChannel,
	to: string,
	text: string,
	sessionMs: number,
): string {
	if (text.trim() === '') throw new ApiError(400, 'the text is empty');
	const age = now() - (lastInbound.get(to) ?? -Infinity);
	if (channel === 'whatsapp' && age >= sessionMs) {
		throw new ApiError(
			400,
			'session window is closed: WhatsApp takes free text within 24 hours of the last message from the user',
		);
	}
	return text;
}
