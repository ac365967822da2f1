// The newest eslint-plugin-n8n-nodes-base with its full rule sets; `n8n-node lint` brings an older one with fewer rules.
import parser from '@typescript-eslint/parser';
import nodesBase from 'eslint-plugin-n8n-nodes-base';

const plugins = { 'n8n-nodes-base': nodesBase };
const languageOptions = { parser, parserOptions: { extraFileExtensions: ['.json'] } };

export default [
	{
		files: ['**/package.json'],
		plugins,
		languageOptions,
		rules: nodesBase.configs.community.rules,
	},
	{
		files: ['**/credentials/**/*.ts'],
		plugins,
		languageOptions,
		rules: {
			...nodesBase.configs.credentials.rules,
			// Requires a page of n8n's own documentation; a community package has its own page, which is checked by
			// cred-class-field-documentation-url-not-http-url.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
		},
	},
	{
		files: ['**/nodes/**/*.ts'],
		plugins,
		languageOptions,
		rules: {
			...nodesBase.configs.nodes.rules,
			// Both require the text 'main', which n8n has replaced by the constant NodeConnectionTypes.Main.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
		},
	},
];
