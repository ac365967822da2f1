// Which files may import which, including types; checked by dependency-cruiser as a step of `npm run lint`.

/**
 * The layers of the repository ("rooms"), lowest first in each part. A room may import itself and the rooms that it
 * `uses`, and nothing else in this repository.
 */
const ROOMS = {
	// The package.
	contract: { path: '^spec/', uses: [] },
	transport: { path: '^nodes/transport/', uses: ['contract'] },
	form: { path: '^nodes/operations/form/', uses: ['transport'] },
	wait: { path: '^nodes/operations/wait/', uses: ['form', 'transport'] },
	hours: { path: '^nodes/operations/hours/', uses: ['form', 'transport'] },
	operations: { path: '^nodes/operations/[^/]+$', uses: ['wait', 'hours', 'form', 'transport'] },
	run: { path: '^nodes/operations/run/', uses: ['operations', 'wait', 'hours', 'form', 'transport'] },
	NativeMsg: { path: '^nodes/NativeMsg/', uses: ['run', 'operations', 'wait', 'form', 'transport'] },
	NativeMsgOtt: { path: '^nodes/NativeMsgOtt/', uses: ['run', 'operations', 'wait', 'form', 'transport'] },
	NativeMsgTrigger: {
		path: '^nodes/NativeMsgTrigger/',
		uses: ['run', 'operations', 'wait', 'form', 'transport'],
	},
	credentials: { path: '^credentials/', uses: ['transport'] },

	// The sandbox shares nothing with the nodes, so that a mistake in one shows in the other.
	sandbox: { path: '^sandbox/(?!cli|control|server)[^/]+\\.ts$', uses: [] },
	nativemsg: { path: '^sandbox/nativemsg/', uses: ['sandbox'] },
	nativemessage: { path: '^sandbox/nativemessage/', uses: ['sandbox'] },
	server: { path: '^sandbox/(cli|control|server)\\.ts$', uses: ['sandbox', 'nativemsg', 'nativemessage'] },

	// The scripts: a file for each command, made of what the folders hold.
	lib: { path: '^scripts/lib/', uses: [] },
	n8n: { path: '^scripts/n8n/', uses: ['lib', 'sandbox', 'server'] },
	examples: { path: '^scripts/examples/', uses: ['n8n', 'lib', 'sandbox', 'server'] },
	e2e: { path: '^scripts/e2e/', uses: ['examples', 'n8n', 'lib', 'sandbox', 'server'] },
	bench: { path: '^scripts/bench/', uses: ['examples', 'n8n', 'lib'] },
	// Its documentation shows the cases of the tests.
	generate: {
		path: '^scripts/generate/',
		uses: ['lib', 'NativeMsg', 'run', 'operations', 'wait', 'form', 'transport', 'contract', 'test'],
	},
	commands: {
		path: '^scripts/[^/]+\\.ts$',
		uses: [
			...['e2e', 'bench', 'generate', 'examples', 'n8n', 'lib'],
			...['server', 'credentials', 'NativeMsgTrigger', 'operations', 'test'],
		],
	},

	test: { path: '^test/', uses: 'everything' },
};

const REPOSITORY = '^(nodes|credentials|spec|sandbox|scripts|test)/';
/** ESLint settings, which every part has. */
const SETTINGS = 'eslint.*\\.config\\.mjs$';

const rooms = Object.entries(ROOMS)
	.filter(([, { uses }]) => uses !== 'everything')
	.map(([name, { path, uses }]) => ({
		name: `${name} uses ${uses.join(', ') || 'no other room'}`,
		severity: 'error',
		from: { path },
		to: { path: REPOSITORY, pathNot: [path, ...uses.map((used) => ROOMS[used].path)] },
	}));

module.exports = {
	forbidden: [
		...rooms,
		{
			name: 'no circles',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'every file is in a room',
			severity: 'error',
			from: { path: REPOSITORY, pathNot: Object.values(ROOMS).map(({ path }) => path) },
			to: {},
		},
		{
			// A resource of a node knows the files that its node shares; of other resources only the fields that they share.
			name: 'resources are apart',
			severity: 'error',
			from: { path: '^nodes/([^/]+)/([^/]+)/', pathNot: '^nodes/operations/' },
			to: {
				path: '^nodes/($1|operations/run)/',
				pathNot: ['^nodes/$1/$2/', '^nodes/$1/[^/]+$', '^nodes/$1/[^/]+/fields\\.ts$'],
			},
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: SETTINGS },
		includeOnly: { path: REPOSITORY },
		// Imports of types count as well.
		tsPreCompilationDeps: true,
		enhancedResolveOptions: { extensions: ['.ts', '.d.ts', '.js', '.cjs', '.mjs', '.json'] },
	},
};
