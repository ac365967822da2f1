import type { TriggerPanelDefinition } from 'n8n-workflow';

const EXECUTIONS =
	'These executions appear in the <a data-key="executions">executions list</a>, but not in the editor.';

const TESTING =
	"<b>While you build your workflow</b>, select the 'Execute step' button, then make an event happen.<br /><br />" +
	'NativeMessage: write to your number now. n8n registers the test URL for as long as it listens.<br /><br />' +
	'nativeMsg: paste the test URL in its dashboard under Settings > Webhooks (or in your bot) first, then write to your number.';

/**
 * The text of the node's panel until an event arrives. n8n shows one text for both services, and doesn't know whether an
 * event ever arrived, so the text doesn't claim that it works.
 */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Write to your number to get a test event',
	executionsHelp: {
		inactive: `${TESTING}<br /><br /><b>Once you're happy with your workflow</b>, publish it. With NativeMessage, n8n then registers the production URL. With nativeMsg, no event arrives until you paste the production URL in its dashboard under Settings > Webhooks. ${EXECUTIONS}`,
		active: `${TESTING}<br /><br /><b>Your workflow is published.</b> With NativeMessage, n8n has registered the production URL. With nativeMsg, no event arrives until you paste the production URL in its dashboard under Settings > Webhooks. ${EXECUTIONS}`,
	},
	activationHint: {
		inactive:
			"Once you've finished building your workflow, publish it. For nativeMsg, also paste the production URL in its dashboard under Settings > Webhooks.",
		active:
			'To see whether events arrive at the published workflow, write to your number and look at the executions list. For nativeMsg, the production URL must be in its dashboard under Settings > Webhooks.',
	},
};

/** Next to the node on the canvas while it listens. */
export const eventTriggerDescription =
	'Waiting for an event: write to your number now. For nativeMsg, paste the test URL in Settings > Webhooks first.';

/** In the dialog after publishing. */
export const activationMessage =
	'NativeMessage: write to your number now to try it. nativeMsg: paste the production URL in its dashboard under Settings > Webhooks. Until you do, no event arrives.';
