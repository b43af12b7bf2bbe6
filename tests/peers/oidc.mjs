// Drives the sign-in of the running platform with openid-client and oauth4webapi, as an application's maker would:
//   node oidc.mjs SITE EMAIL PASSWORD
// Expects the demo applications. Prints one JSON line a case: {"name","ok","reason"}. Exit code 1 when one fails.
import * as client from 'openid-client';
import * as oauth from 'oauth4webapi';
import { Browser } from './browser.mjs';

const [site, email, password] = process.argv.slice(2);
const callback = 'http://127.0.0.1:8400/callback';
const bye = 'http://127.0.0.1:8400/bye';
const scope = 'openid profile email offline_access messages.read events.read';
let failed = 0;

async function test(name, run) {
  try {
    await run();
    console.log(JSON.stringify({ name, ok: true }));
  } catch (error) {
    failed++;
    console.log(JSON.stringify({ name, ok: false, reason: `${error.code ?? ''} ${error.error ?? ''} ${error.message} ${error.cause?.message ?? ''}`.trim() }));
  }
}

function expect(condition, what) {
  if (!condition)
    throw new Error(`expected ${what}`);
}

async function refused(promise, error) {
  try {
    await promise;
  } catch (problem) {
    expect(problem.error === error, `${error}, got ${problem.error ?? problem.message}`);
    return;
  }
  throw new Error(`expected ${error}, it went through`);
}

async function status(path, accessToken) {
  const response = await fetch(new URL(path, site), { headers: { authorization: `Bearer ${accessToken}` } });
  await response.arrayBuffer();
  return response.status;
}

// Sessions and families that end are refused within ten seconds.
async function refusedSoon(path, accessToken) {
  for (const until = Date.now() + 10_000; Date.now() < until; await new Promise(done => setTimeout(done, 250)))
    if (await status(path, accessToken) === 401)
      return;
  throw new Error(`expected 401 of ${path} within ten seconds`);
}

const insecure = { execute: [client.allowInsecureRequests] };
const config = (id, secret) => client.discovery(new URL(site), id, secret, secret ? client.ClientSecretBasic(secret) : client.None(), insecure);

async function signIn(app, browser, more = {}) {
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(app, {
    redirect_uri: callback, scope, state, nonce, code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...more,
  });
  const back = await browser.authorize(url, email, password);
  return { back, tokens: await client.authorizationCodeGrant(app, back, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true }) };
}

const app = await config('demo-app', 'demo-app-secret');
const cli = await config('demo-cli');

await test('openid-client: discovery names what is served', async () => {
  const metadata = app.serverMetadata();
  expect(metadata.supportsPKCE('S256') && !metadata.supportsPKCE('plain'), 'S256 and nothing else');
  for (const name of ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri', 'device_authorization_endpoint', 'end_session_endpoint', 'introspection_endpoint', 'revocation_endpoint'])
    expect(metadata[name], name);
});

await test('openid-client: code with PKCE, consent, id token, userinfo, API', async () => {
  const { tokens } = await signIn(app, new Browser(site));
  const claims = tokens.claims();
  const info = await client.fetchUserInfo(app, tokens.access_token, claims.sub);
  expect(info.email === email, `email ${email}`);
  expect(claims.sub.startsWith('user:') && claims.amr.includes('pwd') && claims.sid, 'sub, amr and sid');
  expect(await status('/v1/events', tokens.access_token) === 200, '200 of the API');
});

await test('openid-client: a native client may use any port of loopback', async () => {
  const { tokens } = await signIn(cli, new Browser(site), { redirect_uri: 'http://127.0.0.1:49152/callback' });
  expect(tokens.access_token, 'a token');
});

await test('plain is refused', async () => {
  const url = client.buildAuthorizationUrl(cli, { redirect_uri: callback, scope: 'openid', code_challenge: 'x'.repeat(43), code_challenge_method: 'plain', state: 's' });
  const page = await new Browser(site).get(url);
  expect(page.location?.searchParams.get('error') === 'invalid_request' || (page.status === 400 && page.text.includes('invalid_request')), 'invalid_request');
});

await test('no PKCE is refused', async () => {
  const page = await new Browser(site).get(client.buildAuthorizationUrl(app, { redirect_uri: callback, scope: 'openid', state: 's' }));
  expect(page.location?.searchParams.get('error') === 'invalid_request' || (page.status === 400 && page.text.includes('invalid_request')), 'invalid_request');
});

await test('a wrong verifier is refused', async () => {
  const browser = new Browser(site);
  const url = client.buildAuthorizationUrl(cli, { redirect_uri: callback, scope: 'openid', code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()), code_challenge_method: 'S256' });
  const back = await browser.authorize(url, email, password);
  await refused(client.authorizationCodeGrant(cli, back, { pkceCodeVerifier: client.randomPKCECodeVerifier(), idTokenExpected: true }), 'invalid_grant');
});

