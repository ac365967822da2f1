// `npm run sandbox`: the local server for both APIs, also on a fresh clone. Passes its arguments on, for example `--
// --port 4010`.
import '../sandbox/cli';
