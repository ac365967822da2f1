// `npm run sandbox`: the local server for both APIs, also on a fresh clone. Takes arguments, such as
// `-- --port 4010`.
import '../sandbox/cli';
