// For tests, the sandbox, and scripts: TypeScript's and JavaScript's own rules, without those for published nodes.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** What plain JavaScript may use of Node. In TypeScript the compiler knows. */
const node = ['process', 'console', 'Buffer', 'URL', 'performance', 'require', 'module', '__dirname'];

export default tseslint.config(js.configs.recommended, tseslint.configs.recommended, {
	languageOptions: { globals: Object.fromEntries(node.map((name) => [name, 'readonly'])) },
	rules: {
		// Destructuring is the way to omit a property from an object.
		'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
		'@typescript-eslint/no-require-imports': 'off',
	},
});
