// Keeps users and groups of a tenant by SCIM as Microsoft Entra ID and Okta are published to do it:
//   node scim.mjs SITE CLIENT SECRET DOMAIN
// CLIENT and SECRET: an API client with all rights of a tenant. Takes away what it made.
// Prints one JSON line a case: {"name","ok","reason"}. Exit code 1 when one fails.
const [site, clientId, clientSecret, domain] = process.argv.slice(2);
const run = Math.random().toString(36).slice(2, 8);
const user = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const group = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
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
  const response = await fetch(new URL('/graphql', site), { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await response.json();
  if (errors)
    throw new Error(JSON.stringify(errors));
  return data;
}

const { createProvisioningKey: { keyId, key, errors } } = await ask('mutation($name: String!) { createProvisioningKey(input: { name: $name, validDays: 1 }) { keyId key errors { code message } } }', { name: `run ${run}` });
if (errors.length > 0)
  throw new Error(JSON.stringify(errors));

async function send(method, path, body, headers = {}, bearer = key) {
  const response = await fetch(new URL(`/scim/v2${path}`, site), {
    method, headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/scim+json', accept: 'application/scim+json', ...headers }, body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
}

const is = (answer, status) => expect(answer.status === status, `${status}, got ${answer.status} ${JSON.stringify(answer.body)?.slice(0, 300)}`);
const refused = (answer, status, type) => {
  is(answer, status);
  expect(answer.body.schemas[0] === 'urn:ietf:params:scim:api:messages:2.0:Error' && answer.body.status === String(status) && answer.body.scimType === type, `${type}, got ${JSON.stringify(answer.body)}`);
};
const find = filter => send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
const patch = (path, ...operations) => send('PATCH', path, { schemas: [patchOp], Operations: operations });
const roles = answer => answer.body.roles.map(role => role.value).join();

const alice = `alice-${run}@${domain}`;
let aliceId, groupId, bobId, oktaGroup;

try {
  await ask('mutation($value: String!) { setProvisioning(input: { roleMap: [{ value: $value, roles: ["auditor"] }], defaultRoles: ["employee"] }) { errors { code } } }', { value: `Auditors ${run}` });

  await test('scim: describes itself', async () => {
    const config = await send('GET', '/ServiceProviderConfig');
    expect(config.body.patch.supported && !config.body.bulk.supported && config.body.filter.supported && config.headers.get('content-type').startsWith('application/scim+json'), 'PATCH and filters');
    expect((await send('GET', '/ResourceTypes')).body.Resources.map(type => type.endpoint).join() === '/Users,/Groups', 'users and groups');
    expect((await send('GET', `/Schemas/${user}`)).body.attributes.some(attribute => attribute.name === 'userName'), 'the schema of a user');
  });

  await test('scim: a wrong key is refused in the form of SCIM, and a key is worth nothing elsewhere', async () => {
    refused(await send('GET', '/Users', undefined, {}, 'scim_wrong'), 401, undefined);
    const response = await fetch(new URL('/v1/accounts', site), { headers: { authorization: `Bearer ${key}` } });
    expect(response.status === 401, `401, got ${response.status}`);
  });

  await test('scim: the token of an API client does too', async () => is(await send('GET', '/Users?count=1', undefined, {}, token), 200));

  // Microsoft Entra ID
  await test('entra: the test of the connection finds nobody', async () => {
    const answer = await find(`userName eq "non-existent-${run}"`);
    is(answer, 200);
    expect(answer.body.totalResults === 0 && answer.body.Resources.length === 0, 'an empty list');
  });

  await test('entra: a user is made, with attributes that are not kept', async () => {
    const answer = await send('POST', '/Users', {
      schemas: [user, enterprise], externalId: `object-${run}`, userName: alice, active: true, displayName: 'Alice Smith', preferredLanguage: 'ja-JP', title: 'Engineer',
      emails: [{ primary: true, type: 'work', value: alice }], name: { formatted: 'Alice Smith', familyName: 'Smith', givenName: 'Alice' },
      addresses: [{ type: 'work', country: 'JP' }], [enterprise]: { department: 'Sales', manager: { value: 'x' } },
    });
    is(answer, 201);
    aliceId = answer.body.id;
    expect(answer.headers.get('location') === answer.body.meta.location && answer.body.meta.location.endsWith(`/scim/v2/Users/${aliceId}`), 'its place');
    expect(answer.body.externalId === `object-${run}` && answer.body.preferredLanguage === 'ja' && answer.body.emails[0].value === alice && roles(answer) === 'employee', `what was sent, got ${JSON.stringify(answer.body)}`);
  });

  await test('entra: the same again is a conflict', async () => refused(await send('POST', '/Users', { schemas: [user], userName: alice }), 409, 'uniqueness'));

  await test('entra: a user is found by userName in any case, and by externalId', async () => {
    for (const filter of [`userName eq "${alice.toUpperCase()}"`, `externalId eq "object-${run}"`, `emails[type eq "work" and value eq "${alice}"]`])
      expect((await find(filter)).body.Resources[0]?.id === aliceId, `the user by ${filter}`);
  });

  await test('entra: PATCH with capitals, a filter in the path and dotted names', async () => {
    const answer = await patch(`/Users/${aliceId}`,
      { op: 'Replace', path: 'displayName', value: 'Alice Jones' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: `other-${run}@${domain}` },
      { op: 'Add', path: 'name.familyName', value: 'Jones' },
      { op: 'Add', path: `${enterprise}:department`, value: 'Marketing' },
      { op: 'Replace', value: { 'name.givenName': 'Alicia', title: 'x' } });
    is(answer, 200);
    expect(answer.body.displayName === 'Alice Jones' && answer.body.name.familyName === 'Jones' && answer.body.name.givenName === 'Alicia' && answer.body.emails[0].value === alice, `the changes, got ${JSON.stringify(answer.body)}`);
  });

  await test('entra: a user is disabled by text, out of its sessions, and enabled', async () => {
    const off = await patch(`/Users/${aliceId}`, { op: 'Replace', path: 'active', value: 'False' });
    is(off, 200);
    expect(off.body.active === false && (await find(`userName eq "${alice}" and active eq false`)).body.totalResults === 1, 'disabled');
    expect((await patch(`/Users/${aliceId}`, { op: 'Replace', path: 'active', value: 'True' })).body.active === true, 'enabled');
  });

  await test('entra: a group is made, named by displayName, and found without its members', async () => {
    const answer = await send('POST', '/Groups', { schemas: [group, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'], externalId: `group-${run}`, displayName: `Auditors ${run}`, meta: { resourceType: 'Group' } });
    is(answer, 201);
    groupId = answer.body.id;
    const found = await send('GET', `/Groups?excludedAttributes=members&filter=${encodeURIComponent(`displayName eq "Auditors ${run}"`)}`);
    expect(found.body.Resources[0]?.id === groupId && found.body.Resources[0].members === undefined, 'the group without members');
    refused(await send('POST', '/Groups', { schemas: [group], displayName: `Auditors ${run}` }), 409, 'uniqueness');
  });

  await test('entra: a member comes in and has the role of the group', async () => {
    is(await patch(`/Groups/${groupId}`, { op: 'Add', path: 'members', value: [{ $ref: null, value: aliceId }] }), 200);
    expect(roles(await send('GET', `/Users/${aliceId}`)) === 'auditor', 'auditor');
    const asked = await send('GET', `/Groups?filter=${encodeURIComponent(`id eq "${groupId}" and members eq "${aliceId}"`)}&attributes=id`);
    expect(asked.body.totalResults === 1, 'the group by its member');
  });

  await test('entra: a member goes out by its value and has the default role', async () => {
    is(await patch(`/Groups/${groupId}`, { op: 'Remove', path: 'members', value: [{ $ref: null, value: aliceId }] }), 200);
    expect(roles(await send('GET', `/Users/${aliceId}`)) === 'employee', 'employee');
  });

  await test('entra: a group that is renamed keeps its role by its external id alone', async () => {
    await ask('mutation($map: [RoleMappingInput!]!) { setProvisioning(input: { roleMap: $map, defaultRoles: ["employee"] }) { errors { code } } }', { map: [{ value: `group-${run}`, roles: ['helpdesk'] }] });
    await patch(`/Groups/${groupId}`, { op: 'Add', path: 'members', value: [{ value: aliceId }] });
    is(await patch(`/Groups/${groupId}`, { op: 'Replace', path: 'displayName', value: `Renamed ${run}` }), 200);
    expect(roles(await send('GET', `/Users/${aliceId}`)) === 'helpdesk', 'helpdesk');
  });

  // Okta
  const bob = `bob-${run}@${domain}`;
  await test('okta: a user is looked for, made, and read back', async () => {
    expect((await send('GET', `/Users?filter=${encodeURIComponent(`userName eq "${bob}"`)}&startIndex=1&count=100`)).body.totalResults === 0, 'nobody');
    const answer = await send('POST', '/Users', {
      schemas: [user], userName: bob, name: { givenName: 'Bob', familyName: 'Brown' }, emails: [{ primary: true, value: bob, type: 'work' }], displayName: 'Bob Brown', locale: 'en-US', externalId: `00u${run}`, groups: [], password: 'not kept', active: true,
    }, { 'content-type': 'application/scim+json; charset=utf-8' });
    is(answer, 201);
    bobId = answer.body.id;
    expect(answer.body.password === undefined && (await send('GET', `/Users/${bobId}`)).body.name.givenName === 'Bob', 'no password, and its name');
  });

  await test('okta: a user is replaced by PUT', async () => {
    const before = (await send('GET', `/Users/${bobId}`)).body;
    const answer = await send('PUT', `/Users/${bobId}`, { ...before, name: { givenName: 'Robert', familyName: 'Brown' }, displayName: 'Robert Brown' });
    is(answer, 200);
    expect(answer.body.displayName === 'Robert Brown' && answer.body.name.givenName === 'Robert' && answer.body.externalId === `00u${run}`, 'the new name');
  });

  await test('okta: a user is deactivated and reactivated without a path', async () => {
    expect((await patch(`/Users/${bobId}`, { op: 'replace', value: { active: false } })).body.active === false, 'inactive');
    expect((await patch(`/Users/${bobId}`, { op: 'replace', value: { active: true } })).body.active === true, 'active');
  });

  await test('okta: a group is pushed with members, changed by id and name, and a member removed by a filter', async () => {
    const made = await send('POST', '/Groups', { schemas: [group], displayName: `Okta ${run}`, members: [{ value: aliceId, display: alice }, { value: bobId, display: bob }] });
    is(made, 201);
    oktaGroup = made.body.id;
    expect(made.body.members.length === 2, 'two members');
    is(await patch(`/Groups/${oktaGroup}`, { op: 'replace', value: { id: oktaGroup, displayName: `Okta two ${run}` } }), 200);
    const after = await patch(`/Groups/${oktaGroup}`, { op: 'remove', path: `members[value eq "${aliceId}"]` });
    expect(after.body.displayName === `Okta two ${run}` && after.body.members.map(member => member.value).join() === bobId, `one member, got ${JSON.stringify(after.body)}`);
    const replaced = await patch(`/Groups/${oktaGroup}`, { op: 'replace', path: 'members', value: [{ value: aliceId }] });
    expect(replaced.body.members.map(member => member.value).join() === aliceId, 'the other one');
  });

  await test('okta: a list is read page by page', async () => {
    const total = (await send('GET', '/Users?count=0')).body.totalResults;
    const seen = new Set();
    for (let start = 1; start <= total; start += 2)
      for (const found of (await send('GET', `/Users?startIndex=${start}&count=2`)).body.Resources)
        seen.add(found.id);
    expect(seen.size === total && total >= 2, `all ${total}, got ${seen.size}`);
  });

  // RFC 7644
  await test('rfc 7644: versions', async () => {
    const read = await send('GET', `/Users/${bobId}`);
    const version = read.headers.get('etag');
    expect(version === read.body.meta.version, 'the version');
    is(await send('GET', `/Users/${bobId}`, undefined, { 'if-none-match': version }), 304);
    is(await send('PATCH', `/Users/${bobId}`, { schemas: [patchOp], Operations: [{ op: 'replace', path: 'displayName', value: 'Bob again' }] }, { 'if-match': version }), 200);
    refused(await send('DELETE', `/Users/${bobId}`, undefined, { 'if-match': version }), 412, undefined);
  });

  await test('rfc 7644: filters that cannot be', async () => {
    for (const filter of ['userName', 'userName zz "a"', 'userName eq "a', '(userName eq "a"', 'secret eq "a"', 'userName eq "a" and', `${'('.repeat(100)}active eq true${')'.repeat(100)}`, `userName eq "${'a'.repeat(5000)}"`])
      refused(await find(filter), 400, 'invalidFilter');
    const all = await find(`not (userName sw "alice-${run}") and (userName co "${run}" or displayName eq "x") and externalId pr`);
    expect(all.body.Resources.map(found => found.id).join() === bobId, `bob alone, got ${JSON.stringify(all.body)}`);
  });

  await test('rfc 7644: changes that cannot be', async () => {
    refused(await patch(`/Users/${bobId}`, { op: 'replace', path: 'id', value: 'x' }), 400, 'mutability');
    refused(await patch(`/Users/${bobId}`, { op: 'replace', path: 'name[', value: 'x' }), 400, 'invalidPath');
    refused(await patch(`/Users/${bobId}`, { op: 'multiply', path: 'displayName', value: 'x' }), 400, 'invalidSyntax');
    refused(await patch(`/Users/${bobId}`, { op: 'replace', path: 'userName', value: 'no address' }), 400, 'invalidValue');
    refused(await patch(`/Groups/${groupId}`, { op: 'add', path: 'members', value: [{ value: 'nobody' }] }), 400, 'invalidValue');
    refused(await send('GET', '/Users/nobody'), 404, undefined);
    refused(await send('PATCH', `/Users/${bobId}`, undefined), 400, 'invalidSyntax');
  });

  await test('scim: an account that holds more than is mapped is not touched', async () => {
    const { accounts: { nodes } } = await ask('{ accounts(first: 200) { nodes { id address roles { name } } } }');
    const administrator = nodes.find(node => node.roles.some(role => role.name === 'administrator'));
    if (administrator)
      refused(await patch(`/Users/${administrator.id}`, { op: 'replace', value: { active: false } }), 403, undefined);
  });

  await test('scim: a user and a group are deleted', async () => {
    for (const path of [`/Users/${bobId}`, `/Groups/${oktaGroup}`]) {
      is(await send('DELETE', path), 204);
      refused(await send('GET', path), 404, undefined);
    }
  });

  await test('scim: a key that is removed is worth nothing at once', async () => {
    for (const path of [`/Users/${aliceId}`, `/Groups/${groupId}`])
      is(await send('DELETE', path), 204);
    await ask('mutation($id: ID!) { removeProvisioningKey(input: { keyId: $id }) { errors { code } } }', { id: keyId });
    is(await send('GET', '/Users'), 401);
  });
} finally {
  await ask('mutation { setProvisioning(input: { roleMap: [], defaultRoles: ["employee"] }) { errors { code } } }');
}

process.exitCode = failed === 0 ? 0 : 1;
