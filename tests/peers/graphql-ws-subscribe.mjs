// Subscribes with the client of graphql-ws: node graphql-ws-subscribe.mjs URL TOKEN MODULES TAKE < DOCUMENT
// Prints {"results":[..],"closed":CODE|null} after TAKE results, the end of the subscription, or the close of the connection.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [url, token, modules, take] = process.argv.slice(2);
const require = createRequire(pathToFileURL(join(modules, 'x.js')));
const { createClient } = require('graphql-ws');
const WebSocket = require('ws');

const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { Authorization: `Bearer ${token}` } });
const results = [];
let closed = null;
try {
  for await (const result of client.iterate({ query: readFileSync(0, 'utf8') })) {
    results.push(result);
    if (results.length >= Number(take)) break;
  }
} catch (problem) {
  closed = problem.code ?? JSON.stringify(problem);
}
await client.dispose();
console.log(JSON.stringify({ results, closed }));