await test('openid-client: refresh rotates, reuse ends the family', async () => {
  const { tokens: first } = await signIn(cli, new Browser(site));
  const second = await client.refreshTokenGrant(cli, first.refresh_token);
  expect(second.refresh_token && second.refresh_token !== first.refresh_token, 'another refresh token');
  expect(await status('/v1/events', second.access_token) === 200, '200 before');
  await refused(client.refreshTokenGrant(cli, first.refresh_token), 'invalid_grant');
  await refused(client.refreshTokenGrant(cli, second.refresh_token), 'invalid_grant');
  await refusedSoon('/v1/events', second.access_token);
});

await test('a code is good once', async () => {
  const browser = new Browser(site);
  const verifier = client.randomPKCECodeVerifier();
  const back = await browser.authorize(client.buildAuthorizationUrl(cli, {
    redirect_uri: callback, scope, code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  }), email, password);
  const tokens = await client.authorizationCodeGrant(cli, back, { pkceCodeVerifier: verifier, idTokenExpected: true });
  await refused(client.authorizationCodeGrant(cli, back, { pkceCodeVerifier: verifier, idTokenExpected: true }), 'invalid_grant');
  await refused(client.refreshTokenGrant(cli, tokens.refresh_token), 'invalid_grant');
});

await test('openid-client: client credentials', async () => {
  const siem = await config('acme-siem', 'acme-siem-secret');
  const tokens = await client.clientCredentialsGrant(siem, { scope: 'events.read' });
  // A scope that is granted as asked may be left out (RFC 6749, section 5.1).
  expect((tokens.scope ?? 'events.read') === 'events.read' && !tokens.refresh_token, 'events.read and no refresh token');
  expect(await status('/v1/mailboxes', tokens.access_token) === 403, '403 beyond the scope');
  expect(await status('/v1/events', tokens.access_token) === 200, '200 of the API');
});

await test('openid-client: device code', async () => {
  const device = await client.initiateDeviceAuthorization(cli, { scope });
  const polling = client.pollDeviceAuthorizationGrant(cli, { ...device, interval: 1 });
  const browser = new Browser(site);
  let page = await browser.follow(await browser.get(device.verification_uri_complete));
  page = await browser.follow(await browser.submit(page, { email, password }));
  page = await browser.follow(await browser.submit(page, { decision: 'accept' }));
  expect(page.url.pathname === '/account/device-done', 'the page that says so');
  const tokens = await polling;
  expect(await status('/v1/events', tokens.access_token) === 200, '200 of the API');
  const again = await client.refreshTokenGrant(cli, tokens.refresh_token);
  expect(again.access_token, 'a refreshed token');
});

await test('device code: refused by the person', async () => {
  const device = await client.initiateDeviceAuthorization(cli, { scope });
  const polling = refused(client.pollDeviceAuthorizationGrant(cli, { ...device, interval: 1 }), 'access_denied');
  const browser = new Browser(site);
  let page = await browser.follow(await browser.get(device.verification_uri_complete));
  page = await browser.follow(await browser.submit(page, { email, password }));
  await browser.submit(page, { decision: 'refuse' });
  await polling;
});

await test('openid-client: introspection and revocation', async () => {
  const { tokens } = await signIn(app, new Browser(site));
  expect((await client.tokenIntrospection(app, tokens.refresh_token)).active, 'active before');
  await client.tokenRevocation(app, tokens.refresh_token);
  expect(!(await client.tokenIntrospection(app, tokens.refresh_token)).active, 'inactive after');
  await refused(client.refreshTokenGrant(app, tokens.refresh_token), 'invalid_grant');
});

