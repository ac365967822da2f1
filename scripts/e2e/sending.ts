/**
 * Part of `npm run test:e2e`: sending in the real n8n. Files that the sandbox fetches like the service, n8n's Retry
 * button, and the authentication methods.
 */
import { exitOnSignals } from '../lib/process';
import { startPlayground } from '../n8n/playground';
import { checkAuthentication } from './sending/authentication';
import { checkFiles, checkRefusedFiles } from './sending/files';
import { checkRetryButton } from './sending/retry-button';

exitOnSignals();
const playground = await startPlayground('sending');
try {
	await checkFiles(playground);
	await checkRefusedFiles(playground);
	await checkRetryButton(playground);
	await checkAuthentication(playground);
} finally {
	await playground.stop();
}
