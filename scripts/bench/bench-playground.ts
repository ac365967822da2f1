import type { N8nInstallation } from '../n8n/install';
import type { Playground } from '../n8n/playground';

/** Where the parts of the benchmark run. */
export interface BenchPlayground extends Playground {
	installation: N8nInstallation;
	/** The settings that its n8n was started with. */
	env: NodeJS.ProcessEnv;
}
