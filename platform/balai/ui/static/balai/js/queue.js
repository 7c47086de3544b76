// Forms marked data-offline-queue: sent by fetch, so that a lost connection loses nothing.
// Without a network the form waits here, encrypted, and goes out in the order of sending.
import { keep, keyOf, reason, startDrafts, stop } from "./drafts.js";
import { contents } from "./packing.js";
import { draw } from "./shelf.js";
import { showAnswer } from "./swap.js";
import { toast } from "./toast.js";
import * as vault from "./vault.js";

const words = () => document.querySelector("[data-queue-words]").dataset;
const RETRY = 30_000;
const SOON = 2_000;
const WAIT = 45_000;
let timer;
let missed = false;

function token() {
  const name = document.body.dataset.csrfCookie;
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

async function post(action, body, key) {
  body.delete("csrfmiddlewaretoken"); // a kept page's would be somebody else's
  const headers = { "Idempotency-Key": key, "X-CSRFToken": token() };
  return fetch(action, { method: "POST", body, headers, credentials: "same-origin", signal: AbortSignal.timeout(WAIT) });
}

async function submit(event) {
  const form = event.target.closest("form[data-offline-queue]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  const button = event.submitter;
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  if (button) button.disabled = true;
  const key = keyOf(form);
  await stop();
  try {
    if (!token()) await fetch(location.pathname, { credentials: "same-origin" });
    const answer = await post(form.action, new FormData(form), key);
    await showAnswer(answer, form);
    await settled(answer, key).catch(() => undefined);
  } catch {
    await saved(form);
  } finally {
    form.ariaBusy = "false";
    if (button) button.disabled = false;
  }
}

// Taken: nothing is left of it here. Not taken: the page that came back goes on with the same draft.
async function settled(answer, key) {
  if (answer.ok) {
    await vault.drop(key);
    await draw();
    return;
  }
  const form = document.querySelector("form[data-offline-queue]");
  if (!form || !(await vault.take(key))) return;
  form.dataset.kept = key;
  keyOf(form);
}

async function saved(form) {
  try {
    await keep(form, {});
  } catch (error) {
    // A private window or a full phone: the form stays as it is.
    toast(error?.name === "QuotaExceededError" ? reason(error) : words().full, "error");
    return;
  }
  clear(form);
  toast(words().saved, "success");
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register("balai-queue").catch(() => undefined);
  await draw();
  later();
}

// Ready for the next one: empty, without the errors of an earlier try, under a key of its own.
function clear(form) {
  const tried = form.querySelector(".errsum");
  form.reset();
  if (tried) {
    for (const field of form.querySelectorAll("textarea, select, input:not([type=hidden], [type=radio], [type=checkbox])"))
      if (field.localName === "select") field.selectedIndex = 0;
      else field.value = "";
    for (const error of form.querySelectorAll(".errsum, .field__error")) error.remove();
    for (const box of form.querySelectorAll(".field--error")) box.classList.remove("field--error");
    for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  }
  form.dataset.kept = crypto.randomUUID();
  keyOf(form);
  const place = form.querySelector("[data-draft-says]");
  if (place) place.textContent = "";
  form.dispatchEvent(new CustomEvent("balai:cleared"));
}

// Returns after how many milliseconds to try again, 0 when it is settled.
async function send(item) {
  if (!token()) await fetch(item.page, { credentials: "same-origin" });
  const answer = await post(item.action, await contents(item), item.id);
  if (answer.ok) {
    await vault.drop(item.id);
    if (!item.quiet) toast(words().sent, "success", answer.redirected ? answer.url : "");
    return 0;
  }
  if (answer.status === 409) return SOON; // a page that was left had just sent it
  if (answer.status >= 500 || [401, 408, 425, 429].includes(answer.status)) return RETRY;
  if (answer.status === 403 && !item.retried) {
    await fetch(item.page, { credentials: "same-origin" }); // the token was of an earlier session
    await vault.put({ ...item, retried: true });
    return SOON;
  }
  await vault.put({ ...item, refused: answer.status });
  return 0;
}

export async function sendAll() {
  let pause = RETRY;
  await navigator.locks.request("balai-queue", { ifAvailable: true }, async (lock) => {
    if (!lock) {
      missed = true;
      pause = SOON; // another page, or a try that began before the network was back
      return;
    }
    do {
      missed = false; // what is kept while others are being sent goes with them
      for (const item of (await vault.all()).filter((one) => !one.refused && !one.draft)) {
        const again = await send(item).catch(() => RETRY); // no network
        if (!again) continue;
        pause = again;
        return; // the rest keeps its order
      }
    } while (missed);
  });
  await draw();
  later(pause);
}

async function later(pause = RETRY) {
  clearTimeout(timer);
  const waiting = (await vault.all()).some((item) => !item.refused && !item.draft);
  if (waiting) timer = setTimeout(sendAll, pause);
}

document.addEventListener("submit", submit);
document.addEventListener("click", (event) => event.target.closest("[data-queue-send]") && sendAll());
document.addEventListener("balai:page", startDrafts);
addEventListener("online", sendAll);
navigator.serviceWorker?.addEventListener("message", (event) => event.data === "balai-queue" && sendAll());
startDrafts().then(sendAll, () => undefined);
