// The scanner ships without types.
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	import type { Linter } from 'eslint';

	/** The files of a package's sources that are scanned. */
	export const SOURCE_FILE_PATTERNS: string[];

	/** The configuration of ESLint with which packages are scanned. */
	export function buildScanConfig(): Promise<Linter.Config[]>;
}
