const { execFileSync } = require('node:child_process');
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Engine tests load the package as n8n does, from `dist`: it must never be an older build. */
module.exports = function globalSetup() {
	process.env.NATIVEMSG_TEST_FOLDER = mkdtempSync(join(tmpdir(), 'nativemsg-test-'));
	execFileSync('npm', ['run', 'build'], { stdio: 'pipe', shell: process.platform === 'win32' });
};
