// CPU time of mailauth over a folder of mails: node mailauth-cost.mjs FOLDER ROUNDS WARM_ROUNDS
// FOLDER holds cases.json ([{"file","ip","helo","sender"}]) and zone.json ({"name":{"TXT":[[...]],"A":[...],"MX":[...]}}).
// Prints {"microseconds","mails","results":[{"spf","dkim":[...],"dmarc","arc"}]}.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { authenticate } from 'mailauth';

const [folder, rounds, warm] = process.argv.slice(2);
const zone = JSON.parse(readFileSync(join(folder, 'zone.json'), 'utf8'));
const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8'));
for (const item of cases) item.message = readFileSync(join(folder, item.file));

const resolver = async (name, type) => {
  const records = zone[name.toLowerCase()]?.[type];
  if (records) return records;
  throw Object.assign(new Error('not found'), { code: zone[name.toLowerCase()] ? 'ENODATA' : 'ENOTFOUND' });
};

const run = ({ message, ip, helo, sender }) =>
  authenticate(message, { ip, helo, sender, mta: 'mx.platform.test', resolver, disableBimi: true });

const all = async (count) => {
  const results = [];
  for (let round = 0; round < count; round++) for (const item of cases) results.push(await run(item));
  return results;
};

await all(Number(warm));
const before = process.cpuUsage();
const results = await all(Number(rounds));
const spent = process.cpuUsage(before);
console.log(
  JSON.stringify({
    microseconds: spent.user + spent.system,
    mails: results.length,
    results: results.slice(0, cases.length).map((r) => ({
      spf: r.spf?.status?.result,
      dkim: r.dkim.results.map((d) => d.status.result),
      dmarc: r.dmarc?.status?.result,
    })),
  }),
);