await test('openid-client: logout ends the session and its tokens', async () => {
  const browser = new Browser(site);
  const { tokens } = await signIn(app, browser);
  const page = await browser.get(client.buildEndSessionUrl(app, { id_token_hint: tokens.id_token, post_logout_redirect_uri: bye, state: 'after' }));
  expect(page.location?.href === `${bye}?state=after`, `${bye}, got ${page.location ?? page.status}`);
  await refused(client.refreshTokenGrant(app, tokens.refresh_token), 'invalid_grant');
  await refusedSoon('/v1/events', tokens.access_token);
  const silent = await browser.get(client.buildAuthorizationUrl(app, {
    redirect_uri: callback, scope: 'openid', prompt: 'none', code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()), code_challenge_method: 'S256',
  }));
  expect(silent.location?.searchParams.get('error') === 'login_required', 'login_required');
});

await test('an unregistered redirect address is not followed', async () => {
  const page = await new Browser(site).get(client.buildAuthorizationUrl(app, { redirect_uri: 'https://evil.example/', scope: 'openid', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' }));
  expect(page.status === 400 && !page.location, '400 and no redirect');
});

await test('oauth4webapi: code with PKCE, id token, userinfo, refresh, reuse', async () => {
  const options = { [oauth.allowInsecureRequests]: true };
  const issuer = new URL(site);
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
  const self = { client_id: 'demo-app' };
  const auth = oauth.ClientSecretPost('demo-app-secret');
  const [verifier, state, nonce] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState(), oauth.generateRandomNonce()];
  const url = new URL(server.authorization_endpoint);
  for (const [name, value] of Object.entries({
    client_id: self.client_id, redirect_uri: callback, response_type: 'code', scope, state, nonce, code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  }))
    url.searchParams.set(name, value);
  const back = await new Browser(site).authorize(url, email, password);
  const parameters = oauth.validateAuthResponse(server, self, back, state);
  const tokens = await oauth.processAuthorizationCodeResponse(
    server, self, await oauth.authorizationCodeGrantRequest(server, self, auth, parameters, callback, verifier, options), { expectedNonce: nonce, requireIdToken: true });
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  const info = await oauth.processUserInfoResponse(server, self, claims.sub, await oauth.userInfoRequest(server, self, tokens.access_token, options));
  expect(info.email === email, `email ${email}`);
  const refresh = async token => oauth.processRefreshTokenResponse(server, self, await oauth.refreshTokenGrantRequest(server, self, auth, token, options));
  const second = await refresh(tokens.refresh_token);
  await refused(refresh(tokens.refresh_token), 'invalid_grant');
  await refused(refresh(second.refresh_token), 'invalid_grant');
});

await test('oauth4webapi: client credentials, introspection and revocation', async () => {
  const options = { [oauth.allowInsecureRequests]: true };
  const issuer = new URL(site);
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
  const self = { client_id: 'acme-api' };
  const auth = oauth.ClientSecretBasic('acme-api-secret');
  const tokens = await oauth.processClientCredentialsResponse(server, self, await oauth.clientCredentialsGrantRequest(server, self, auth, { scope: 'messages.read' }, options));
  const state = await oauth.processIntrospectionResponse(server, self, await oauth.introspectionRequest(server, self, auth, tokens.access_token, options));
  expect(state.active && state.client_id === 'acme-api', 'active, of acme-api');
});

await test('oauth4webapi: device code', async () => {
  const options = { [oauth.allowInsecureRequests]: true };
  const issuer = new URL(site);
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
  const self = { client_id: 'demo-cli' };
  const device = await oauth.processDeviceAuthorizationResponse(server, self, await oauth.deviceAuthorizationRequest(server, self, oauth.None(), { scope }, options));
  const poll = async () => oauth.processDeviceCodeResponse(server, self, await oauth.deviceCodeGrantRequest(server, self, oauth.None(), device.device_code, options));
  await refused(poll(), 'authorization_pending');
  const browser = new Browser(site);
  let page = await browser.follow(await browser.get(`${device.verification_uri}?user_code=${device.user_code}`));
  page = await browser.follow(await browser.submit(page, { email, password }));
  await browser.submit(page, { decision: 'accept' });
  expect((await poll()).access_token, 'a token');
  await refused(poll(), 'invalid_grant');
});

process.exitCode = failed === 0 ? 0 : 1;
