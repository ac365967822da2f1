/** The fields of package.json that npm, n8n, and readers of the package's page rely on. */
export interface Published {
	version: string;
	repository: { url: string };
	[field: string]: unknown;
}

/** `owner/name` of the GitHub repository in package.json; undefined if there is none. */
export function repositoryOf({ repository }: Published): string | undefined {
	return /^git\+https:\/\/github\.com\/([^/]+\/[^/]+)\.git$/.exec(repository?.url)?.[1];
}

/** Every text inside a value, with its path. */
function textsIn(value: unknown, path: string): Array<[path: string, text: string]> {
	if (typeof value === 'string') return [[path, value]];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, path ? `${path}.${key}` : key));
}

/**
 * Why a package can't be released from a repository with a tag; empty if it can.
 *
 * @param from `owner/name` of the repository that builds the release
 * @param tag such as `v1.2.3`
 */
export function releaseProblems(manifest: Published, from: string, tag: string): string[] {
	const problems = textsIn(manifest, '')
		// The top-level domain is reserved for examples (RFC 2606): nothing sent there arrives.
		.filter(([, text]) => /\.example\b/.test(text))
		.map(([path, text]) => `${path} is still the placeholder ${text}`);
	const named = repositoryOf(manifest);
	if (named !== from) {
		problems.push(`repository.url names ${named ?? 'no GitHub repository'}, but this is ${from}`);
	}
	if (tag !== `v${manifest.version}`) {
		problems.push(`version is ${manifest.version}, but the tag is ${tag}`);
	}
	return problems;
}
