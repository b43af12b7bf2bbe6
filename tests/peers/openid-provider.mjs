// An OpenID provider as a company runs one: oidc-provider (npm), with people who are signed in by the address they are announced with.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import { Provider } from 'oidc-provider';

// clients: as oidc-provider takes them. people: claims by subject, changed as a test goes. The subject is the part of login_hint before the '@'.
export async function startProvider(clients, people) {
  const handler = {};
  const server = createServer((request, response) => handler.answer(request, response));
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients,
    jwks: { keys: [{ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }] },
    cookies: { keys: ['only for tests'] },
    scopes: ['openid', 'profile', 'email', 'groups'],
    claims: { openid: ['sub'], profile: ['name', 'locale'], email: ['email', 'email_verified'], groups: ['groups'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: async context => {
      const grant = new context.oidc.provider.Grant({ accountId: context.oidc.session.accountId, clientId: context.oidc.client.clientId });
      grant.addOIDCScope('openid profile email groups');
      await grant.save();
      return grant;
    },
  });
  const callback = provider.callback();
  handler.answer = async (request, response) => {
    if (!request.url.startsWith('/interaction/'))
      return callback(request, response);
    try {
      const { params } = await provider.interactionDetails(request, response);
      const subject = (params.login_hint ?? '').split('@')[0];
      const result = people[subject] ? { login: { accountId: subject } } : { error: 'access_denied', error_description: 'nobody of that name' };
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  };
  return { issuer, stop: () => new Promise(done => { server.close(done); server.closeAllConnections(); }) };
}
