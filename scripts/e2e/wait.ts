/**
 * Part of `npm run test:e2e`: Send and Wait for Response in the real n8n. Replies of each kind, links that decide nothing,
 * n8n killed between question and reply, taps in a chat, texts, the review of an AI agent's tool, and items that wait for quiet hours to end.
 */
import { exitOnSignals } from '../lib/process';
import { startPlayground } from '../n8n/playground';
import { checkChat } from './wait/chat';
import { startHeld } from './wait/held';
import { checkKilled, checkLinks } from './wait/links';
import { checkReplies, checkTimeOver } from './wait/replies';
import { checkTexts } from './wait/texts';

exitOnSignals();
const playground = await startPlayground('wait');
try {
	await checkReplies(playground);
	await checkLinks(playground);
	await checkChat(playground);
	await checkTexts(playground);
	const checkHeld = await startHeld(playground);
	await checkTimeOver(playground);
	await checkKilled(playground);
	await checkHeld();
} finally {
	await playground.stop();
}
