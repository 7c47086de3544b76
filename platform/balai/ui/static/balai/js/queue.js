// Forms marked data-offline-queue: sent by fetch, so that a lost connection loses nothing.
// Without a network the form waits here, encrypted, and goes out in the order of writing.
import { showAnswer } from "./swap.js";
import { toast } from "./toast.js";
import * as vault from "./vault.js";

const words = () => document.querySelector("[data-queue-words]").dataset;
const RETRY = 30_000;
const WAIT = 45_000;
let timer;

function token() {
  const name = document.body.dataset.csrfCookie;
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

async function post(action, body, key, type) {
  const headers = { "Idempotency-Key": key, "X-CSRFToken": token() };
  if (type) headers["Content-Type"] = type;
  return fetch(action, { method: "POST", body, headers, credentials: "same-origin", signal: AbortSignal.timeout(WAIT) });
}

async function keep(form, key) {
  const packed = new Response(new FormData(form));
  const type = packed.headers.get("content-type");
  const { iv, sealed } = await vault.seal(await packed.arrayBuffer());
  const title = form.dataset.queueTitle || document.title;
  await vault.put({ id: key, at: Date.now(), action: form.action, title, page: location.pathname, type, iv, sealed });
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register("balai-queue").catch(() => undefined);
}

async function submit(event) {
  const form = event.target.closest("form[data-offline-queue]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  const button = event.submitter;
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  if (button) button.disabled = true;
  const key = form.elements.idempotency_key?.value || (form.dataset.key ||= crypto.randomUUID());
  try {
    const answer = await post(form.action, new FormData(form), key);
    await showAnswer(answer, form);
    await vault.drop(key).catch(() => undefined);
  } catch {
    await saved(form, key);
  } finally {
    form.ariaBusy = "false";
    if (button) button.disabled = false;
  }
}

async function saved(form, key) {
  try {
    await keep(form, key);
  } catch {
    toast(words().full, "error"); // private window or a full phone: the form stays as it is
    return;
  }
  clear(form);
  toast(words().saved, "success");
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
  delete form.dataset.key;
  const key = form.elements.idempotency_key;
  if (key) key.value = crypto.randomUUID();
  form.dispatchEvent(new CustomEvent("balai:cleared"));
}

async function send(item) {
  if (!token()) await fetch(item.page, { credentials: "same-origin" });
  const answer = await post(item.action, await vault.open(item), item.id, item.type);
  if (answer.ok) {
    await vault.drop(item.id);
    toast(words().sent, "success", answer.redirected ? answer.url : "");
    return true;
  }
  if (answer.status >= 500 || [408, 409, 425, 429].includes(answer.status)) return false;
  await vault.put({ ...item, refused: answer.status });
  return true;
}

export async function sendAll() {
  await navigator.locks.request("balai-queue", { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    for (const item of (await vault.all()).filter((one) => !one.refused)) {
      try {
        if (!(await send(item))) break;
      } catch {
        break; // still no network: the rest keeps its order
      }
    }
  });
  await draw();
  later();
}

async function later() {
  clearTimeout(timer);
  const waiting = (await vault.all()).some((item) => !item.refused);
  if (waiting) timer = setTimeout(sendAll, RETRY);
}

// The list of what waits: on the offline page and wherever a page has a place for it.
async function draw() {
  const items = await vault.all();
  for (const box of document.querySelectorAll("[data-queue]")) {
    box.hidden = items.length === 0;
    box.querySelector("[data-queue-list]").replaceChildren(...items.map(row));
  }
}

function row(item) {
  const line = Object.assign(document.createElement("li"), { className: "item" });
  const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }).format(item.at);
  const text = Object.assign(document.createElement("span"), { className: "stack stack--1 grow" });
  text.append(
    Object.assign(document.createElement("span"), { className: "item__title", textContent: item.title }),
    Object.assign(document.createElement("span"), { className: "sm muted", textContent: `${when} · ${item.refused ? words().refused : words().waits}` }),
  );
  line.append(text);
  if (item.refused)
    line.append(Object.assign(document.createElement("a"), { className: "btn btn--second btn--sm", href: `${item.page}#queued=${item.id}`, textContent: words().mend }));
  return line;
}

// A refused form is opened again with everything that was in it.
async function refill(form) {
  const id = location.hash.startsWith("#queued=") ? location.hash.slice(8) : "";
  const item = id && (await vault.take(id));
  if (!item) return;
  const data = await new Response(await vault.open(item), { headers: { "Content-Type": item.type } }).formData();
  for (const field of form.elements) {
    if (!field.name || ["csrfmiddlewaretoken", "idempotency_key"].includes(field.name)) continue;
    if (field.type === "file") {
      const files = new DataTransfer();
      for (const file of data.getAll(field.name)) if (file.size) files.items.add(file);
      field.files = files.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (["radio", "checkbox"].includes(field.type)) field.checked = data.getAll(field.name).includes(field.value);
    else field.value = data.get(field.name) ?? field.value;
  }
  await vault.drop(id);
  history.replaceState(null, "", location.pathname);
  await draw();
}

document.addEventListener("submit", submit);
addEventListener("online", sendAll);
navigator.serviceWorker?.addEventListener("message", (event) => event.data === "balai-queue" && sendAll());
const form = document.querySelector("form[data-offline-queue]");
if (form) refill(form);
sendAll();
