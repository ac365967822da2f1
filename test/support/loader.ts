import { configureGlobalAxiosDefaults } from '@n8n/backend-network';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { InstanceSettings, PackageDirectoryLoader } from 'n8n-core';
import { builtPackage } from './dist';

/** The module of n8n-core that makes nodes from their files. */
interface ClassLoader {
	loadClassInIsolation: (path: string, name: string) => object;
}

/** Loads the built package as n8n loads it. */
export async function loadPackage(): Promise<PackageDirectoryLoader> {
	Container.get(Logger);
	Container.get(InstanceSettings);
	configureGlobalAxiosDefaults();
	// n8n's loader may be kept from file to file, but the nodes that it loads belong to this one.
	const isolation = jest.requireActual<ClassLoader>('n8n-core/dist/nodes-loader/load-class-in-isolation');
	isolation.loadClassInIsolation = (path, name) =>
		new (jest.requireActual<Record<string, new () => object>>(path)[name])();
	const loader = new PackageDirectoryLoader(builtPackage());
	await loader.loadAll();
	return loader;
}
