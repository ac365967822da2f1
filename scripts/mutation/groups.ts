const transport = [
	...['client', 'attempt', 'retry', 'lane', 'answer', 'cancellation', 'errors', 'url', 'credential'],
	...['services', 'timeLimit'],
];
const transportUnits = transport.filter((name) => name !== 'services');
const operations = [
	...['runItems', 'runCalls', 'runPlan', 'plan', 'combine', 'memo', 'outcome', 'results', 'inParallel'],
	...['plainReference', 'runOptions'],
];
const operationUnits = [...operations.filter((name) => name !== 'runItems'), 'combineTargets'];
const trigger = ['signature', 'duplicates', 'receive', 'keptCredential'];
const broadcasts = ['combine', 'stopping', 'cancel', 'retryOnFail'];

const files = (folder, names, end = '.ts') => names.map((name) => `${folder}/${name}${end}`);
const tests = (folder, names) => files(`test/${folder}`, names, '.test.ts');

/** What is mutated, and the tests that are to notice it, by group. The quickest tests of each that notice most of it. */
export const GROUPS = {
	transport: {
		sources: files('nodes/transport', transport),
		tests: tests('unit', transportUnits),
	},
	operations: {
		sources: [...files('nodes/operations', operations), 'nodes/NativeMsg/message/combineTargets.ts'],
		tests: [
			...tests('unit', operationUnits),
			...tests('broadcast', broadcasts),
			...tests('engine', ['preview', 'badInput']),
		],
	},
	trigger: {
		sources: files('nodes/NativeMsgTrigger', trigger),
		tests: tests('trigger', [
			'signature',
			'duplicates',
			'keptCredential',
			'receive',
			'receiveChecks',
			'lifecycle',
		]),
	},
};
