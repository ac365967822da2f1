// n8n-core reads these when it is first required, and without a folder of its own it writes into the home directory.
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'nativemsg-test-'));
process.env.N8N_ENCRYPTION_KEY = 'key-for-tests-only';
process.env.N8N_LOG_LEVEL = 'silent';
require('reflect-metadata');
