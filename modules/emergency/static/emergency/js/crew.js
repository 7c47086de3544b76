// The crew's phone. A pressed step is kept on the phone first, with its time and a key of its own,
// and then sent: with a network that is at once, without one it waits its turn. What the page shows
// meanwhile is what was pressed; as soon as the centre answers, it is what the centre has.
import { keep, keyOf } from "../../balai/js/drafts.js";
import { sendAll } from "../../balai/js/queue.js";
import { toast } from "../../balai/js/toast.js";
import * as vault from "../../balai/js/vault.js";
import { startAlarm } from "./crew_alarm.js";
import { startPosition } from "./crew_position.js";

const SKEW = "balai-112-clock"; // by how many milliseconds the centre's clock is ahead of this phone's
const LOOK = 2_000;
const panel = () => document.querySelector("[data-crew-panel]");
const box = () => document.querySelector("[data-crew]");
const steps = () => [...document.querySelectorAll("form[data-step]")];
const clock = (at) => new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(at);
let watching;

// Only a page that just came tells the clocks apart: one that was taken along tells an old time.
function readClock() {
  const told = Date.parse(panel()?.dataset.now ?? "");
  if (told && document.querySelector("[data-satchel-note]")?.hidden !== false) localStorage.setItem(SKEW, told - Date.now());
}

const now = () => new Date(Date.now() + Number(localStorage.getItem(SKEW) ?? 0)).toISOString();

async function press(event) {
  const form = event.target.closest("form[data-step]");
  if (!form) {
    const other = event.target.closest("form[data-pressed]");
    if (other) other.elements.pressed_at.value = now();
    return;
  }
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  form.elements.pressed_at.value = now();
  keyOf(form);
  try {
    // Quiet: the panel tells it, and a message would lie over the next button.
    await keep(form, { step: form.dataset.step, quiet: true });
  } catch {
    form.ariaBusy = "false";
    toast(box().dataset.full, "error");
    return;
  }
  form.dataset.kept = crypto.randomUUID();
  form.ariaBusy = "false";
  navigator.vibrate?.(30);
  await show();
  await sendAll();
  await settle();
}

// Steps, notes and photos that were sent from this page and wait, or were refused.
const ours = async () => (await vault.all().catch(() => [])).filter((item) => item.page === location.pathname && !item.draft);

// What waits is shown as done; what was refused is said, until somebody has read it.
async function show() {
  if (!panel()) return;
  const items = await ours();
  let state = panel().dataset.state;
  for (const item of items.filter((one) => one.step && !one.refused)) {
    const form = steps().find((one) => one.action === item.action);
    if (form?.dataset.from.split(" ").includes(state)) state = form.dataset.to;
  }
  const offered = steps().filter((form) => form.dataset.from.split(" ").includes(state));
  for (const form of steps()) {
    form.hidden = !offered.includes(form);
    form.toggleAttribute("data-first", form === offered[0]);
  }
  list(items);
}

function list(items) {
  const place = document.querySelector("[data-crew-waiting]");
  if (!place) return;
  place.hidden = items.length === 0;
  place.querySelector("[data-crew-lines]").replaceChildren(...items.map(line));
}

function line(item) {
  const refused = item.step ? box().dataset.refused : box().dataset.declined;
  const words = item.refused ? refused : box().dataset.waits;
  const row = Object.assign(document.createElement("li"), { className: "row row--2 row--between" });
  row.append(Object.assign(document.createElement("span"), { className: "grow", textContent: `${item.title}, ${clock(item.at)}: ${words}` }));
  if (item.refused) {
    const read = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--second", textContent: box().dataset.forget });
    read.addEventListener("click", async () => {
      await vault.drop(item.id);
      await show();
    });
    row.append(read);
  }
  return row;
}

// Sent or refused: the page takes over what the centre has. Still waiting: it looks again.
async function settle() {
  const waiting = (await ours()).filter((item) => !item.refused).length;
  if (waiting === 0) document.querySelector("[data-crew] [data-live]")?.dispatchEvent(new CustomEvent("live"));
  await show();
  clearTimeout(watching);
  if (waiting) watching = setTimeout(settle, LOOK);
}

// The centre has answered: what stands here is not the page that was taken along any more.
function fresh() {
  const note = document.querySelector("[data-satchel-note]");
  if (note) note.hidden = true;
  return follow();
}

// Another incident: the forms beneath the panel are its own.
async function follow() {
  readClock();
  await show();
  const more = document.querySelector("[data-crew-more]");
  const incident = panel()?.dataset.incident ?? "";
  if (!more || (more.dataset.incident ?? incident) === incident) {
    if (more) more.dataset.incident = incident;
    return;
  }
  more.dataset.incident = incident;
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => undefined);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const theirs = page.querySelector("[data-crew-more]");
  if (!theirs) return;
  more.replaceChildren(...theirs.childNodes);
  document.dispatchEvent(new CustomEvent("balai:page"));
}

function start() {
  readClock();
  startAlarm(() => panel()?.dataset.incident ?? "");
  startPosition();
  const more = document.querySelector("[data-crew-more]");
  if (more) more.dataset.incident = panel()?.dataset.incident ?? "";
  show();
  ours().then((items) => items.some((item) => !item.refused) && settle());
}

document.addEventListener("submit", press, true);
document.addEventListener("htmx:after:swap", (event) => event.target.closest?.("[data-crew]") && fresh());
document.addEventListener("balai:cleared", settle, true); // a note or a photo is kept on the phone
document.addEventListener("balai:page", start);
addEventListener("online", settle);
start();
