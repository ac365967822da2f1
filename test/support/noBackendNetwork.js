// Stands in for @n8n/backend-network where n8n-core has its network code in itself.
const { parseIncomingMessage } = require('n8n-core');

module.exports = { configureGlobalAxiosDefaults: () => {}, parseIncomingMessage };
