// The GraphQL explorer: an editor, a run, the answer, what was run before, and the schema to look into. It speaks to /graphql as any client
// does and keeps its token in this page's memory alone.
const $ = (id) => document.getElementById(id);
const text = JSON.parse($('texts').textContent);
let token = null;
let running = null;
let types = new Map();

const say = (message, bad = false) => {
  $('status').textContent = message;
  $('status').className = bad ? 'bad' : '';
};

const headers = (accept) => ({ 'content-type': 'application/json', accept, ...(token ? { authorization: `Bearer ${token}` } : {}) });

async function ask(body, accept = 'application/graphql-response+json') {
  return fetch('/graphql', { method: 'POST', headers: headers(accept), body: JSON.stringify(body), signal: running?.signal });
}

$('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault();
  const [id, secret] = [$('client-id').value.trim(), $('client-secret').value];
  if (!id) {
    token = secret.trim() || null;
  } else {
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
    const response = await fetch('/connect/token', { method: 'POST', body: form });
    const answer = await response.json();
    if (!response.ok) return say(answer.error_description ?? answer.error, true);
    token = answer.access_token;
  }
  $('client-secret').value = '';
  say(token ? text.signedIn : text.signedOut);
  if (token) await readSchema();
});

function variables() {
  const given = $('variables').value.trim();
  return given ? JSON.parse(given) : undefined;
}

$('run').addEventListener('click', async () => {
  const query = $('query').value;
  $('answer').textContent = '';
  running?.abort();
  running = new AbortController();
  try {
    const body = { query, variables: variables(), extensions: { cost: true } };
    remember(query);
    if (/^\s*subscription\b/m.test(query)) await follow(body);
    else {
      const response = await ask(body);
      $('answer').textContent = JSON.stringify(await response.json(), null, 2);
      say(`${response.status} · ${response.headers.get('x-request-id') ?? ''}`, !response.ok);
    }
  } catch (problem) {
    if (problem.name !== 'AbortError') say(problem.message, true);
  }
});

$('stop').addEventListener('click', () => {
  running?.abort();
  say(text.stopped);
});

// Server-sent events by hand, since EventSource sends no token.
async function follow(body) {
  const response = await ask(body, 'text/event-stream');
  if (!response.ok || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
    $('answer').textContent = JSON.stringify(await response.json(), null, 2);
    return say(String(response.status), true);
  }
  say(text.following);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return say(text.ended);
    const events = (rest + value).split('\n\n');
    rest = events.pop();
    for (const event of events) {
      const data = event.split('\n').find((line) => line.startsWith('data: {'));
      if (data) $('answer').textContent = `${JSON.stringify(JSON.parse(data.slice(6)), null, 2)}\n\n${$('answer').textContent}`.slice(0, 200000);
    }
  }
}

function remember(query) {
  const list = JSON.parse(sessionStorage.getItem('ran') ?? '[]').filter((other) => other !== query);
  list.unshift(query);
  sessionStorage.setItem('ran', JSON.stringify(list.slice(0, 30)));
  showHistory();
}

function showHistory() {
  $('history').replaceChildren(...JSON.parse(sessionStorage.getItem('ran') ?? '[]').map((query) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = query.replace(/\s+/g, ' ').slice(0, 80);
    button.addEventListener('click', () => { $('query').value = query; });
    const item = document.createElement('li');
    item.append(button);
    return item;
  }));
}

const reference = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }';

async function readSchema() {
  const query = `{ __schema { types { kind name description fields { name description args { name type { ${reference} } } type { ${reference} } } inputFields { name description type { ${reference} } } enumValues { name description } } } }`;
  const answer = await (await ask({ query })).json();
  if (!answer.data) return say(answer.errors?.[0]?.message ?? '', true);
  types = new Map(answer.data.__schema.types.filter((type) => !type.name.startsWith('__')).map((type) => [type.name, type]));
  show('Query');
}

const written = (type) => (type.kind === 'NON_NULL' ? `${written(type.ofType)}!` : type.kind === 'LIST' ? `[${written(type.ofType)}]` : type.name);
const named = (type) => (type.ofType ? named(type.ofType) : type.name);

function link(type) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = written(type);
  button.addEventListener('click', () => show(named(type)));
  return button;
}

function show(name) {
  const type = types.get(name);
  if (!type) return;
  const title = document.createElement('h3');
  title.textContent = name;
  const about = document.createElement('p');
  about.textContent = type.description ?? '';
  const list = document.createElement('dl');
  for (const member of [...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])]) {
    const term = document.createElement('dt');
    term.append(member.name + (member.args?.length ? `(${member.args.map((argument) => `${argument.name}: ${written(argument.type)}`).join(', ')})` : ''));
    if (member.type) term.append(': ', link(member.type));
    const meaning = document.createElement('dd');
    meaning.textContent = member.description ?? '';
    list.append(term, meaning);
  }
  const roots = document.createElement('p');
  for (const root of ['Query', 'Mutation', 'Subscription'].filter((other) => types.has(other))) roots.append(link({ name: root }), ' ');
  $('schema').replaceChildren(roots, title, about, list);
}

$('query').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) $('run').click();
});
showHistory();
say(text.signedOut);
