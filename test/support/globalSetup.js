const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Makes the folder that n8n-core writes into. */
module.exports = function globalSetup() {
	process.env.NATIVEMSG_TEST_FOLDER = mkdtempSync(join(tmpdir(), 'nativemsg-test-'));
};
