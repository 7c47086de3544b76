// Forms marked data-draft: what is typed is kept on the phone, encrypted, until it was sent.
// Several drafts live side by side, each under the key with which it will be sent.
import { contents, fill, pack } from "./packing.js";
import { draw } from "./shelf.js";
import { toast } from "./toast.js";
import * as vault from "./vault.js";

const words = () => document.querySelector("[data-queue-words]").dataset;
const PAUSE = 900; // milliseconds after the last key
let timer;
let busy = Promise.resolve();

export function keyOf(form) {
  if (!form.dataset.kept) form.dataset.kept = form.elements.idempotency_key?.value || crypto.randomUUID();
  if (form.elements.idempotency_key) form.elements.idempotency_key.value = form.dataset.kept;
  return form.dataset.kept;
}

// Its words are the first text area's; without a word and a photo there is nothing to keep.
const story = (form) => form.querySelector("textarea");
const isEmpty = (form) => !story(form)?.value.trim() && ![...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);

export async function keep(form, more) {
  const id = keyOf(form);
  const known = {
    id, at: Date.now(), action: form.action, title: form.dataset.queueTitle || document.title,
    page: form.dataset.draftPage || location.pathname, words: story(form)?.name,
  };
  await vault.put({ ...known, ...(await pack(form)), ...more });
  return id;
}

export function reason(error) {
  return error?.name === "QuotaExceededError" ? words().nospace : words().nostore;
}

function says(form, text, wrong = false) {
  const place = form.querySelector("[data-draft-says]");
  if (!place) return;
  place.textContent = text;
  place.classList.toggle("is-wrong", wrong);
}

async function save(form) {
  if (isEmpty(form) || form.ariaBusy === "true" || !form.isConnected) return false;
  try {
    await keep(form, { draft: true });
  } catch (error) {
    says(form, reason(error), true);
    return false;
  }
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(Date.now());
  says(form, `${words().kept}, ${clock}`);
  return true;
}

// One after the other: a slow save must not overwrite a later one. Stopped while the form is sent.
function soon(form) {
  clearTimeout(timer);
  timer = setTimeout(() => (busy = busy.then(() => save(form))), PAUSE);
}

export function stop() {
  clearTimeout(timer);
  return busy;
}

async function saveNow(form) {
  clearTimeout(timer);
  busy = busy.then(() => save(form));
  if (await busy) {
    toast(words().drafted, "success");
    navigator.storage?.persist?.().catch(() => undefined); // asks the browser to let it lie
  }
  await draw();
}

// A kept form is opened again with everything that was in it. While it is open it is a draft and
// is not sent. One that was refused gets a new key: its contents will be others.
async function reopen(form) {
  const id = /^#(?:kept|queued)=(.+)$/.exec(location.hash)?.[1];
  const item = id && (await vault.take(id));
  if (!item) return;
  fill(form, await contents(item));
  form.dataset.kept = item.refused ? crypto.randomUUID() : item.id;
  keyOf(form);
  await keep(form, { draft: true, at: item.at });
  if (form.dataset.kept !== item.id) await vault.drop(item.id);
  history.replaceState(null, "", location.pathname);
}

addEventListener("hashchange", () => location.hash.startsWith("#kept=") && location.reload());

export async function startDrafts() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (form.dataset.started) continue;
    form.dataset.started = "yes";
    for (const kind of ["input", "change", "balai:pin", "balai:photos"]) form.addEventListener(kind, () => soon(form));
    const button = form.querySelector("[data-draft-save]");
    if (button) {
      button.hidden = false;
      button.addEventListener("click", () => saveNow(form));
    }
    await reopen(form).catch((error) => says(form, reason(error), true));
  }
  await draw();
}
