// Passkeys need script: the browser's credentials are asked for by it (WebAuthn Level 3). Without it the pages work by password.
const part = document.querySelector('[data-passkey]');
if (part && window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  part.hidden = false;
  const [button, error] = [part.querySelector('button'), part.querySelector('.error')];
  const send = async (path, fields) => {
    const body = new URLSearchParams({ ...fields, [part.dataset.tokenField]: part.dataset.token });
    const response = await fetch(path, { method: 'POST', body });
    if (!response.ok)
      throw new Error(String(response.status));
    return response.json();
  };
  const signIn = async () => {
    const options = PublicKeyCredential.parseRequestOptionsFromJSON(await send('/account/passkeys/request', {}));
    const credential = await navigator.credentials.get({ publicKey: options });
    const { location } = await send('/account/passkeys/sign-in', { credential: JSON.stringify(credential.toJSON()), returnUrl: part.dataset.return });
    return location;
  };
  const add = async () => {
    const options = PublicKeyCredential.parseCreationOptionsFromJSON(await send('/account/passkeys/create', {}));
    const credential = await navigator.credentials.create({ publicKey: options });
    const name = part.querySelector('input')?.value ?? '';
    const { location } = await send('/account/passkeys/add', { credential: JSON.stringify(credential.toJSON()), name });
    return location;
  };
  button.addEventListener('click', async () => {
    error.hidden = true;
    button.disabled = true;
    try {
      window.location.assign(await (part.dataset.passkey === 'add' ? add() : signIn()));
    } catch {
      error.hidden = false;
    } finally {
      button.disabled = false;
    }
  });
}
