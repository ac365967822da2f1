// Installs n8n for the demo and the end-to-end tests, which otherwise do so themselves when they start.
import { ensureN8n } from './n8n/install';

await ensureN8n();
