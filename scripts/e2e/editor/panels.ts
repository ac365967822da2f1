import type { Playground } from '../../n8n/playground';
import type { Editor, Shown } from './editor';
import { orderWorkflow, type NodeToLookAt } from './workflows';

/** A channel as it is stored after it was chosen from the list. */
const channel = (value: number, cachedResultName: string) => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName,
});
const SMS_CHANNEL = channel(601, 'Store Number (Long Code SMS/MMS)');

const card = (title: string, subtitle: string, product: string) => ({
	title,
	subtitle,
	imageUrl: `https://example.com/${product}.png`,
	additionalFields: { payload: `https://example.com/${product}` },
});

/** A node to take a screenshot of, with the texts that must be readable after a run. */
interface Panel extends NodeToLookAt {
	picture: string;
	/** Of the window, if the form needs more than usual. */
	height?: number;
	shows: Shown;
}

const PANELS: Panel[] = [
	{
		name: 'Get bots',
		picture: 'get-bots',
		parameters: { resource: 'bot', operation: 'getMany', returnAll: true },
		shows: {
			form: ['NativeMsg account', 'Bot', 'Get Many', 'Return All', 'Simplify'],
			output: ['2 items', 'Support Bot', 'Order Bot'],
		},
	},
	{
		name: 'Preview bot',
		picture: 'bot-interactions',
		height: 1720,
		parameters: {
			resource: 'bot',
			operation: 'preview',
			name: 'Shop',
			specifyInteractions: 'usingFields',
			interactionRows: {
				interaction: [
					{
						name: 'Ask for name',
						intents: 'nm:start, hello',
						actions: {
							action: [
								{ type: 'sendMessage', text: 'Hello! What is your name?' },
								{ type: 'waitForReply', data: ['message'], content: 'nm:firstName' },
								{ type: 'assignTags', assignTags: 'customer' },
							],
						},
					},
				],
			},
		},
		shows: {
			form: [
				'Using Fields',
				'Ask for name',
				'Hello! What is your name?',
				'Wait for Reply',
				'nm:firstName',
				'Assign Tags',
			],
			output: ['flowchart LR'],
		},
	},
	{
		name: 'Get channels',
		picture: 'get-channels',
		parameters: { resource: 'channel', operation: 'getMany', returnAll: true },
		shows: {
			form: ['Channel', 'Get Many', 'Return All', 'Simplify', 'Filters'],
			output: ['4 items', 'Example Store Page', 'Website Chat'],
		},
	},
	{
		name: 'Add customer',
		picture: 'add-human-by-phone',
		height: 1020,
		parameters: {
			resource: 'human',
			operation: 'addByPhone',
			channelId: SMS_CHANNEL,
			phone: '={{ $json.phone }}',
			additionalFields: {
				firstName: '={{ $json.first_name }}',
				lastName: '={{ $json.last_name }}',
				tagNames: 'newsletter',
			},
		},
		shows: {
			form: [
				'Human',
				'Add by Phone',
				SMS_CHANNEL.cachedResultName,
				'+12025550140',
				'Maria',
				'Lopez',
				'newsletter',
			],
			output: ['successfully added to channel 601', '540'],
		},
	},
	{
		name: 'Look up number',
		picture: 'get-phone-number-capabilities',
		parameters: { resource: 'phoneNumber', operation: 'getCapabilities', phoneNumber: '={{ $json.phone }}' },
		shows: { form: ['Phone Number', 'Get Capabilities', '+12025550140'], output: ['carrier'] },
	},
	{
		name: 'Send carousel',
		picture: 'send-carousel',
		height: 2000,
		parameters: {
			resource: 'message',
			operation: 'send',
			messageType: 'carousel',
			phones: '={{ $json.phone }}',
			channelId: channel(602, 'RCS Agent (RCS)'),
			carousel: {
				card: [card('Summer Shoes', 'From $49', 'shoes'), card('Straw Hats', 'From $19', 'hats')],
			},
		},
		shows: {
			form: [
				...['Message Type', 'Carousel', 'Send To', '+12025550140', 'RCS Agent (RCS)'],
				...['Summer Shoes', 'From $49', 'shoes.png', 'Straw Hats', 'From $19', 'hats.png', 'Add Card'],
			],
			output: ['requestId'],
		},
	},
	{
		name: 'Send buttons',
		picture: 'channel-limits',
		height: 1600,
		parameters: {
			resource: 'message',
			operation: 'send',
			messageType: 'buttons',
			targetType: 'channels',
			ids: '551, 602',
			text: 'Our summer sale starts today.',
			buttons: {
				button: [{ type: 'weburl', title: 'See everything on sale', payload: 'https://example.com/sale' }],
			},
			options: { checkForChannels: ['fb', 'rcs'] },
		},
		shows: {
			form: ['See everything on sale', 'Check Limits for Channel Types'],
			output: [
				'The message exceeds channel limits. Facebook: the title of button 1 has 22 characters (at most 20)',
				'RCS: buttons only with Rich Card or in a carousel',
				'Nothing was sent for this item',
			],
		},
	},
	{
		name: 'Send template',
		type: 'nativeMsgOtt',
		picture: 'send-template-message',
		height: 1300,
		parameters: {
			resource: 'message',
			operation: 'sendTemplate',
			channelId: 'chan_whatsapp',
			to: '={{ $json.phone }}',
			templateId: 'tmpl_order',
			parametersAs: 'list',
			parameters: { parameter: [{ value: '={{ $json.order_id }}' }, { value: '={{ $json.total }}' }] },
		},
		shows: {
			form: ['NativeMessage account', 'Send Template Message', 'tmpl_order', 'ORD-1001', '49.99'],
			output: ['messageId'],
		},
	},
	{
		name: 'Create template',
		type: 'nativeMsgOtt',
		picture: 'create-template',
		height: 1200,
		parameters: {
			resource: 'template',
			operation: 'create',
			channelId: 'chan_whatsapp',
			name: 'order_confirmation',
			body: 'Your order {{1}} is confirmed. Total: ${{2}}',
			additionalFields: { category: 'transactional', language: 'en' },
		},
		shows: {
			form: ['Template', 'Create', 'Your order {{1}} is confirmed', 'transactional'],
			output: ['tmpl_'],
		},
	},
	{
		name: 'Create channel',
		type: 'nativeMsgOtt',
		picture: 'create-ott-channel',
		parameters: {
			resource: 'channel',
			operation: 'create',
			channelType: 'whatsapp',
			providerId: 'prov_abc123',
			phoneNumberId: '123456789',
			businessAccountId: '987654321',
		},
		shows: {
			form: ['Channel', 'Create', 'WhatsApp', 'prov_abc123', '987654321'],
			output: ['chan_'],
		},
	},
];

/** Runs each node in its panel, filled in as a user would, and takes a screenshot. */
export async function takePanels(editor: Editor, { n8n, credentials }: Playground): Promise<void> {
	const workflow = await n8n.client.importWorkflow(orderWorkflow('Panels', PANELS), credentials);
	await editor.openWorkflow(workflow);
	for (const { name, picture, height, shows } of PANELS) {
		await editor.resize({ height });
		await editor.openNode(name);
		if (await editor.executeStep()) await editor.showOutputAsJson();
		await editor.takePicture(picture, shows);
		await editor.closeNode();
	}
}
