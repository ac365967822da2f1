// `npm run check-release -- owner/name v1.2.3`: whether the package may be released from this repository by this tag.
import manifest from '../package.json';
import { check } from './lib/check';
import { releaseProblems } from './lib/release';

const [repository, tag] = process.argv.slice(2);
if (!repository || !tag) throw new Error('Usage: npm run check-release -- owner/name v1.2.3');

const problems = releaseProblems(manifest, repository, tag);
check(`${tag} can be released from ${repository}`, problems.length === 0, problems.join('; ') || undefined);
