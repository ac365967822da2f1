import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { n8n } from '../../package.json';
import { builtPackage } from '../support/dist';

const ROOT = builtPackage();

/** The descriptions of all classes that n8n loads, as JSON: of nodes their description, of the credential its fields. */
const DESCRIBE = `(files) => JSON.stringify(files.map((file) => {
	const [Type] = Object.values(require(file));
	return new Type();
}))`;

/** Coverage is measured on the sources, so a test must check that the package is built from them. */
test('the built package describes itself like its sources, and loads without them', () => {
	const files = [...n8n.nodes, ...n8n.credentials].map((file) => join(ROOT, file));
	const script = `process.stdout.write((${DESCRIBE})(${JSON.stringify(files)}))`;
	const built = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', maxBuffer: 1e8 });
	const sources = files.map((file) => {
		const path = file.replace(join(ROOT, 'dist'), ROOT).replace(/\.js$/, '.ts');
		const [Type] = Object.values(jest.requireActual<Record<string, new () => object>>(path));
		return new Type();
	});
	expect(JSON.parse(built)).toEqual(JSON.parse(JSON.stringify(sources)));
});
