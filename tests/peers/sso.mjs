// Sets a tenant's own OpenID provider by the API of the running platform and signs people in by it, as a company's administrator would:
//   node sso.mjs SITE CLIENT SECRET DOMAIN EMAIL PASSWORD
// CLIENT and SECRET: an API client with all rights of a tenant that has DOMAIN. EMAIL and PASSWORD: an account of that domain with a password.
// Takes away what it made. Prints one JSON line a case: {"name","ok","reason"}. Exit code 1 when one fails.
import { Browser } from './browser.mjs';
import { startProvider } from './openid-provider.mjs';

const [site, clientId, clientSecret, domain, email, password] = process.argv.slice(2);
const run = Math.random().toString(36).slice(2, 8);
let failed = 0;

async function test(name, body) {
  try {
    await body();
    console.log(JSON.stringify({ name, ok: true }));
  } catch (error) {
    failed++;
    console.log(JSON.stringify({ name, ok: false, reason: `${error.message} ${error.cause?.message ?? ''}`.trim() }));
  }
}

function expect(condition, what) {
  if (!condition)
    throw new Error(`expected ${what}`);
}

const token = await (async () => {
  const response = await fetch(new URL('/connect/token', site), { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }) });
  return (await response.json()).access_token;
})();

async function ask(query, variables) {
  const response = await fetch(new URL('/graphql', site), {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors)
    throw new Error(JSON.stringify(errors));
  return data;
}

const update = async input => {
  const { updateSignInProvider: { errors } } = await ask('mutation($input: UpdateSignInProviderInput!) { updateSignInProvider(input: $input) { provider { id } errors { code message } } }', { input: { providerId, ...input } });
  return errors.map(error => error.code).join();
};
const check = async () => (await ask('mutation($id: ID!) { checkSignInProvider(input: { providerId: $id }) { steps { name state sentence } errors { code } } }', { id: providerId })).checkSignInProvider.steps;
const account = async address => (await ask('query($text: String!) { accounts(filter: { search: $text }) { nodes { id address name state roles { name } } } }', { text: address })).accounts.nodes[0];
const rolesOf = found => found.roles.map(role => role.name).sort().join();

// The page that leads to the provider, for an address typed at the sign-in page.
async function typed(browser, address) {
  const page = await browser.get('/account/sign-in?returnUrl=/account');
  expect(/type="email"/.test(page.text) && !/<label for="password"/.test(page.text), 'a page that asks for the address alone');
  return browser.submit(page, { email: address });
}

const leadsTo = page => {
  const target = /<a href="([^"]*)" id="lead"/.exec(page.text)?.[1];
  expect(target, `a page that leads to the provider, got ${page.status} ${page.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 200)}`);
  return new URL(target.replace(/&amp;/g, '&'));
};

// Through the provider, as far as the address it sends the browser back to.
async function throughProvider(target) {
  const there = new Browser(target.origin);
  const page = await there.follow(await there.get(target));
  expect(page.location, `a way back, got ${page.status} ${page.text.slice(0, 200)}`);
  return page.location;
}

async function signIn(browser, address) {
  return browser.follow(await browser.get(await throughProvider(leadsTo(await typed(browser, address)))));
}

const says = (page, text) => expect(page.text.includes(text), `a page that says '${text}', got ${page.status} ${page.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 300)}`);

