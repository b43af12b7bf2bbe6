// A page that shows a protected mail asks whether it may still, and is left at once where not. Without script the page loads itself anew.
const script = document.querySelector("script[data-state]");
const page = script.dataset.state.replace(/\/state$/, "");
const patience = 60_000;
let answered = Date.now();
let isEmpty = false;

function clear() {
  isEmpty = true;
  document.body.replaceChildren();
}

async function look() {
  let status = 0;
  try {
    const answer = await fetch(script.dataset.state, { cache: "no-store", credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(10_000) });
    status = answer.status;
  } catch {
    // No connection: asked again.
  }
  if (status === 204 && !isEmpty) {
    answered = Date.now();
    return;
  }
  if (status === 0 || status === 429 || status >= 500) {
    // Nobody says that it still may be shown.
    if (Date.now() - answered >= patience) clear();
    return;
  }
  clear();
  location.replace(page);
}

setInterval(look, 5000);
addEventListener("pageshow", look);
document.addEventListener("visibilitychange", look);
