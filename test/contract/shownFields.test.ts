import { NodeHelpers, type INodeParameters } from 'n8n-workflow';
import { allForms } from '../support/allForms';

/** The names of the fields that a form shows with these choices, in their order; a `*` marks a required one. */
function shown(form: string, choices: INodeParameters): string {
	const fields = allForms[form];
	const stored = NodeHelpers.getNodeParameters(fields, choices, true, false, null, null)!;
	return fields
		.filter(({ name, type }) => type !== 'hidden' && name !== 'resource' && name !== 'operation')
		.filter((field) => NodeHelpers.displayParameter(stored, field, null, null))
		.map(({ name, required }) => (required ? `${name}*` : name))
		.join(' ');
}

/** What a form shows, by the choices in it. */
type Shown = Array<[choices: INodeParameters, fields: string]>;

const CREDENTIAL: Shown = [
	[{ service: 'nativeMsg' }, 'service accessToken* webhookSecret baseUrl* defaultCountry'],
	[
		{ service: 'nativeMessage', authentication: 'accessToken' },
		'service authentication accessToken* nativeMessageUrl* payloadFormat defaultCountry',
	],
	[
		{ service: 'nativeMessage' },
		'service authentication apiKey* nativeMessageUrl* payloadFormat defaultCountry',
	],
	[
		{ service: 'nativeMessage', authentication: 'usernamePassword' },
		'service authentication username* password* tenantId nativeMessageUrl* payloadFormat defaultCountry',
	],
];

const TRIGGER: Shown = [
	[{}, 'registrationNotice events* check headerName filters options'],
	[{ check: 'sharedSecret' }, 'registrationNotice events* check headerName filters options'],
	[{ check: 'none' }, 'registrationNotice events* check noCheckNotice filters options'],
];

const ALL = { returnAll: true };
const TO_PHONES = 'messageType targetType phones* channelId*';
const SENDING = 'additionalFields delivery broadcast options';

