import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import manifest from '../../package.json';
import { releaseProblems, repositoryOf } from '../../scripts/lib/release';

const { version } = manifest;
const ROOT = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
/** Runs one of the scripts as its npm script does. */
const script = (name: string, ...args: string[]) => ['--import', 'tsx', `scripts/${name}.ts`, ...args];

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
}

interface Job {
	uses?: string;
	needs?: string;
	permissions?: Record<string, string>;
	strategy?: { matrix: { node?: number[]; parts?: string[]; folder?: string[] } };
	steps?: Step[];
}

interface Workflow {
	on: Record<string, unknown>;
	permissions: Record<string, string>;
	jobs: Record<string, Job>;
}

const FOLDER = '.github/workflows';
const sources = readdirSync(join(ROOT, FOLDER)).map((file): [string, string] => [
	file,
	read(`${FOLDER}/${file}`),
]);
const workflow = (file: string): Workflow => parse(read(`${FOLDER}/${file}`));
const jobsOf = (file: string) => Object.values(workflow(file).jobs);

describe('the changelog', () => {
	const headings = [...read('CHANGELOG.md').matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
	const releases = headings
		.slice(1)
		.map((heading) => /^\[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$/.exec(heading)?.[1]);

	it('starts with the unreleased changes, followed by the version of the package', () => {
		expect(headings[0]).toBe('[Unreleased]');
		expect(releases[0]).toBe(version);
	});

	it('dates each version, and each version has its saved workflows', () => {
		for (const release of releases) {
			expect(existsSync(join(ROOT, `test/upgrades/released/${release}.json`))).toBe(true);
		}
	});
});

describe.each(sources)('the workflow %s', (file, source) => {
	it('pins actions to a commit, with the version next to it', () => {
		const lines = source.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
		expect(lines.length).toBeGreaterThan(0);
		for (const line of lines) {
			expect(line).toMatch(
				/uses: (\.\/\.github\/workflows\/[a-z]+\.yml|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/,
			);
		}
	});

	it('is read-only unless a job says otherwise, keeps no token on disk, and uses no secret', () => {
		const { on, permissions } = workflow(file);
		expect(Object.values(permissions).every((right) => right === 'read')).toBe(true);
		expect(Object.keys(on)).not.toContain('pull_request_target');
		const checkouts = jobsOf(file).flatMap(({ steps = [] }) =>
			steps.filter(({ uses }) => /checkout/.test(uses ?? '')),
		);
		for (const step of checkouts) expect(step.with?.['persist-credentials']).toBe(false);
		expect(source).not.toMatch(/secrets\./);
	});

	it('puts nothing into a shell command that someone else controls', () => {
		const commands = jobsOf(file).flatMap(({ steps = [] }) => steps.flatMap(({ run }) => run ?? []));
		for (const command of commands) expect(command).not.toContain('${{');
	});
});

describe('a release', () => {
	const { on, jobs } = workflow('publish.yml');

	it('follows a tag, and only after all checks that every change has to pass', () => {
		expect(on).toEqual({ push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] } });
		expect(jobs.ci.uses).toBe('./.github/workflows/ci.yml');
		expect(jobs.publish.needs).toBe('ci');
		expect(jobs.release.needs).toBe('publish');
	});

	it('proves its origin to npm, in the only job that publishes', () => {
		const proving = Object.keys(jobs).filter((name) => jobs[name].permissions?.['id-token'] === 'write');
		expect(proving).toEqual(['publish']);
		const commands = jobs.publish.steps!.flatMap(({ run }) => run ?? []);
		expect(commands).toContain('npm run check-release -- "$GITHUB_REPOSITORY" "$GITHUB_REF_NAME"');
		expect(commands).toContain('npm run check-package');
		expect(commands.at(-1)).toBe('npm publish .cache/package/*.tgz');
		expect(JSON.parse(read('package.json')).publishConfig).toEqual({ access: 'public', provenance: true });
	});
});

describe('the check of a release', () => {
	const real = {
		version: '1.2.3',
		author: { email: 'maintainers@nativemsg.com' },
		repository: { url: 'git+https://github.com/owner/name.git' },
	};

	it('lets a package pass whose repository and version are those of the tag', () => {
		expect(releaseProblems(real, 'owner/name', 'v1.2.3')).toEqual([]);
	});

	it.each([
		[
			'a reserved address, wherever it is',
			{ ...real, funding: [{ url: 'https://nativemsg.example/pay' }] },
			'funding.0.url is still the placeholder https://nativemsg.example/pay',
		],
		[
			'another repository',
			{ ...real, repository: { url: 'git+https://github.com/nativemsg/other.git' } },
			'repository.url names nativemsg/other, but this is owner/name',
		],
		[
			'no repository',
			{ ...real, repository: { url: '' } },
			'repository.url names no GitHub repository, but this is owner/name',
		],
		['another version', { ...real, version: '1.2.4' }, 'version is 1.2.4, but the tag is v1.2.3'],
	])('refuses %s', (_what, package_, problem) => {
		expect(releaseProblems(package_, 'owner/name', 'v1.2.3')).toEqual([problem]);
	});

	it('fails as the workflow starts it, with each problem named', () => {
		const args = script('check-release', 'owner/name', 'v0.0.0');
		const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
		for (const problem of releaseProblems(manifest, 'owner/name', 'v0.0.0'))
			expect(stdout).toContain(problem);
		expect(status).toBe(1);
	});
});

test('everything links to the repository that package.json names', () => {
	const folders = ['.github', 'credentials', 'docs', 'nodes', 'scripts', 'test'];
	const files = folders.flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
	);
	const texts = [...files, ...readdirSync(ROOT)].filter((file) => /\.(md|ts|json|yml)$/.test(file)).map(read);
	const named = texts.flatMap((text) => text.match(/github\.com\/[\w-]+\/n8n-nodes-nativemsg/g) ?? []);
	expect(named.length).toBeGreaterThan(10);
	expect([...new Set(named)]).toEqual([`github.com/${repositoryOf(manifest)}`]);
});

