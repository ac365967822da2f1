/**
 * Part of `npm run test:e2e`: files that a workflow makes, sent as media by signed links to the real n8n, which the sandbox
 * fetches as the service does.
 */
import { exitOnSignals } from '../lib/process';
import { startPlayground } from '../n8n/playground';
import { checkFiles, checkRefusedFiles } from './files/check-files';

exitOnSignals();
const playground = await startPlayground('files');
try {
	await checkFiles(playground);
	await checkRefusedFiles(playground);
} finally {
	await playground.stop();
}
