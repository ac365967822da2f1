const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Makes the folder that n8n-core writes into. */
module.exports = function globalSetup() {
	// Far from UTC, in winter and in summer: what reads or writes a time without its zone is wrong here. Workers inherit it.
	process.env.TZ = 'Pacific/Auckland';
	process.env.NATIVEMSG_TEST_FOLDER = mkdtempSync(join(tmpdir(), 'nativemsg-test-'));
};
