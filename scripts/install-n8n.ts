// `npm run install-n8n`: installs n8n before it is needed; what needs it otherwise installs it at its first start.
import { ensureN8n } from './n8n/install';

await ensureN8n();
