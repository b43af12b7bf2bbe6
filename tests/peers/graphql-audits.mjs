// Runs the graphql-http audits against a server: node graphql-audits.mjs URL TOKEN [MODULES]
// MODULES is the node_modules folder graphql-http was installed in; by default the one beside this file.
// Prints one JSON line: {"total", "passed", "failures": [{"id", "name", "status", "reason"}]}.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [url, token, modules = join(dirname(fileURLToPath(import.meta.url)), 'node_modules')] = process.argv.slice(2);
const require = createRequire(pathToFileURL(join(modules, 'x.js')));
const { auditServer } = require('graphql-http');

const results = await auditServer({
  url,
  fetchFn: (target, init = {}) =>
    fetch(target, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } }),
});
const failures = results
  .filter((result) => result.status !== 'ok')
  .map(({ id, name, status, reason }) => ({ id, name, status, reason }));
console.log(JSON.stringify({ total: results.length, passed: results.length - failures.length, failures }));
