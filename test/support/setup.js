// n8n-core reads these when it is first required; without its own folder, it writes to the home directory.
const { join } = require('node:path');

process.env.N8N_USER_FOLDER = join(process.env.NATIVEMSG_TEST_FOLDER, process.env.JEST_WORKER_ID);
process.env.N8N_ENCRYPTION_KEY = 'key-for-tests-only';
process.env.N8N_LOG_LEVEL = 'silent';
require('reflect-metadata');

// The same cases at every run, so that a red run is red again; another number searches elsewhere.
require('fast-check').configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });
