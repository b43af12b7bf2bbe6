// Runs all server audits of graphql-http (GraphQL over HTTP) against an endpoint: node audits.mjs URL [TOKEN]
// Prints one JSON line an audit: {"id","name","status":"ok|notice|warn|error","reason"}. Exit code 1 when one is not ok.
import { auditServer } from 'graphql-http';

const [url, token] = process.argv.slice(2);
const fetchFn = (input, init = {}) =>
  fetch(input, { ...init, headers: { ...init.headers, ...(token ? { authorization: `Bearer ${token}` } : {}) } });

const results = await auditServer({ url, fetchFn });
for (const { id, name, status, reason } of results) {
  console.log(JSON.stringify({ id, name, status, reason }));
}
process.exitCode = results.every((result) => result.status === 'ok') ? 0 : 1;
