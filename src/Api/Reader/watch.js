// A page that shows a protected mail asks whether it may still, and is left at once where not. Without script the page loads itself anew.
const script = document.querySelector("script[data-state]");
const page = script.dataset.state.replace(/\/state$/, "");

async function look() {
  try {
    const answer = await fetch(script.dataset.state, { cache: "no-store", credentials: "same-origin", redirect: "error" });
    if (answer.status === 204) return;
    if (answer.status >= 500 || answer.status === 429) return;
  } catch {
    // No connection: the page has what it shows, and asks again.
    return;
  }
  document.body.replaceChildren();
  location.replace(page);
}

setInterval(look, 5000);
addEventListener("pageshow", look);
document.addEventListener("visibilitychange", look);
