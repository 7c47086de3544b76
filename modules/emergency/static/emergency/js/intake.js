// The form of a call. It works as a plain form; this file keeps what is typed, shows questions and
// possible duplicates at once, adds keys that work inside fields, and sends again without a network.
import { showAnswer } from "../../balai/js/swap.js";

const KEEP_MS = 2_000;
const HINT_MS = 450;
const RETRY_MS = 3_000;
const HINTED = ["number", "category", "address", "landmark", "area", "coordinates", "pin_0", "pin_1", "joins"];
const FILLED = ["category", "address", "landmark", "text", "coordinates", "pin_0", "joins"];
const shortcuts = () => {
  try {
    return localStorage.getItem("balai-keys") !== "off";
  } catch {
    return true;
  }
};
const headers = { "X-Requested-With": "fetch" };
const fields = (form) => new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));

function start() {
  const form = document.querySelector("[data-call]");
  if (!form || form.dataset.started) return;
  form.dataset.started = "yes";
  clock(form);
  kinds(form);
  const keeper = keeping(form);
  const hint = hinting(form);
  const changed = (event) => {
    if (event.target.matches("[data-kind-search]")) return;
    guard(form);
    keeper.later();
    if (HINTED.includes(event.target.name) && event.target.name !== "joins") hint();
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("balai:pin", (event) => pinned(form, event, keeper, hint));
  form.elements.coordinates.addEventListener("change", () => pasted(form));
  form.addEventListener("submit", (event) => send(event, form, keeper));
  guard(form);
}

// The digits 1 to 5 close noise, from here on and not before: without this file nobody would catch a
// telephone number that is typed outside a field. Once something of an emergency stands in the form,
// a bare digit no longer closes it.
function guard(form) {
  const told = fields(form);
  const filled = FILLED.some((name) => told.has(name));
  for (const button of form.querySelectorAll("[data-noise]")) {
    button.querySelector("kbd").textContent = filled ? `Alt ${button.dataset.noise}` : button.dataset.noise;
    if (filled) delete button.dataset.key;
    else button.dataset.key = button.dataset.noise;
  }
}

function clock(form) {
  const sign = form.querySelector("[data-clock]");
  // The server's clock counts, not the computer's on the desk.
  const ahead = Date.now() - Date.parse(sign.dataset.now);
  const began = Date.parse(sign.dataset.clock) + (Math.abs(ahead) > 5_000 ? ahead : 0);
  const tick = () => {
    if (!sign.isConnected) return clearInterval(timer);
    const seconds = Math.max(0, Math.floor((Date.now() - began) / 1000));
    sign.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    sign.toggleAttribute("data-late", seconds > Number(sign.dataset.limit));
  };
  const timer = setInterval(tick, 1000);
  tick();
}

// Category: the first letters choose it, its questions appear; what was answered elsewhere stays.
function kinds(form) {
  const search = form.querySelector("[data-kind-search]");
  const tiles = [...form.querySelectorAll(".call__kinds [data-words]")];
  const show = () => {
    const chosen = form.querySelector("[name=category]:checked")?.value;
    for (const part of form.querySelectorAll("[data-script]")) part.hidden = part.dataset.script !== chosen;
  };
  const fits = (tile, words) => tile.dataset.words.toLowerCase().split(/[\s,/]+/).some((word) => word.startsWith(words));
  search.hidden = false;
  search.addEventListener("input", () => {
    const words = search.value.trim().toLowerCase();
    const near = tiles.filter((tile) => words && (fits(tile, words) || tile.dataset.words.toLowerCase().includes(words)));
    const best = near.find((tile) => fits(tile, words)) ?? near[0];
    for (const tile of tiles) tile.toggleAttribute("data-far", Boolean(words) && !near.includes(tile));
    const radio = best?.querySelector("input");
    if (!radio || radio.checked) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    search.value = "";
    for (const tile of tiles) tile.removeAttribute("data-far");
    form.elements.address.focus();
  });
  form.addEventListener("change", (event) => event.target.name === "category" && show());
  show();
}

// Kept on the server two seconds after a change, one request at a time, and when the page goes.
function keeping(form) {
  const says = form.querySelector("[data-kept]");
  let timer = 0;
  let last = String(fields(form));
  let busy = false;
  let over = false;
  const now = async (leaving = false) => {
    clearTimeout(timer);
    const body = fields(form);
    if (over || String(body) === last || (busy && !leaving)) return busy ? later() : undefined;
    busy = true;
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body, headers, keepalive: true });
      if (answer.status === 410) over = true;
      else if (!answer.ok) throw new Error(String(answer.status));
      else last = String(body);
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", timeZone: form.dataset.zone });
      says.textContent = over ? says.dataset.gone : says.dataset.at.replace("{time}", time);
    } catch {
      says.textContent = says.dataset.lost;
      later();
    } finally {
      busy = false;
    }
  };
  const later = () => {
    clearTimeout(timer);
    if (!over && form.isConnected) timer = setTimeout(now, KEEP_MS);
  };
  document.addEventListener("visibilitychange", () => document.hidden && form.isConnected && now(true));
  addEventListener("pagehide", () => form.isConnected && now(true));
  return { later, end: () => { over = true; clearTimeout(timer); } };
}

