// Verifies received webhooks with the library of Standard Webhooks: node verify-webhooks.mjs FILE
// FILE holds one JSON line a request: {"secret":"whsec_...","id","timestamp","signature","body":"base64"}.
// Prints {"verified":N,"failed":N,"forged":N}: each request is also tried with one byte of its body changed, which must not verify.
import { readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';

const verifies = (request, body) => {
  try {
    new Webhook(request.secret).verify(body, {
      'webhook-id': request.id,
      'webhook-timestamp': request.timestamp,
      'webhook-signature': request.signature,
    });
    return true;
  } catch {
    return false;
  }
};

const counts = { verified: 0, failed: 0, forged: 0 };
for (const line of readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean)) {
  const request = JSON.parse(line);
  const body = Buffer.from(request.body, 'base64').toString('utf8');
  counts[verifies(request, body) ? 'verified' : 'failed']++;
  if (verifies(request, body.replace('{', '{ '))) counts.forged++;
}
console.log(JSON.stringify(counts));
process.exitCode = counts.failed + counts.forged === 0 ? 0 : 1;
