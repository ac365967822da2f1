const { rmSync } = require('node:fs');

module.exports = function globalTeardown() {
	rmSync(process.env.NATIVEMSG_TEST_FOLDER, { recursive: true, force: true });
};
