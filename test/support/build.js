const { execFileSync } = require('node:child_process');

/** Engine tests load the package as n8n does, from `dist`: it must never be an older build. */
module.exports = function build() {
	execFileSync('npm', ['run', 'build'], { stdio: 'pipe', shell: process.platform === 'win32' });
};
