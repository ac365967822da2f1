// Stands in for @n8n/backend-network where n8n-core does without it: its axios is configured in n8n-core itself then.
exports.configureGlobalAxiosDefaults = () => {};
