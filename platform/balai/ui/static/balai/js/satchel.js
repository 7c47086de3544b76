// What an officer takes along: pages marked data-satchel open without a network for so many hours.
// They lie sealed on this phone, in a database of their own, never in the worker's cache; signing out
// burns them (app.js). Without a network the worker shows the offline page, which asks here.
import { showAnswer } from "./swap.js";
import { open, seal } from "./vault.js";

const NAME = "balai-satchel";
const MOST = 60;
const HOUR = 3_600_000;
const MARKS = ["data-started", "data-kept", "data-field", "data-satchel-kept", "aria-busy", "disabled"]; // what scripts left on the living page
const ask = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});
let shown; // when the page that lies open was taken along; undefined for a fresh one
let opening = false;

async function run(mode, work) {
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("pages", { keyPath: "path" }).createIndex("at", "at");
  const db = await ask(asked);
  try {
    return await ask(work(db.transaction("pages", mode).objectStore("pages")));
  } finally {
    db.close();
  }
}

const here = () => location.pathname + location.search;

// The page as it stands, its small pictures inside it and without tokens, which are taken fresh.
async function copy() {
  const page = document.documentElement.cloneNode(true);
  for (const token of page.querySelectorAll("input[name=csrfmiddlewaretoken], input[name=idempotency_key]")) token.setAttribute("value", "");
  for (const gone of page.querySelectorAll(".toast, [data-queue-list] > *")) gone.remove();
  for (const node of page.querySelectorAll("*")) for (const mark of MARKS) node.removeAttribute(mark);
  for (const note of page.querySelectorAll("[data-satchel-note]")) note.hidden = true;
  const pictures = [...page.querySelectorAll("img[data-satchel-picture]")];
  await Promise.all(pictures.map(async (picture) => {
    picture.src = await inline(picture.src).catch(() => "data:,");
    picture.loading = "eager";
  }));
  return `<!doctype html>${page.outerHTML}`;
}

async function inline(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`answer ${answer.status}`);
  const picture = await answer.blob();
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(picture);
  });
}

export async function keep() {
  const box = document.querySelector("[data-satchel]");
  if (!box || document.querySelector(".errsum")) return;
  const sealed = await seal(new TextEncoder().encode(await copy()));
  const at = shown ?? Date.now();
  await run("readwrite", (pages) => pages.put({ path: here(), at, until: at + box.dataset.satchel * HOUR, ...sealed }));
  const all = await run("readonly", (pages) => pages.index("at").getAll());
  const old = all.filter((page) => page.until < Date.now()).concat(all.slice(0, -MOST));
  for (const page of old) await run("readwrite", (pages) => pages.delete(page.path));
  box.dataset.satchelKept = "yes";
}

async function reopen() {
  const page = await run("readonly", (pages) => pages.get(here()));
  if (!page || page.until < Date.now()) return;
  const html = new TextDecoder().decode(await open(page));
  shown = page.at;
  opening = true;
  await showAnswer(new Response(html, { headers: { "Content-Type": "text/html" } }), document.createElement("form"));
}

function sayWhen() {
  const words = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }).format(shown);
  for (const note of document.querySelectorAll("[data-satchel-note]")) {
    note.hidden = false;
    const place = note.querySelector("[data-satchel-when]");
    if (place) place.textContent = words;
  }
}

export async function startSatchel() {
  if (opening) {
    opening = false;
    sayWhen();
    return;
  }
  shown = undefined;
  await (document.querySelector("[data-satchel-here]") ? reopen() : keep());
}

document.addEventListener("balai:keep", () => keep().catch(() => undefined));