const taro = `taro-${run}`;
const people = {
  [taro]: { email: `${taro}@${domain}`, email_verified: true, name: 'Taro Yamada', locale: 'ja-JP', groups: ['mail-analysts'] },
  [`stranger-${run}`]: { email: `stranger-${run}@elsewhere.test`, email_verified: true, name: 'Stranger' },
  [`late-${run}`]: { email: `late-${run}@${domain}`, email_verified: true, name: 'Late', groups: ['mail-analysts'] },
  [`other-${run}`]: { email: `${taro}@${domain}`, email_verified: true, name: 'Somebody else', groups: ['mail-analysts'] },
  [`unproven-${run}`]: { email: `unproven-${run}@${domain}`, email_verified: false, name: 'Unproven', groups: ['mail-analysts'] },
  [`nobody-${run}`]: { email: `nobody-${run}@${domain}`, email_verified: true, name: 'No group', groups: ['others'] },
};
let providerId;
// The path is the tenant's; the address is the one that the browser uses.
const redirect = new URL(new URL((await ask('{ signInRedirectUri }')).signInRedirectUri, site).pathname, site).href;
const provider = await startProvider([{ client_id: 'mail', client_secret: 'a secret of the company', redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'] }], people);

try {
  await test('sso: a provider is set for a domain', async () => {
    const { createSignInProvider: { provider: made, errors } } = await ask('mutation($input: CreateSignInProviderInput!) { createSignInProvider(input: $input) { provider { id domains redirectUri } errors { code message } } }', {
      input: {
        name: 'Company', issuer: provider.issuer, clientId: 'mail', clientSecret: 'a secret of the company', domains: [domain], scopes: ['groups'],
        roleClaim: 'groups', roleMap: [{ value: 'mail-analysts', roles: ['analyst'] }, { value: 'mail-auditors', roles: ['auditor'] }],
      },
    });
    expect(errors.length === 0, `no error, got ${JSON.stringify(errors)}`);
    expect(made.domains.join() === domain, domain);
    providerId = made.id;
  });

  await test('sso: the check says in words that it works', async () => {
    const steps = await check();
    expect(steps.map(step => `${step.name}:${step.state}`).join() === 'discovery:PASSED,client:PASSED,roles:PASSED,sign-in:UNKNOWN', `all right, got ${JSON.stringify(steps)}`);
  });

  await test('sso: the check tells a wrong secret', async () => {
    await update({ clientSecret: 'not the secret' });
    const found = (await check()).find(step => step.name === 'client');
    await update({ clientSecret: 'a secret of the company' });
    expect(found.state === 'FAILED', `FAILED, got ${found.state}`);
  });

  await test('sso: passwords are not closed before somebody signed in', async () =>
    expect(await update({ localSignIn: false }) === 'SIGN_IN_NOT_PROVEN', 'SIGN_IN_NOT_PROVEN'));

  const browser = new Browser(site);
  await test('sso: a person of a routed domain is led to the provider, asked no password, and gets an account with a mapped role', async () => {
    const page = await signIn(browser, `${taro}@${domain}`);
    expect(page.status === 200 && page.url.pathname === '/account', `the page of the account, got ${page.status} ${page.url}`);
    const found = await account(`${taro}@${domain}`);
    expect(found?.state === 'ACTIVE' && found.name === 'Taro Yamada' && rolesOf(found) === 'analyst', `an analyst, got ${JSON.stringify(found)}`);
  });

  await test('sso: another group at the provider is another role at the next sign-in, of the same account', async () => {
    const before = await account(`${taro}@${domain}`);
    people[taro] = { ...people[taro], groups: ['mail-auditors'], email: `renamed-${run}@elsewhere.test` };
    await signIn(new Browser(site), `${taro}@${domain}`);
    const after = await account(`${taro}@${domain}`);
    people[taro] = { ...people[taro], email: `${taro}@${domain}` };
    expect(after.id === before.id && rolesOf(after) === 'auditor', `the same account as auditor, got ${JSON.stringify(after)}`);
  });

  await test('sso: nobody takes over an account that is linked to another person', async () =>
    says(await signIn(new Browser(site), `other-${run}@${domain}`), 'belongs to another person'));

  await test('sso: an address outside of the routed domains is not believed', async () =>
    says(await signIn(new Browser(site), `stranger-${run}@${domain}`), 'may not vouch for'));

  await test('sso: an address that the provider has not checked is not believed', async () =>
    says(await signIn(new Browser(site), `unproven-${run}@${domain}`), 'no mail address'));

  await test('sso: without a role from the provider nobody gets in', async () =>
    says(await signIn(new Browser(site), `nobody-${run}@${domain}`), 'no role'));

  await test('sso: a no of the provider is told', async () =>
    says(await signIn(new Browser(site), `unknown-${run}@${domain}`), 'said no'));

  await test('sso: an unrouted domain is asked for a password', async () => {
    const page = await typed(new Browser(site), `somebody@unrouted-${run}.test`);
    expect(/<label for="password"/.test(page.text), 'a page that asks for the password');
  });

  await test('sso: without just-in-time accounts an unknown person stays out', async () => {
    await update({ createsAccounts: false });
    const page = await signIn(new Browser(site), `late-${run}@${domain}`);
    await update({ createsAccounts: true });
    says(page, 'no account here');
    expect(!await account(`late-${run}@${domain}`), 'no account');
  });

  await test('sso: a disabled account stays out', async () => {
    const { id } = await account(`${taro}@${domain}`);
    await ask('mutation($id: ID!) { disableAccount(input: { accountId: $id }) { errors { code } } }', { id });
    const page = await signIn(new Browser(site), `${taro}@${domain}`);
    await ask('mutation($id: ID!) { enableAccount(input: { accountId: $id }) { errors { code } } }', { id });
    says(page, 'disabled');
  });

  await test('sso: the answer is good in the browser that asked, and once', async () => {
    const asked = new Browser(site);
    const back = await throughProvider(leadsTo(await typed(asked, `${taro}@${domain}`)));
    says(await new Browser(site).get(back), 'not begun in this browser');
    const page = await asked.follow(await asked.get(back));
    expect(page.url.pathname === '/account', 'the page of the account');
    // In the language of who is signed in by now.
    expect((await asked.get(back)).status === 400, '400 the second time');
  });

  await test('sso: an answer under the name of another issuer is refused', async () => {
    const asked = new Browser(site);
    const back = await throughProvider(leadsTo(await typed(asked, `${taro}@${domain}`)));
    back.searchParams.set('iss', 'https://evil.example');
    says(await asked.get(back), 'does not prove');
  });

  await test('sso: an answer that leaves out the issuer which the provider announces is refused', async () => {
    const asked = new Browser(site);
    const back = await throughProvider(leadsTo(await typed(asked, `${taro}@${domain}`)));
    back.searchParams.delete('iss');
    says(await asked.get(back), 'does not prove');
  });

  await test('sso: passwords beside it, then closed for the tenant\'s accounts', async () => {
    const byPassword = async () => {
      const asked = new Browser(site);
      return asked.follow(await asked.submit(await asked.get('/account/sign-in?way=password'), { email, password }));
    };
    expect((await byPassword()).url.pathname === '/account', 'a sign-in by password');
    expect(await update({ localSignIn: false }) === '', 'no error');
    says(await byPassword(), 'by its own sign-in alone');
    await update({ localSignIn: true });
    expect((await byPassword()).url.pathname === '/account', 'a sign-in by password again');
  });
} finally {
  if (providerId)
    await ask('mutation($id: ID!) { removeSignInProvider(input: { providerId: $id }) { errors { code } } }', { id: providerId });
  for (const left of [taro]) {
    const found = await account(`${left}@${domain}`);
    if (found)
      await ask('mutation($id: ID!) { removeAccount(input: { accountId: $id }) { errors { code } } }', { id: found.id });
  }
  await provider.stop();
}

process.exitCode = failed === 0 ? 0 : 1;
