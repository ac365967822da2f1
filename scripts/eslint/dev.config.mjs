// For tests, the sandbox and scripts: TypeScript's and JavaScript's own rules, without those for published nodes.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const node = [
	'process',
	'console',
	'Buffer',
	'URL',
	'URLSearchParams',
	'FormData',
	'fetch',
	'setTimeout',
	'setInterval',
	'clearTimeout',
	'clearInterval',
	'require',
	'module',
	'__dirname',
	'exports',
	'AbortController',
	'AbortSignal',
	'performance',
	'document',
	'IntersectionObserver',
	'structuredClone',
];

export default tseslint.config(js.configs.recommended, tseslint.configs.recommended, {
	languageOptions: { globals: Object.fromEntries(node.map((name) => [name, 'readonly'])) },
	rules: {
		// Leaving a property out of an object is written as taking it apart.
		'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
		'@typescript-eslint/no-require-imports': 'off',
	},
});