function hinting(form) {
  const place = form.querySelector("[data-hints-here]");
  let timer = 0;
  let last = "";
  const ask = async () => {
    const told = fields(form);
    const body = new URLSearchParams([...told].filter(([name]) => HINTED.includes(name)));
    if (String(body) === last) return;
    last = String(body);
    body.set("csrfmiddlewaretoken", told.get("csrfmiddlewaretoken") ?? "");
    try {
      const answer = await fetch(form.dataset.hints, { method: "POST", body, headers });
      if (!answer.ok || answer.redirected || String(fields(form).get("joins") ?? "") !== (told.get("joins") ?? "")) return;
      const inside = place.contains(document.activeElement);
      if (!inside) place.innerHTML = await answer.text();
    } catch {
      // The form is sent all the same: hints are a help, not a condition.
    }
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(ask, HINT_MS);
  };
}

function pinned(form, event, keeper, hint) {
  const { source, accuracy } = form.elements;
  if (source.value === "" || source.value === "caller") source.value = "map";
  if (source.value === "map") accuracy.value = "";
  guard(form);
  keeper.later();
  hint();
}

// Coordinates that were read out or copied show on the map; they came from a handset.
function pasted(form) {
  const found = form.elements.coordinates.value.match(/^\s*(-?\d{1,2}[.,]\d+)\s*[,;\s]\s*(-?\d{1,3}[.,]\d+)\s*$/);
  if (!found) return;
  const { source } = form.elements;
  if (source.value === "") source.value = "aml";
  form.elements.pin_0.value = found[1].replace(",", ".");
  form.elements.pin_1.value = found[2].replace(",", ".");
  form.dispatchEvent(new CustomEvent("balai:filled"));
  form.dispatchEvent(new CustomEvent("balai:pin", { bubbles: true, detail: {} }));
}

// Sent by fetch, so that a lost connection loses nothing; the form's key makes a repetition one call.
async function send(event, form, keeper) {
  event.preventDefault();
  const name = event.submitter?.name ?? "kind";
  const value = event.submitter?.value ?? "normal";
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  const body = new URLSearchParams([...new FormData(form)]);
  body.set(name, value);
  const unsent = form.querySelector("[data-unsent]");
  for (;;) {
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers });
      if (answer.status === 201) {
        keeper.end();
        location.assign(answer.headers.get("Location"));
        return;
      }
      delete form.dataset.sending;
      await showAnswer(answer, form);
      return;
    } catch (error) {
      unsent.hidden = false;
      const reached = error.message.startsWith("answer ");
      unsent.textContent = reached ? unsent.dataset.refused : unsent.dataset.words;
      if (reached) return delete form.dataset.sending;
    }
    await new Promise((done) => {
      setTimeout(done, RETRY_MS);
      addEventListener("online", done, { once: true });
    });
    if (!form.isConnected) return;
  }
}

// Keys that desk.js leaves alone: inside fields only with a modifier, letters that jump to a part.
document.addEventListener("keydown", (event) => {
  const form = document.querySelector("[data-call]");
  if (!form || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-send]"));
  } else if (event.altKey && !event.ctrlKey && /^Digit[1-5]$/.test(event.code)) {
    const button = shortcuts() && form.querySelector(`[data-noise="${event.code.at(-1)}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  } else if (event.key === "Escape") form.querySelector(".call__noise").focus();
  else if (event.key === "Enter" && event.target.matches("input:not([type=radio], [data-kind-search])")) event.preventDefault();
  else jump(event, form);
});

function jump(event, form) {
  const typing = event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !shortcuts()) return;
  // Telephone numbers begin with 0, 6 or +: who types one outside a field means that field.
  if (/^[06-9+]$/.test(event.key)) return form.elements.number.focus();
  const place = form.querySelector(`[data-jump="${CSS.escape(event.key.toLowerCase())}"]`);
  const target = place?.querySelector("input:not([type=hidden], [hidden]), textarea, select");
  if (!target) return;
  event.preventDefault();
  target.focus();
}

start();
document.addEventListener("balai:page", start);
