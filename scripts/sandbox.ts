// `npm run sandbox`: the local server of both APIs, on a fresh clone too. Takes its arguments, for example `-- --port 4010`.
import '../sandbox/cli';
