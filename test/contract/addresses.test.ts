import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { allForms } from '../support/allForms';

const serversOf = (service: string): string[] =>
	parse(readFileSync(join(__dirname, `../../spec/${service}.openapi.yaml`), 'utf8')).servers.map(
		({ url }: { url: string }) => url,
	);

test.each([
	['nativemsg', 'baseUrl'],
	['nativemessage', 'nativeMessageUrl'],
])('the credential starts with the address in the contract of %s', (service, field) => {
	const defaults = allForms.nativeMsgApi.filter(({ name }) => name === field).map((one) => one.default);
	expect(defaults).toEqual(serversOf(service));
});