/** By resource and operation. */
const OPERATIONS: Record<'nativeMsg' | 'nativeMsgOtt', Record<string, Shown>> = {
	nativeMsg: {
		'bot/create': [
			[{}, 'name* specifyInteractions interactionRows options'],
			[{ specifyInteractions: 'usingJson' }, 'name* specifyInteractions interactions* options'],
		],
		'bot/delete': [[{}, 'botId* options']],
		'bot/get': [[{}, 'botId* simplify options']],
		'bot/getMany': [
			[{}, 'returnAll limit simplify'],
			[ALL, 'returnAll simplify'],
		],
		'bot/getRevision': [[{}, 'botId* revision* options']],
		'bot/getRevisions': [
			[{}, 'botId* returnAll limit options'],
			[ALL, 'botId* returnAll options'],
		],
		'bot/restoreRevision': [
			[{}, 'botId* restoreTo options'],
			[{ restoreTo: 'number' }, 'botId* restoreTo revision* options'],
		],
		'bot/update': [
			[{}, 'botId* specifyInteractions interactionRows updateFields options'],
			[{ specifyInteractions: 'removeAllInteractions' }, 'botId* specifyInteractions updateFields options'],
			[{ specifyInteractions: 'usingJson' }, 'botId* specifyInteractions interactions* updateFields options'],
		],
		'channel/create': [[{}, 'channelType* name* botId* additionalFields options']],
		'channel/delete': [[{}, 'channelId* options']],
		'channel/get': [[{}, 'channelId* simplify options']],
		'channel/getMany': [
			[{}, 'filters returnAll limit simplify'],
			[ALL, 'filters returnAll simplify'],
		],
		'channel/getSubscription': [[{}, 'channelId* options']],
		'channel/getTypes': [[{}, '']],
		'channel/subscribeHumans': [[{}, 'channelId* humanIds* options']],
		'channel/unsubscribeHumans': [[{}, 'channelId* humanIds* options']],
		'channel/update': [[{}, 'channelId* updateFields options']],
		'human/addByPhone': [
			[{}, 'channelId* specifyHumans phone* additionalFields options'],
			[{ specifyHumans: 'json' }, 'channelId* specifyHumans humans* additionalFields options'],
		],
		'human/assignTags': [
			[{}, 'humanId* tagsBy tags* options'],
			[{ tagsBy: 'ids' }, 'humanId* tagsBy tagIds* options'],
		],
		'human/get': [[{}, 'humanId* simplify options']],
		'human/getMany': [
			[{}, 'filters returnAll limit simplify'],
			[ALL, 'filters returnAll simplify'],
		],
		'human/getSubscription': [[{}, 'humanId* options']],
		'human/getTags': [[{}, 'humanId* options']],
		'human/setAttributes': [
			[{}, 'humanId* specifyAttributes attributes options'],
			[{ specifyAttributes: 'dragged' }, 'humanId* specifyAttributes draggedAttributes options'],
			[{ specifyAttributes: 'json' }, 'humanId* specifyAttributes attributesJson* options'],
		],
		'human/subscribe': [[{}, 'humanId* options']],
		'human/unassignTags': [
			[{}, 'humanId* tagsBy tags* options'],
			[{ tagsBy: 'ids' }, 'humanId* tagsBy tagIds* options'],
		],
		'human/unsubscribe': [[{}, 'humanId* options']],
		'human/update': [[{}, 'humanId* botEnabled options']],
		'message/get': [[{}, 'messageId* options']],
		'message/getMany': [
			[{}, 'requestId* returnAll limit options'],
			[ALL, 'requestId* returnAll options'],
		],
		'message/send': [
			[{}, `${TO_PHONES} text* ${SENDING}`],
			...['channels', 'humans', 'tags'].map((targetType): Shown[number] => [
				{ targetType },
				`messageType targetType ids* text* ${SENDING}`,
			]),
			[{ messageType: 'buttons' }, `${TO_PHONES} text buttons ${SENDING}`],
			[{ messageType: 'carousel' }, `${TO_PHONES} carousel ${SENDING}`],
			[{ messageType: 'list' }, `${TO_PHONES} list ${SENDING}`],
			[{ messageType: 'quickReplies' }, `${TO_PHONES} text quickReplies ${SENDING}`],
			[{ messageType: 'media' }, `${TO_PHONES} mediaFrom mediaType media* text ${SENDING}`],
			[
				{ messageType: 'richCard' },
				`${TO_PHONES} title mediaFrom mediaType media text buttons richCard ${SENDING}`,
			],
			[{ messageType: 'json' }, 'messageType messageJson* delivery broadcast options'],
		],
		'message/sendAndWait': [
			[{}, 'targetType phones* channelId* message* responseType approvalType broadcast options'],
			[{ targetType: 'humans' }, 'targetType ids* message* responseType approvalType broadcast options'],
			[
				{ responseType: 'choices' },
				'targetType phones* channelId* message* responseType choices* broadcast options',
			],
			[{ responseType: 'freeText' }, 'targetType phones* channelId* message* responseType broadcast options'],
		],
		'phoneNumber/getCapabilities': [[{}, 'phoneNumber* options']],
		'phoneNumber/getRcsCapability': [[{}, 'phoneNumber* options']],
		'phoneNumber/getRcsCapabilityForChannel': [[{}, 'phoneNumber* channelId* options']],
	},
	nativeMsgOtt: {
		'channel/create': [
			[{}, 'channelType providerId* phoneNumberId* businessAccountId* additionalFields options'],
			...['telegram', 'viber'].map((channelType): Shown[number] => [
				{ channelType },
				'channelType providerId* config additionalFields options',
			]),
		],
		'message/retry': [[{}, 'messageId* options']],
		'message/sendAndWait': [
			[{}, 'channelId* to* sendAs message* responseType approvalType broadcast options'],
			[
				{ sendAs: 'templateMessage' },
				'channelId* to* sendAs templateId* message* responseType approvalType broadcast options',
			],
			[{ responseType: 'choices' }, 'channelId* to* sendAs message* responseType choices* broadcast options'],
			[{ responseType: 'freeText' }, 'channelId* to* sendAs message* responseType broadcast options'],
		],
		'message/sendSession': [[{}, 'channelId* to* text* sessionNotice broadcast options']],
		'message/sendTemplate': [
			[{}, 'channelId* to* templateId* parametersAs parameters broadcast options'],
			[
				{ parametersAs: 'dragged' },
				'channelId* to* templateId* parametersAs draggedParameters broadcast options',
			],
			[{ parametersAs: 'json' }, 'channelId* to* templateId* parametersAs parametersJson* broadcast options'],
			[{ parametersAs: 'variables' }, 'channelId* to* templateId* parametersAs variables broadcast options'],
		],
		'template/create': [[{}, 'channelId* name* body* approvalNotice additionalFields options']],
		'template/update': [[{}, 'templateId* updateFields approvalNotice options']],
	},
};

const operations = Object.entries(OPERATIONS).flatMap(([node, forms]) =>
	Object.entries(forms).flatMap(([key, rows]) =>
		rows.map(([choices, fields]): [string, string, INodeParameters, string] => {
			const [resource, operation] = key.split('/');
			return [node, key, { resource, operation, ...choices }, fields];
		}),
	),
);

test.each([
	...CREDENTIAL.map(([choices, fields]) => ['nativeMsgApi', '', choices, fields] as const),
	...TRIGGER.map(([choices, fields]) => ['nativeMsgTrigger', '', choices, fields] as const),
	...operations,
])('%s %s shows what belongs to %j: %s', (form, _key, choices, fields) => {
	expect(shown(form, choices)).toBe(fields);
});

test.each(operations.filter(([, key]) => key === 'message/send' || key === 'bot/create'))(
	'%s has the same form in the preview of %s, with %j',
	(form, _key, choices, fields) => {
		expect(shown(form, { ...choices, operation: 'preview' })).toBe(fields);
	},
);
