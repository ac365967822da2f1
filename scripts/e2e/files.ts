/**
 * Part of `npm run test:e2e`: files created by a workflow, sent as media through signed links to the real n8n, which the
 * sandbox fetches like the service.
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
