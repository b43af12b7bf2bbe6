// A browser without script for tests: keeps cookies, sends forms with their hidden fields, follows redirects on its own site.
export class Browser {
  #cookies = new Map();

  constructor(site) {
    this.site = site;
  }

  async get(url) {
    return this.#send(new URL(url, this.site), { method: 'GET' });
  }

  // Sends the first POST form of a page, its own values overlaid with these.
  async submit(page, values) {
    const form = /<form method="post"([^>]*)>([\s\S]*?)<\/form>/.exec(page.text);
    if (!form)
      throw new Error(`no form at ${page.url}: ${page.status} ${page.text.slice(0, 300)}`);
    const body = new URLSearchParams();
    for (const [input] of form[2].matchAll(/<input[^>]*>/g)) {
      const name = /\bname="([^"]*)"/.exec(input)?.[1];
      if (name)
        body.set(name, decode(/\bvalue="([^"]*)"/.exec(input)?.[1] ?? ''));
    }
    for (const [name, value] of Object.entries(values))
      body.set(name, value);
    const action = /\baction="([^"]*)"/.exec(form[1])?.[1];
    return this.#send(new URL(action ? decode(action) : page.url, page.url), { method: 'POST', body });
  }

  // Follows redirects as long as they stay on the site; the last answer may lead away.
  async follow(page) {
    while (page.location?.origin === new URL(this.site).origin)
      page = await this.get(page.location);
    return page;
  }

  // Opens an address of the authorization endpoint, signs in and agrees where asked, and gives the address it leads back to.
  async authorize(url, email, password) {
    let page = await this.follow(await this.get(url));
    if (page.text.includes('name="password"'))
      page = await this.follow(await this.submit(page, { email, password }));
    if (page.text.includes('value="accept"'))
      page = await this.follow(await this.submit(page, { decision: 'accept' }));
    if (!page.location)
      throw new Error(`no way back: ${page.status} ${page.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 300)}`);
    return page.location;
  }

  async #send(url, init) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie, 'accept-language': 'en', 'user-agent': 'peers/1.0' } });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value === '')
        this.#cookies.delete(name);
      else
        this.#cookies.set(name, value);
    }
    const location = response.headers.get('location');
    return { url, status: response.status, location: location ? new URL(location, url) : null, text: await response.text() };
  }
}

function decode(text) {
  return text.replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}
