// `npm run release-notes`: the changelog of this version, as shown in the GitHub release.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../package.json';
import { withPinnedLinks } from './lib/markdown/links';
import { repositoryOf } from './lib/release';
import { ROOT } from './lib/root';

const { version } = manifest;
// Without the link definitions at the end of the file.
const [changes] = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8').split(/^\[Unreleased\]: /m);
const section = changes.split(/^## /m).find((part) => part.startsWith(`[${version}] `));
if (!section) throw new Error(`The changelog has no section for ${version}`);
const notes = section.slice(section.indexOf('\n')).trim();
console.log(withPinnedLinks(notes, repositoryOf(manifest)!, `v${version}`));