describe('the notes of a release', () => {
	const notes = execFileSync(process.execPath, script('release-notes'), { cwd: ROOT, encoding: 'utf8' });

	it("are the version's section of the changelog, without its heading and the link definitions at the end", () => {
		const [, , section] = read('CHANGELOG.md').split(/^## /m);
		expect(notes.trim()).toContain(section.split('\n')[2]);
		expect(notes).not.toMatch(/^## |^\[.*\]: /m);
	});

	it('link to the files of the version', () => {
		expect(notes).not.toMatch(/\]\((?!https:)/);
	});
});

test('every change is tested on the versions of Node.js that CONTRIBUTING names', () => {
	const { test: tests, gate } = workflow('ci.yml').jobs;
	const named = /`npm test` on Node\.js ([\d, and\s]+)\./
		.exec(read('CONTRIBUTING.md'))![1]
		.match(/\d+/g)!
		.map(Number);
	expect(tests.strategy!.matrix.node).toEqual(named);
	const commands = (job: Job) => job.steps!.flatMap(({ run }) => run ?? []);
	expect(commands(tests)).toEqual(expect.arrayContaining(['npm test', 'npm run scan']));
	expect(commands(gate)).toEqual(['.ci/run $PARTS']);
	const parts = [...read('.ci/run').matchAll(/^part (\S+)/gm)].map(([, part]) => part);
	expect(gate.strategy!.matrix.parts!.flatMap((names) => names.split(' '))).toEqual(parts);
});

test('the mutation tests of a night cover every folder of the nodes', () => {
	const { mutation } = workflow('nightly.yml').jobs;
	expect(mutation.strategy!.matrix.folder).toEqual(readdirSync(join(ROOT, 'nodes')).sort());
});
