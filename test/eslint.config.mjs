export { default } from '../scripts/eslint/dev.config.mjs';
