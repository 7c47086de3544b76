// A form marked data-push asks for web push in this browser, registers it and is then sent.
// Whatever stands in the way is said in words, and the form says how else one can be told.
const WAIT = 10_000;

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const within = (promise) => Promise.race([promise, new Promise((_, failed) => setTimeout(() => failed(new Error("too slow")), WAIT))]);

export function startPush() {
  for (const form of document.querySelectorAll("form[data-push]")) {
    if (form.dataset.started) continue;
    form.dataset.started = "yes";
    form.hidden = false;
    const button = form.querySelector("button");
    const says = (word) => (form.querySelector("[data-push-says]").textContent = word);
    if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
      button.hidden = true;
      says(form.dataset.unsupported);
      continue;
    }
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      button.disabled = true;
      says(form.dataset.working);
      const trouble = await register(form);
      button.disabled = false;
      says(trouble);
      if (!trouble) form.submit();
    });
  }
}

// Returns what went wrong, "" when nothing did.
async function register(form) {
  if ((await Notification.requestPermission()) !== "granted") return form.dataset.denied;
  try {
    const { key } = await (await fetch(form.dataset.key)).json();
    const subscription = await within(subscribe(key));
    const answer = await fetch(form.dataset.register, {
      method: "POST", credentials: "same-origin", body: JSON.stringify(subscription),
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    });
    return answer.ok ? "" : form.dataset.failed;
  } catch {
    return form.dataset.failed;
  }
}

// A subscription of another key (the server's secret was changed) is replaced.
async function subscribe(key) {
  const { pushManager } = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  try {
    return await pushManager.subscribe(options);
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error;
    await (await pushManager.getSubscription())?.unsubscribe();
    return pushManager.subscribe(options);
  }
}
