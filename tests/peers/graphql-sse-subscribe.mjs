// Subscribes with the client of graphql-sse, distinct connections mode: node graphql-sse-subscribe.mjs URL TOKEN MODULES TAKE < DOCUMENT
// Prints {"results":[..],"failed":TEXT|null} after TAKE results or the end of the subscription.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [url, token, modules, take] = process.argv.slice(2);
const require = createRequire(pathToFileURL(join(modules, 'x.js')));
const { createClient } = require('graphql-sse');

const client = createClient({ url, retryAttempts: 0, headers: { Authorization: `Bearer ${token}` } });
const results = [];
let failed = null;
try {
  for await (const result of client.iterate({ query: readFileSync(0, 'utf8') })) {
    results.push(result);
    if (results.length >= Number(take)) break;
  }
} catch (problem) {
  failed = problem.message ?? JSON.stringify(problem);
}
client.dispose();
console.log(JSON.stringify({ results, failed }));
