// n8n's loader is one of the libraries, but the nodes that it loads belong to the test file.
require('n8n-core/dist/nodes-loader/load-class-in-isolation').loadClassInIsolation = (path, name) =>
	new (require(path)[name])();
