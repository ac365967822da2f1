import type { TriggerPanelDefinition } from 'n8n-workflow';
import { NativeMsgTrigger } from '../../nodes/NativeMsgTrigger/NativeMsgTrigger.node';

const { triggerPanel, eventTriggerDescription, activationMessage } = new NativeMsgTrigger().description;
const { header, executionsHelp, activationHint } = triggerPanel as TriggerPanelDefinition;
type ByState = { active: string; inactive: string };

/** Where n8n shows what to do, instead of its default text. */
const TEXTS = {
	'header of the panel': header,
	'help of the panel before publishing': (executionsHelp as ByState).inactive,
	'help of the panel after publishing': (executionsHelp as ByState).active,
	'hint of the panel before publishing': (activationHint as ByState).inactive,
	'hint of the panel after publishing': (activationHint as ByState).active,
	'words beside the listening node': eventTriggerDescription,
	'dialog after publishing': activationMessage,
};
const entries = Object.entries(TEXTS);
const about = (part: RegExp) => entries.filter(([place]) => part.test(place));

test.each(about(/publishing/))('the %s says where the URL goes for nativeMsg', (_place, text) => {
	expect(text).toMatch(/nativeMsg.*the production URL.*Settings > Webhooks/);
});

test.each(about(/help|dialog/))(
	'the %s says that nothing arrives from nativeMsg until then',
	(_place, text) => {
		expect(text).toMatch(/no event arrives until you|Until you do, no event arrives/);
	},
);

test.each(about(/header|help|words|dialog|hint.*after/))('the %s says how to try it', (_place, text) => {
	expect(text).toMatch(/write to your number/i);
});

test.each(entries)('the %s does not claim that the workflow runs for every event', (_place, text) => {
	expect(text).not.toMatch(/will (now )?(listen|execute|trigger|run)/i);
});
